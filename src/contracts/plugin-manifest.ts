/** `address`: a web address, or a path on webadmin's origin; `text`: any text; `choice`: `true` or `false`. */
export type SettingKind = 'address' | 'text' | 'choice';

/** What a UI plugin says of itself in `ui-plugins/<folder>/plugin.json`. */
export interface PluginManifest {
  /** As in its descriptor, which is called `<name>.json`. */
  name: string;
  /** What people call it. */
  title: string;
  /** A sentence that tells what it adds to webadmin. */
  summary: string;
  /** The keys that it reads of its configuration. */
  settings: Record<string, SettingKind>;
}
