import { jsonOf, parseAnswer, refusal, snakeCase } from './engine-answer';
import type { EngineAnswer } from './engine-http';
import * as wire from './wire';

const answer = (text: string, type = 'application/json', status = 200): EngineAnswer => ({
  status,
  text,
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

describe('snakeCase', () => {
  it('renames keys at every depth and leaves values', () => {
    const bean = { dataCenters: [{ storageType: 'NFS', supportedVersions: { versions: [{ major: 3 }] } }] };
    const plain = { data_centers: [{ storage_type: 'NFS', supported_versions: { versions: [{ major: 3 }] } }] };
    expect(snakeCase(bean)).toEqual(plain);
  });
});

describe('jsonOf', () => {
  it.each([
    ['text/html', '{}'],
    ['application/json', '{'],
    ['application/xml', '<api/>'],
    ['application/json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('%s that is no readable JSON gives undefined', (type, text) => {
    expect(jsonOf(answer(text, type))).toBeUndefined();
  });

  it('accepts a media type with parameters', () => {
    expect(jsonOf(answer('{"a":1}', 'application/json; charset=UTF-8'))).toEqual({ a: 1 });
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
  ])('dataCenters of %s', (text, expected) => {
    expect(parseAnswer(answer(text), wire.dataCenters, [])).toEqual(expected);
  });

  it.each(['"2"', '2'])('a VM with %s sockets has two vCPUs and no display', (sockets) => {
    const id = '58ad9d2d-013a-00aa-018f-000000000001';
    const vm = `{"id":"${id}","name":"web1","memory":"2147483648","cpu":{"topology":{"sockets":${sockets}}}}`;
    expect(parseAnswer(answer(vm), wire.vm, [])).toMatchObject({
      vcpus: 2,
      memoryBytes: 2147483648,
      status: 'unknown',
      display: null,
    });
  });

  it.each(['{"user_name":"x"}', '{"id":"1","user_name":"x"}', '[]', 'null', '"x"'])(
    'a user of %s is no engine’s answer',
    (text) => {
      expect(kindOf(() => parseAnswer(answer(text), wire.user, []))).toMatchObject({ kind: 'not_an_engine' });
    },
  );
});

describe('refusal', () => {
  const json = (body: unknown, status: number) => answer(JSON.stringify(body), 'application/json', status);

  it.each([
    [answer('<html>Unauthorized</html>', 'text/html', 401), 'unauthorized', {}],
    [answer('', '', 404), 'not_found', {}],
    [answer('<html>', 'text/html', 503), 'unavailable', {}],
    [json({ reason: 'Operation Failed', detail: '[No.]' }, 403), 'forbidden', { detail: '[No.]' }],
    [json({ fault: { reason: 'Operation Failed', detail: '[Locked]' } }, 409), 'fault', { detail: '[Locked]' }],
    [json({ error_code: 'access_denied', error: 'Wrong' }, 400), 'unauthorized', { detail: 'Wrong' }],
    [json({ error: 'invalid_request', error_description: 'Missing' }, 400), 'fault', { reason: 'invalid_request' }],
  ])('case %#', (given, kind, details) => {
    const error = refusal(given, []);
    expect(error).toMatchObject({ kind, details });
    expect(error.details.status).toBe(given.status);
  });

  it('hides secrets however the engine writes them, and cuts long texts', () => {
    const password = 'p"ä w';
    const detail = `${password} ${JSON.stringify({ password })} ${new URLSearchParams({ password }).toString()} ${'x'.repeat(999)}`;
    const error = refusal(json({ reason: 'r', detail }, 400), ['', password]);
    expect(error.details.detail).toMatch(/^\[hidden\] \{"password":"\[hidden\]"\} password=\[hidden\] x+$/);
    expect(error.details.detail).toHaveLength(500);
  });
});
