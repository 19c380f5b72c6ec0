import { useCleanHosts, user } from './support/plugin-host';
import { inUse, load, useConsole } from './support/stand-in';

useCleanHosts();
const lines = useConsole();

const origin = 'https://a.example';
const post = (data: unknown, from = origin): unknown =>
  window.dispatchEvent(new MessageEvent('message', { data, origin: from, source: window }));

describe('Messages in webadmin 4.5', () => {
  it.each([['text'], [{ a: 1, list: [1, 2] }], [42], [true], [false], [0], ['']])(
    'bring any value: %j',
    async (data) => {
      const received: unknown[] = [];
      const { api } = await inUse('4.5', { MessageReceived: (...args: unknown[]) => received.push(args) });
      api.options?.({ allowedMessageOrigins: origin });
      post(data);

      expect(received).toEqual([[data, window]]);
    },
  );

  it('that are null leave it out', async () => {
    const received: unknown[][] = [];
    const { api } = await inUse('4.5', { MessageReceived: (...args: unknown[]) => received.push(args) });
    api.options?.({ allowedMessageOrigins: [origin] });
    post(null);

    expect(received).toEqual([[window]]);
  });

  it('of other origins are a line in the console each', async () => {
    const received: unknown[] = [];
    await inUse('4.5', { MessageReceived: (...args: unknown[]) => received.push(args) });
    post(1);
    post(2);

    expect(received).toEqual([]);
    expect(lines).toEqual(Array.from({ length: 2 }, () => `Plugin [p] rejected message event for origin [${origin}]`));
  });

  it('are kept for a plugin that is not in use yet', () => {
    const received: unknown[] = [];
    const { api } = load('4.5', {}, { user });
    api.options?.({ allowedMessageOrigins: origin });
    post('early');
    api.register?.({ UiInit: () => received.push('UiInit'), MessageReceived: (data: unknown) => received.push(data) });
    api.ready?.();

    expect(received).toEqual(['UiInit', 'early']);
  });
});

describe('Selections in webadmin 4.5', () => {
  const lists = {
    templates: [{ id: 't', name: 'Blank' }],
    clusters: [{ id: 'c', name: 'lab', managed: true }],
    users: [{ id: 'u', username: 'admin', domain: 'internal-authz' }],
  };

  it.each([
    ['templates', 'TemplateSelectionChange'],
    ['clusters', 'ClusterSelectionChange'],
    ['users', 'UserSelectionChange'],
  ] as const)('in the list of %s are told, and offered to their buttons', async (token, event) => {
    const told: unknown[] = [];
    const { webadmin, api } = await inUse('4.5', { [event]: (...args: unknown[]) => told.push(args) }, { lists });
    const onClick = (...args: unknown[]): unknown => told.push(args);
    api.addMenuPlaceActionButton?.(event.replace('SelectionChange', ''), 'Mine', { onClick });
    webadmin.reveal(token);
    document.querySelector<HTMLElement>('[data-row]')?.click();
    document.querySelector<HTMLElement>('.actions button')?.click();

    expect(told).toEqual([[lists[token]], [lists[token], { id: '' }]]);
  });
});
