/** What a plugin keeps for this browser tab; of all plugins in webadmin it sees its own alone. */
export type PluginStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param plugin its name in its descriptor */
export function pluginStorage(storage: PluginStorage, plugin: string): PluginStorage {
  const own = (key: string): string => `foreman-ovirt.${plugin}.${key}`;
  return {
    getItem: (key) => storage.getItem(own(key)),
    setItem: (key, value) => storage.setItem(own(key), value),
    removeItem: (key) => storage.removeItem(own(key)),
  };
}
