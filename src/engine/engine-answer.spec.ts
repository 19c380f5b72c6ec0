import { answeredJson } from './answered-json';
import { parseAnswer, refusal } from './engine-answer';
import type { EngineAnswer } from './engine-http';
import * as wire from './wire';

const read = (text: string, type = 'application/json') =>
  answeredJson(type, [Buffer.from(text)], 'https://engine.example/x');
const answer = async (text: string, type = 'application/json', status = 200): Promise<EngineAnswer> => ({
  status,
  text: () => text,
  json: await read(text, type),
  cookies: [],
  header: (name) => (name === 'content-type' ? type : undefined),
});
const kindOf = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error;
  }
};

describe('answeredJson', () => {
  it('renames keys at every depth and leaves values', async () => {
    const bean = { dataCenters: [{ storageType: 'NFS', supportedVersions: { versions: [{ major: 3 }] } }] };
    const plain = { data_centers: [{ storage_type: 'NFS', supported_versions: { versions: [{ major: 3 }] } }] };
    expect(await read(JSON.stringify(bean))).toEqual(plain);
  });

  it.each([
    ['text/html', '{}'],
    ['application/json', '{'],
    ['application/xml', '<api/>'],
  ])('%s that is no readable JSON gives undefined', async (type, text) => {
    expect(await read(text, type)).toBeUndefined();
  });

  it.each([
    ['deep', `${'['.repeat(200)}${']'.repeat(200)}`, '100 levels'],
    ['deep and large', '['.repeat(8 * 1024 * 1024), '100 levels'],
    ['of many values', `[${'{},'.repeat(600_000)}{}]`, '500000 values'],
  ])('refuses what is %s', async (_, text, limit) => {
    const message = expect.stringMatching(`https://engine.example/x has more than ${limit}`) as unknown;
    await expect(read(text)).rejects.toMatchObject({ kind: 'too_large', message });
  });

  it('accepts a media type with parameters', async () => {
    expect(await read('{"a":1}', 'application/json; charset=UTF-8')).toEqual({ a: 1 });
  });
});

describe('wire', () => {
  it.each([
    ['{}', []],
    ['{"data_center":[]}', []],
    [
      '{"data_center":[{"id":"5849B030-626e-47cb-ad90-3ce782d831b3","name":"a","status":{"state":"up"}}]}',
      [{ id: '5849b030-626e-47cb-ad90-3ce782d831b3', name: 'a', status: 'up' }],
    ],
    [
      '{"dataCenters":[{"id":"5849b030-626e-47cb-ad90-3ce782d831b3","name":"a"}]}',
      [{ id: '5849b030-626e-47cb-ad90-3ce782d831b3', name: 'a', status: null }],
    ],
  ])('dataCenters of %s', async (text, expected) => {
    expect(parseAnswer(await answer(text), wire.dataCenters, [])).toEqual(expected);
  });

  it.each(['"2"', '2'])('a VM with %s sockets has two vCPUs and no display', async (sockets) => {
    const id = '58ad9d2d-013a-00aa-018f-000000000001';
    const vm = `{"id":"${id}","name":"web1","memory":"2147483648","cpu":{"topology":{"sockets":${sockets}}}}`;
    expect(parseAnswer(await answer(vm), wire.vm, [])).toMatchObject({
      vcpus: 2,
      memoryBytes: 2147483648,
      status: 'unknown',
      display: null,
    });
  });

  it.each(['{"user_name":"x"}', '{"id":"1","user_name":"x"}', '[]', 'null', '"x"'])(
    'a user of %s is no engine’s answer',
    async (text) => {
      const given = await answer(text);
      expect(kindOf(() => parseAnswer(given, wire.user, []))).toMatchObject({ kind: 'not_an_engine' });
    },
  );
});

describe('refusal', () => {
  const NO_ROLE = 'The user alice@internal-authz with profile [internal] is not authorized to perform login';
  const json = (body: unknown, status: number) => answer(JSON.stringify(body), 'application/json', status);

  it.each([
    [answer('<html>Unauthorized</html>', 'text/html', 401), 'unauthorized', { detail: 'Unauthorized' }],
    [answer(NO_ROLE, 'text/html;charset=UTF-8', 401), 'no_rights', { detail: NO_ROLE }],
    [answer(NO_ROLE, 'text/html', 400), 'fault', { detail: NO_ROLE }],
    [answer(NO_ROLE, 'text/plain', 401), 'unauthorized', {}],
    [answer('', '', 404), 'not_found', {}],
    [answer('<html>', 'text/html', 503), 'unavailable', {}],
    [json({ reason: 'Operation Failed', detail: '[No.]' }, 403), 'forbidden', { detail: '[No.]' }],
    [json({ fault: { reason: 'Operation Failed', detail: '[Locked]' } }, 409), 'fault', { detail: '[Locked]' }],
    [json({ error_code: 'access_denied', error: 'Wrong' }, 400), 'unauthorized', { detail: 'Wrong' }],
    [json({ error: 'invalid_request', error_description: 'Missing' }, 400), 'fault', { reason: 'invalid_request' }],
  ])('case %#', async (answered, kind, details) => {
    const given = await answered;
    const error = refusal(given, []);
    expect(error).toMatchObject({ kind, details });
    expect(error.details.status).toBe(given.status);
  });

  it.each([
    [
      'Bearer error="invalid_token", error_description="Reference token could not be introspected"',
      'apache',
      'Reference token could not be introspected',
    ],
    ['Bearer', 'apache', 'Bearer'],
    ['Basic realm="RESTAPI"', 'engine', 'Unauthorized'],
  ])('a 401 that asks for %s is of %s', async (challenge, refusedBy, detail) => {
    const page = await answer('<body>Unauthorized</body>', 'text/html', 401);
    const header = (name: string) => (name === 'www-authenticate' ? challenge : page.header(name));
    expect(refusal({ ...page, header }, [])).toMatchObject({ kind: 'unauthorized', details: { refusedBy, detail } });
  });

  it.each([
    ['Cannot authenticate user Invalid user credentials.', 'keycloak', 'Keycloak does not accept'],
    ['Cannot authenticate user No valid profile found in credentials..', 'engine', 'The engine does not accept'],
  ])('%s is said by %s', async (error, refusedBy, message) => {
    const given = await json({ error_code: 'access_denied', error }, 400);
    const refused = refusal(given, [], 'keycloak');
    expect(refused).toMatchObject({ kind: 'unauthorized', details: { refusedBy } });
    expect(refused.message).toContain(message);
  });

  it('hides secrets in a page, whatever markup they look like, and writes it in one line', async () => {
    const password = 'a<b  c>&d';
    const page = `<p>wrong:\n${password}</p> a&lt;b  c&gt;&amp;d`;
    const error = refusal(await answer(page, 'text/html', 400), [password]);
    expect(error.details.detail).toBe('wrong: [hidden] [hidden]');
  });

  it('hides secrets however the engine writes them, and cuts long texts', async () => {
    const password = 'p"ä w';
    const detail = `${password} ${JSON.stringify({ password })} ${new URLSearchParams({ password }).toString()} ${'x'.repeat(999)}`;
    const error = refusal(await json({ reason: 'r', detail }, 400), ['', password]);
    expect(error.details.detail).toMatch(/^\[hidden\] \{"password":"\[hidden\]"\} password=\[hidden\] x+$/);
    expect(error.details.detail).toHaveLength(500);
  });
});
