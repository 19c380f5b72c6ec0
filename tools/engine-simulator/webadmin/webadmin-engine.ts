/** A VM as webadmin's grid shows it. */
export interface WebadminVm {
  id: string;
  name: string;
  /** The engine's enum name: `Up`, `Down`, `PoweringUp`, … */
  status: string;
  /** The hypervisor it runs on. */
  host?: string;
  /** Space-joined guest addresses. */
  ipaddress?: string;
  fqdn?: string;
  cluster?: string;
  /** Usage in percent. */
  memory?: number;
  cpu?: number;
}

/** A row of another list than the VMs', with the fields that plugins are told (oVirt: EntityObject.java). */
export interface ListRow {
  id: string;
  [field: string]: unknown;
}

/** Who is signed in to webadmin, and what plugins get to prove it. */
export interface WebadminUser {
  userName: string;
  userId: string;
  /** The REST session's id before 4.0, the SSO token from then on. */
  credential: string;
}

/** What the stand-in needs of the simulated engine. */
export interface WebadminEngine {
  /** @returns `undefined` when the engine refuses the password */
  login(user: string, password: string): Promise<WebadminUser | undefined>;
  logout(user: WebadminUser): Promise<void>;
  /** Whether the engine still honours the user's credential; looking is no use of it. */
  isAlive(user: WebadminUser): boolean;
  vms(): Promise<WebadminVm[]>;
  /** Rows of the other lists, by the token of their place: `{ clusters: [{ id, name, managed }] }`. */
  lists(): Promise<Record<string, ListRow[]>>;
}
