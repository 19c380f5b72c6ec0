import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Recording = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    /** As it was sent; JSON may be written out. */
    body: z.union([z.string(), z.looseObject({}).transform((json) => JSON.stringify(json))]).optional(),
  }),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/** What a real engine 4.5.7 answered; `TOKEN…` stands for tokens, `password` and `wrong` for passwords. */
export type EngineRecording = z.output<typeof Recording>;

/** A recording by its place below test/fixtures/engine, such as `01-sso/api-no-auth`. */
export function engineRecording(name: string): EngineRecording {
  const file = join(__dirname, '../fixtures/engine', `${name}.json`);
  return Recording.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The recordings of a folder, in no order. */
export function engineRecordings(folder: string): string[] {
  const files = readdirSync(join(__dirname, '../fixtures/engine', folder));
  return files.map((file) => `${folder}/${file.replace(/\.json$/, '')}`);
}
