import { loadOnce } from '../../assets/load-once';
import { searchBoxes } from '../../assets/search-box';

/** jsdom's page is its own parent: one inside a frame has another. */
function inFrame(): jest.Mock {
  const postMessage = jest.fn();
  jest.spyOn(window, 'parent', 'get').mockReturnValue({ postMessage } as unknown as Window);
  return postMessage;
}

function answer(status: number, text = ''): void {
  Object.assign(window, {
    fetch: () => Promise.resolve({ status, ok: status < 400, text: () => Promise.resolve(text) }),
  });
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
const signedOut = [{ source: 'foreman-ovirt', type: 'signed-out' }, '*'];

describe('A request that is answered 401', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    document.body.replaceChildren();
  });

  it('is told to webadmin when it was to fill a panel, which says so', async () => {
    const posted = inFrame();
    answer(401);
    document.body.innerHTML = '<div id="panel" data-load-url="/vm"></div>';
    const panel = document.querySelector<HTMLElement>('#panel');
    if (panel) loadOnce(panel);
    await settled();

    expect(posted.mock.calls).toEqual([signedOut]);
    expect(panel?.textContent).toBe('You are signed out. Sign in again');
  });

  it('is told to webadmin when it was for suggestions', async () => {
    const posted = inFrame();
    answer(401);
    document.body.innerHTML = '<input data-complete="/complete" />';
    searchBoxes();
    document.querySelector('input')?.dispatchEvent(new Event('input'));
    await settled();

    expect(posted.mock.calls).toEqual([signedOut]);
  });
});

describe('A panel', () => {
  it('whose request fails otherwise can be filled by another try', async () => {
    answer(503);
    document.body.innerHTML = '<div id="panel" data-load-url="/vm"></div>';
    const panel = document.querySelector<HTMLElement>('#panel');
    if (panel) loadOnce(panel);
    await settled();
    expect(panel?.textContent).toBe('This could not be loaded. Try again');

    answer(200, '<p>web1</p>');
    panel?.querySelector('button')?.click();
    await settled();
    expect(panel?.textContent).toBe('web1');
  });
});
