import { applyEdits, modify, parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import { AppError } from '../common/app-error';

const Overrides = z.object({
  config: z.record(z.string(), z.unknown()).optional(),
  enabled: z.boolean().optional(),
  order: z.int().optional(),
});
export type Overrides = z.output<typeof Overrides>;

const NEW_FILE = `{
  // Settings of the Foreman UI plugin on this engine; they win over those of foreman.json.
  "config": {}
}
`;

/**
 * Reads an administrator's overrides as an engine does: JSON with comments, nothing else beside the standard
 * (oVirt: PluginDataManager.java; Jackson's ALLOW_COMMENTS).
 * @param file its name, for the message
 * @throws AppError invalid with the place of the fault: an engine drops the plugin then
 */
export function parseOverrides(text: string, file: string): Overrides {
  const faults: ParseError[] = [];
  const parsed: unknown = parse(text, faults, { allowTrailingComma: false, disallowComments: false });
  const [fault] = faults;
  if (fault !== undefined) {
    const line = text.slice(0, fault.offset).split('\n').length;
    throw cannotRead(file, `${printParseErrorCode(fault.error)} in line ${line}`);
  }
  const overrides = Overrides.safeParse(parsed);
  if (overrides.success) return overrides.data;
  const [issue] = overrides.error.issues;
  throw cannotRead(file, `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'of the wrong type'}`);
}

/** The overrides with this one key changed; comments, order and everything else stay as they are. */
export function withUrl(text: string | undefined, url: string): string {
  const before = text ?? NEW_FILE;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  return applyEdits(before, modify(before, ['config', 'url'], url, { formattingOptions }));
}

function cannotRead(file: string, fault: string): AppError {
  return new AppError(
    'invalid',
    `${file} cannot be read (${fault}). An engine leaves the plugin out because of it: correct the file, or move it away`,
  );
}
