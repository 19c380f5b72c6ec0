import { BadJson, BoundlessJson, JsonReader } from './json-reader';

const reader = new JsonReader({ depth: 100, values: 50_000 });
const read = (text: string | Buffer) => reader.read([Buffer.from(text)]);
/** So large that it is read in slices. */
const PADDING = 'p'.repeat(200_000);

describe.each([
  ['small', ''],
  ['large', PADDING],
])('a %s body', (_, padding) => {
  const values = {
    padding,
    texts: ['ü€😀\u2028', '\\"\n\u0000', ''],
    numbers: [0, -0, 1e300, 1.5e-7, 12345678901234567890],
    words: [true, false, null],
    empty: [[], {}],
    twice: { a: 1 },
  };

  it('is what JSON.parse makes of it', async () => {
    const text = JSON.stringify(values).replace('"twice":{', '"twice":{"a":0,"__proto__":{"x":1},"constructor":2,');
    expect(await read(text)).toEqual(JSON.parse(text));
    expect(await read(`\uFEFF ${text} \n`)).toEqual(JSON.parse(text));
  });

  it('may be cut anywhere between its bytes', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...values, texts: ['ü€😀'.repeat(50)] }));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.subarray(i * 7, i * 7 + 7));
    expect(await reader.read(chunks)).toEqual(JSON.parse(bytes.toString()));
  });

  it('has a sign in place of bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from(`{"padding":"${padding}","a":"`), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await read(bytes)).toMatchObject({ a: '\uFFFD' });
  });

  it.each(['{"a":', '{"a":1}}', '{"a":01}', '[1,]', '"text"', '7'])('that ends in %j is refused', async (text) => {
    await expect(read(padding === '' ? text : `[${JSON.stringify(padding)},${text}`)).rejects.toThrow(BadJson);
  });

  const nested = (depth: number) => `{"padding":"${padding}","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  it('is taken with 100 levels, and refused with one more', async () => {
    expect(await read(nested(99))).toHaveProperty('a');
    await expect(read(nested(100))).rejects.toThrow(new BoundlessJson('depth'));
  });
});

it('a large body with too many values is refused', async () => {
  await expect(read(`[${'{},'.repeat(60_000)}{}]`)).rejects.toThrow(new BoundlessJson('values'));
});
