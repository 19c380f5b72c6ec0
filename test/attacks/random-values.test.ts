import fc from 'fast-check';
import { faultOf, randomRequests, type ApiDocument, type RandomRequest } from '../../scripts/soak/requests';
import { startApp, type RunningApp } from '../support/app';

const REQUESTS = 600;

describe('targeted and random values for all that takes some', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    for (const name of ['web1', 'web2', 'web3']) await app.post('/api/v2/hosts/facts', { name, facts: { a: '1' } });
    const user = { login: 'somebody', password: 'correct-horse-battery' };
    for (let n = 2; n < 6; n++) await app.post('/api/v2/users', { user: { ...user, login: `somebody${n}` } });
  });
  afterAll(() => app.close());

  const send = async ({ path, ...init }: RandomRequest): Promise<string | undefined> => {
    const answer = await app.fetch(path, init);
    return faultOf(answer.status, await answer.text());
  };

  it('no answer is a fault of ours', async () => {
    const document = (await (await app.fetch('/api/v2/openapi.json')).json()) as ApiDocument;
    await fc.assert(
      fc.asyncProperty(randomRequests(document), async (request) => {
        expect(await send(request)).toBeUndefined();
      }),
      { numRuns: REQUESTS },
    );
    expect((await app.fetch('/users')).status).toBe(200);
  }, 240_000);
});
