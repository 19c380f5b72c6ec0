import { refusal } from './engine-answer';
import type { EngineAnswer } from './engine-http';

const answer = (type: string, text: string, json?: unknown): EngineAnswer => ({
  status: 400,
  header: (name) => (name === 'content-type' ? type : undefined),
  cookies: [],
  text: () => text,
  json,
});
const fault = (detail: string) => answer('application/json', '', { reason: 'Operation Failed', detail });

it('has no words where a fault has none', () => {
  const { details, message } = refusal(fault('[]'), []);
  expect(details.detail).toBeUndefined();
  expect(message).toMatch(/: Operation Failed$/);
});

it('a secret is hidden however it is written, and once only where what stands for it holds it, too', () => {
  const { details, message } = refusal(fault('d is d%20d, "a\\"b"'), ['d', 'a"b', 'd d']);
  expect(details.detail).toBe('[hidden] is [hidden], "[hidden]"');
  expect(message).toContain('[hidden] is');
});

it.each([
  ['page', answer('text/html', 'd'.repeat(8_000_000))],
  ['fault', fault('d'.repeat(8_000_000))],
])('a %s of nothing but the secret costs no more than its beginning', (_, hostile) => {
  const { details } = refusal(hostile, ['d']);
  expect((details.detail ?? '').length).toBeLessThanOrEqual(500);
  expect(details.detail ?? '').not.toMatch(/dd(?!e)/);
});
