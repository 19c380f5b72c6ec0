import { userByPassword, userNameOf, type Engine, type LoggedRequest } from './engine';
import type { Fault } from './faults';
import type { ImportFailure } from './images/data';
import type { RightsOn, SimUser } from './people/data';
import { grant } from './people/rights';
import type { SimVm } from './vms/data';

/** What a UI plugin learns at webadmin's login. */
export interface WebadminSession {
  /** 3.x: the id given to `RestApiSessionAcquired`; 4.x: what `ssoToken()` returns. */
  secret: string;
  /** `loginUserId()` */
  userId: string;
  /** `loginUserName()` */
  userName: string;
}

/** The hands of tests and of the demo on a running engine. */
export class EngineControl {
  constructor(private readonly engine: Engine) {}

  /** Signs a user in to webadmin. `userId` is one of `data.users`. */
  signIn(userId: string): WebadminSession {
    const user = this.user(userId);
    const { sessions, personality } = this.engine;
    const session = personality.sso
      ? sessions.createToken({ userId })
      : sessions.createRest({ userId, csrfProtected: personality.csrf });
    return { secret: session.secret, userId, userName: userNameOf(user, personality) };
  }

  /** The same with what a person types into webadmin's login form (`admin@internal`); undefined when wrong. */
  signInByPassword(login: string, password: string): WebadminSession | undefined {
    const user = userByPassword(this.engine, login, password);
    return user && this.signIn(user.id);
  }

  /** Signs the session out; false when it was not alive. */
  revoke(secret: string): boolean {
    return this.engine.sessions.end(secret);
  }

  /** Makes the session look idle for too long. */
  expire(secret: string): void {
    const session = this.engine.sessions.find(secret);
    if (session) session.lastUsedAt = -Infinity;
  }

  /** Whether the session lives, without touching it. */
  isAlive(secret: string): boolean {
    return this.engine.sessions.find(secret) !== undefined;
  }

  /** Gives the user another login name, keeping the id. */
  renameUser(userId: string, login: string): void {
    this.user(userId).login = login;
  }

  /** Adds a fault; the returned function takes it back. */
  fault(fault: Fault): () => void {
    const active = { ...fault };
    this.engine.faults.push(active);
    return () => {
      this.engine.faults = this.engine.faults.filter((other) => other !== active);
    };
  }

  clearFaults(): void {
    this.engine.faults = [];
  }

  /** Turns the clock on: what is due by then is done. */
  advance(ms: number): void {
    this.engine.clock.advance(ms);
  }

  /** So many hosts refuse the next start, one after the other; all of them: the start is refused. */
  refuseStarts(hosts = Infinity): void {
    this.engine.hosts.refusals = hosts;
  }

  /** So many hosts lose the next VM while it powers up; the engine starts it on the next host. */
  crashStarts(hosts = 1): void {
    this.engine.hosts.crashes = hosts;
  }

  /** All hosts of all clusters are down, or up again. */
  setHosts(status: 'up' | 'down'): void {
    for (const host of this.engine.data.hosts) host.status = status;
  }

  /** The host that runs the VM does not answer any more; the returned function brings it back. */
  silenceHostOf(vmId: string): () => void {
    const { data, hosts, clock, timing } = this.engine;
    const host = data.hosts.find(({ id }) => id === this.vm(vmId).hostId);
    if (!host) throw new Error(`The simulated VM ${vmId} runs on no host`);
    hosts.silent.add(host.id);
    const callOff = clock.after(timing.hostSilence, () => (host.status = 'connecting'));
    return () => {
      callOff();
      host.status = 'up';
      hosts.silent.delete(host.id);
      for (const { act } of hosts.postponed.filter(({ hostId }) => hostId === host.id)) act();
      hosts.postponed = hosts.postponed.filter(({ hostId }) => hostId !== host.id);
    };
  }

  /** How the guest of a VM behaves from its next start on. */
  setGuest(vmId: string, guest: SimVm['guest']): void {
    this.vm(vmId).guest = guest;
  }

  /**
   * Something else works on it: commands on it are refused until the returned function is called.
   *
   * @param key an object's id, or `vm:NAME` and `template:NAME` for a name that is being taken
   */
  lock(key: string): () => void {
    this.engine.locks.add(key);
    return () => void this.engine.locks.delete(key);
  }

  /** Gives a user a role: `grant(userId, 'VmCreator', 'cluster', clusterId)`. */
  grant(userId: string, role: string, on: RightsOn, objectId: string): void {
    grant(this.engine, role, userId, on, objectId);
  }

  /** How the next imports of images go wrong, one after the other. */
  failImports(...failures: ImportFailure[]): void {
    this.engine.importFailures.push(...failures);
  }

  /** The next PUT to a host's imageio daemon loses its connection once so many of its bytes are there. */
  async cutNextPutAfter(bytes: number): Promise<void> {
    (await this.engine.imageio.started()).cutNextPutAfter(bytes);
  }

  /** Ends all sessions and tokens, as a restart does. */
  restart(): void {
    this.engine.sessions.endAll();
  }

  /** The requests so far, oldest first, at most the last 10,000. */
  get requests(): readonly LoggedRequest[] {
    return this.engine.requests;
  }

  private vm(vmId: string): SimVm {
    const vm = this.engine.data.vms.find(({ id }) => id === vmId);
    if (!vm) throw new Error(`The simulated engine has no VM ${vmId}`);
    return vm;
  }

  private user(userId: string): SimUser {
    const user = this.engine.data.users.find(({ id }) => id === userId);
    if (!user) throw new Error(`The simulated engine has no user ${userId}`);
    return user;
  }
}
