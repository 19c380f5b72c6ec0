import { startApp, type RunningApp } from '../support/app';

const ALLOWED = 'https://webadmin.example.com';

describe('cross-origin requests', () => {
  let service: RunningApp;
  beforeAll(async () => {
    service = await startApp({ CORS_ORIGINS: `${ALLOWED},https://other.example.com` });
  });
  afterAll(() => service.close());

  const corsHeaders = ({ headers }: Response) =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));
  const preflight = (origin: string, path = '/hosts') =>
    service.anonymous(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-requested-with' },
    });

  it('lets a script of an allowed origin read JSON with credentials', async () => {
    const answer = await service.fetch('/hosts?format=json', { headers: { origin: ALLOWED } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('vary')).toMatch(/^Origin, Accept, Cookie$/);
  });

  it('lets it read why it was refused', async () => {
    const answer = await service.anonymous('/hosts?format=json', { headers: { origin: ALLOWED } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('lets it read that there is nothing', async () => {
    const answer = await service.fetch('/nowhere?format=json', { headers: { origin: ALLOWED } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([404, ALLOWED]);
  });

  it('does not let it read pages, which hold form tokens', async () => {
    const answer = await service.fetch('/hosts', { headers: { origin: ALLOWED, accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(corsHeaders(answer)).toEqual([]);
  });

  it('answers the preflight of an allowed origin before anyone has to sign in', async () => {
    const answer = await preflight(ALLOWED);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    const headers = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(headers?.sort()).toEqual([
      'accept',
      'authorization',
      'content-type',
      'x-background-refresh',
      'x-requested-with',
    ]);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each([
    'https://evil.example.com',
    'null',
    'http://webadmin.example.com',
    `${ALLOWED}.evil.example`,
    `${ALLOWED}:8443`,
  ])('says nothing to %s', async (origin) => {
    const answers = [await preflight(origin), await service.fetch('/hosts?format=json', { headers: { origin } })];
    expect(answers.flatMap(corsHeaders)).toEqual([]);
    expect(answers.map(({ headers }) => headers.get('vary')?.includes('Origin'))).toEqual([true, true]);
  });

  it('allows the webadmin of a registered engine without naming it in CORS_ORIGINS', async () => {
    const origin = 'https://engine.example.com';
    const params = { url: `${origin}/ovirt-engine/api`, user: 'admin@internal', password: 'secret' };
    const compute_resource = { name: 'engine', provider: 'Ovirt', ...params };
    expect((await service.post('/api/v2/compute_resources', { compute_resource })).status).toBeLessThan(300);
    const answer = await service.fetch('/hosts?format=json', { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });
});
