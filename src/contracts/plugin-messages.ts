/**
 * What pages tell the UI plugin with `parent.postMessage(message, '*')`. Webadmin hands a message to every plugin
 * whose allowed origins match (oVirt: MessageEventData.java), hence the `source` that names us.
 */
export interface PluginMessage {
  source: 'foreman-ovirt';
  /**
   * `arrived`: a page of the service was loaded into a webadmin frame. `signed-out`: such a page was answered 401; the
   * plugin signs in again and reloads the frames. `retry`: the person pressed "Try again" on the plugin's own page.
   */
  type: 'arrived' | 'signed-out' | 'retry';
}
