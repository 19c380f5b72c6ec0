import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '../src/app.entities';
import roomOrder from '../room-order.cjs';

const SRC = join(__dirname, '../src');
const rank = new Map(roomOrder.flatMap((rooms, index) => rooms.map((room) => [room, index] as const)));

interface Source {
  /** Below src/. */
  path: string;
  room: string;
  text: string;
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/.*\.ts$/.test(path) && !/\.(spec|fixture)\.ts$/.test(path))
  .map((path) => ({
    path: relative(SRC, join(SRC, path)),
    room: path.split('/')[0] ?? '',
    text: readFileSync(join(SRC, path), 'utf8'),
  }));

/** Table → the room whose entity it is. */
const owners = new Map(
  sources.flatMap(({ room, text }) => [...text.matchAll(/@Entity\('(\w+)'/g)].map(([, table = '']) => [table, room])),
);

/** Tables that a text names as SQL does, or as our helpers for rows and searches do. */
function tablesIn(text: string): string[] {
  const names = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      for (const [, table = ''] of node.text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)/g)) names.add(table);
      for (const [, table = ''] of node.text.matchAll(/\b(\w+)\.(?:id|[a-z]+_id|name)\b/g)) names.add(table);
      const property = ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : '';
      if (['into', 'table', 'from'].includes(property)) names.add(node.text.split(' ')[0] ?? '');
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
  return [...names].filter((name) => owners.has(name));
}

const rankOf = (room: string | undefined) => rank.get(room ?? '') ?? -1;

it('SQL names tables of its own room and of rooms below it alone', () => {
  expect([...owners.keys()].sort()).toEqual(
    getMetadataArgsStorage()
      .tables.filter(({ target }) => (ENTITIES as unknown[]).includes(target))
      .map(({ name }) => name)
      .sort(),
  );
  const named = sources.flatMap(({ path, room, text }) => tablesIn(text).map((table) => ({ path, room, table })));
  expect(new Set(named.map(({ table }) => table)).size).toBeGreaterThan(15); // those of labels are put together
  const tooHigh = named.filter(({ room, table }) => {
    const owner = owners.get(table);
    return owner !== room && rankOf(owner) >= rankOf(room);
  });
  expect(tooHigh).toEqual([]);
});

it('no folder holds more than 40 files beside each other', () => {
  const folders = new Map<string, number>();
  for (const entry of readdirSync(SRC, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) folders.set(entry.parentPath, (folders.get(entry.parentPath) ?? 0) + 1);
  expect([...folders].filter(([, files]) => files > 40)).toEqual([]);
});
