/** The history tokens of a plugin's tabs. */
export interface PluginTabs {
  /** Of its main tabs. */
  readonly main: readonly string[];
  /** Of its sub-tabs of a VM. */
  readonly vm: readonly string[];
}
