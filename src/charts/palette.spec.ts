import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PALETTE } from './palette';

it('charts have the colours of the dots and labels beside them', () => {
  const css = readFileSync(join(__dirname, '../../assets/tokens.css'), 'utf8');
  const colours = new Map([...css.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value]));
  const shared = Object.entries(PALETTE).filter(([name]) => colours.has(name));
  expect(shared.map(([name]) => name)).toEqual(['ok', 'error', 'warning', 'info', 'pending', 'none', 'disabled']);
  for (const [name, colour] of shared) expect([name, colours.get(name)]).toEqual([name, colour]);
});
