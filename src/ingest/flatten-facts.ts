import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from '../common/app-error';
import { Turn } from '../common/turn';
import type { UploadLimits } from '../config';
import { storable } from '../database';
import type { Facts } from '../hosts';
import { isExcluded } from './excluded-facts';
import type { FactsOfHost, IncomingFacts } from './facts-schema';
import { UPLOAD_LIMITS } from './upload-limits';

const NAME_LENGTH = 1_000;
/** Between two looks at the clock. */
const FEW = 64;

type Limits = Pick<UploadLimits, 'facts' | 'factLength'>;

/** `@RequestBody(new ZodPipe(FactsUpload), FlatFacts)`: the upload with its facts as they are stored. */
@Injectable()
export class FlatFacts implements PipeTransform<IncomingFacts, Promise<FactsOfHost>> {
  constructor(@Inject(UPLOAD_LIMITS) private readonly limits: UploadLimits) {}

  async transform({ tree, ...upload }: IncomingFacts): Promise<FactsOfHost> {
    return { ...upload, facts: await flattenFacts(tree, this.limits) };
  }
}

interface Level {
  prefix: string;
  entries: [string, unknown][];
  next: number;
}

/**
 * Facts as they are stored: nested names joined with `::`, values as text, lists as JSON; empty and excluded ones left
 * out (Foreman: structured_fact_importer.rb).
 * @throws AppError invalid naming `facts` and the limit for too many of them, and for names or values too long
 */
export async function flattenFacts(tree: Readonly<Record<string, unknown>>, limits: Limits): Promise<Facts> {
  const facts = new Map<string, string>();
  const turn = new Turn();
  const levels: Level[] = [{ prefix: '', entries: Object.entries(tree), next: 0 }];
  for (let level = levels.at(-1), seen = 1; level !== undefined; level = levels.at(-1), seen += 1) {
    const entry = level.entries[level.next++];
    if (entry === undefined) levels.pop();
    else {
      const name = nameOf(level.prefix, entry[0]);
      const value = entry[1];
      if (value === null || value === '' || isExcluded(name)) continue;
      if (typeof value === 'object' && !Array.isArray(value))
        levels.push({ prefix: `${name}::`, entries: Object.entries(value), next: 0 });
      else facts.set(storable(name), textOf(name, value, limits));
    }
    if (facts.size > limits.facts)
      throw invalid('facts', `are more than ${limits.facts}; MAX_UPLOAD_FACTS sets the limit`);
    if (seen % FEW === 0 && turn.isOver()) await turn.next();
  }
  return facts;
}

function nameOf(prefix: string, key: string): string {
  const name = `${prefix}${key}`;
  if (name.length <= NAME_LENGTH) return name;
  throw invalid('facts', `have a name of more than ${NAME_LENGTH} characters: ${name.slice(0, 100)}…`);
}

function textOf(name: string, value: unknown, { factLength }: Limits): string {
  if (!isLonger(value, factLength)) {
    const text = storable(typeof value === 'string' ? value : JSON.stringify(value));
    if (text.length <= factLength) return text;
  }
  throw invalid(
    'facts',
    `have a value of more than ${factLength / 1_024} KB, that of ${name.slice(0, 100)}; MAX_FACT_KB sets the limit`,
  );
}

/** Whether a value is certainly longer as text, found out without writing all of it: JSON has a character for each part. */
function isLonger(value: unknown, most: number): boolean {
  let left = most;
  const parts: unknown[] = [value];
  for (let part = parts.pop(); left >= 0 && part !== undefined; part = parts.pop()) {
    left -= typeof part === 'string' ? part.length : 1;
    if (typeof part === 'object' && part !== null) parts.push(...(Object.values(part) as unknown[]).slice(0, left + 1));
  }
  return left < 0;
}
