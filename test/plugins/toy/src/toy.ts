import type { NamedEntity } from '../../../../ui-plugins/shared/src/selection';
import { readServiceAddress } from '../../../../ui-plugins/shared/src/service-address';
import { Settings } from '../../../../ui-plugins/shared/src/settings';
import type { PluginFrame } from '../../../../ui-plugins/shared/src/start-plugin';
import manifest from '../plugin.json';

const token = 'toy-dialog';

/**
 * A plugin made of what is shared alone: its button opens a dialog, whose page says that it is `open`, is told the name
 * of the selected VM, and answers that it is `done`.
 */
export function startToy({ window, webadmin, config }: PluginFrame): void {
  const warn = (text: string): void => webadmin.warn(text);
  const { url } = readServiceAddress(
    new Settings<keyof typeof manifest.settings>(config, manifest.name, window.location.origin, warn),
  );
  const { origin } = new URL(url);
  let asked: NamedEntity | undefined;
  const button = {
    label: 'Play',
    isEnabled: (selected: NamedEntity[]) => selected.length === 1,
    onClick: ([vm]: NamedEntity[]) => {
      asked = vm;
      const buttons = [
        { label: 'Again', onClick: () => webadmin.dialogs.setUrl(token, `${url}/toy?again`) },
        { label: 'Close', onClick: () => webadmin.dialogs.close(token) },
      ];
      webadmin.dialogs.show({ ...{ token, title: 'Toy', buttons }, url: `${url}/toy`, width: 540, height: 600 });
    },
  };
  webadmin.register(
    { UiInit: () => webadmin.addActionButton('VirtualMachine', button) },
    {
      origins: [origin],
      received: ({ data, reply }) => {
        if (data === 'toy: open') reply({ toy: asked?.name }, origin);
        if (data === 'toy: done') webadmin.dialogs.close(token);
      },
    },
  );
}
