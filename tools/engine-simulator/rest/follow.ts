import { Page, type Answer } from './answer';
import { isBody, parameter, textOf, type Body, type Call } from './call';
import { Kept, type WireObject } from './encode';

const ERROR_PAGE = '<html><head><title>ERROR</title></head><body>Internal Server Error</body></html>';

/** A followed link that an item lacks, or that leads to nothing, breaks the engine. @throws {Page} */
export function checkFollowed(call: Call, answer: Answer): Answer {
  const names = parameter(call, 'follow').split(',').filter(Boolean);
  if (names.length === 0 || !answer.body || !call.engine.personality.follow) return answer;
  for (const item of itemsOf(answer.body)) {
    if (names.some((name) => !isThere(item, name.split('.')[0] ?? ''))) throw new Page(ERROR_PAGE);
  }
  return answer;
}

function itemsOf(body: WireObject): Body[] {
  const [first] = Object.values(body);
  const list = first instanceof Kept ? first.items : first;
  const items: unknown[] = Array.isArray(list) && Object.keys(body).length === 1 ? list : [body];
  return items.filter(isBody);
}

function isThere(item: Body, name: string): boolean {
  const links = Array.isArray(item.link) ? item.link.filter(isBody) : [];
  const rel = name.replaceAll('_', '');
  if (links.some((link) => textOf(link, 'rel') === rel)) return true;
  return item[name] !== undefined && item[name] !== null;
}
