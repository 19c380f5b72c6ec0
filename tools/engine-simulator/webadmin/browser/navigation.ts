/** How webadmin goes from place to place, which its two layouts do differently. */
export interface Navigation {
  /** The history token of what is shown, as it stands after `#`. */
  readonly address: string;
  /** The same without parameters. */
  readonly currentPlace: string;
  /** Whether the address stands for the one before, rather than after it in the browser's history. */
  readonly replaces: boolean;
  /** Goes to a history token; returns false, changing nothing, when no place answers to it. */
  open(address: string): boolean;
  /** Goes to webadmin's start page. */
  openDefault(): void;
  /** Opens the page of the VM whose name was clicked; it is selected already. */
  openVm(id: string): void;
  /** The selected VMs have changed. */
  selected(): void;
  /** The list is searched. */
  searched(text: string): void;
  /** A place has become inaccessible. */
  leave(token: string): void;
}
