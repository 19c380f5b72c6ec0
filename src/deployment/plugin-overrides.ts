import { applyEdits, modify, parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import { AppError } from '../common/app-error';
import type { SettingKind } from '../contracts/plugin-manifest';
import type { UiPlugin } from './ui-plugins';

/** What a plugin takes for a web address: one, or a path on webadmin's origin. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text, 'https://engine.invalid');
  return text.trim() === '' || (url !== null && /^https?:$/.test(url.protocol));
}
const address = z.string('is no text').refine(isWebAddress, 'is no web address').nullable().optional();
const text = z.string('is no text').nullable().optional();
const choice = z.boolean('is neither true nor false').nullable().optional();

const kinds: Record<SettingKind, z.ZodType> = { address, text, choice };

const Overrides = z.object({
  config: z.record(z.string(), z.unknown()).optional(),
  enabled: z.boolean().optional(),
  order: z.int().optional(),
});
export type Overrides = z.output<typeof Overrides>;

const newFile = ({ title, descriptor }: UiPlugin): string => `{
  // Settings of the ${title} UI plugin on this engine; they win over those of ${descriptor}.
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

/**
 * Checks the settings that the plugin knows: it takes its default for one that it cannot use. Others are none of our
 * business.
 * @throws AppError invalid with the key
 */
export function checkSettings({ settings }: UiPlugin, { config = {} }: Overrides, file: string): void {
  const known = Object.entries(settings).map(([key, kind]) => [key, kinds[kind]]);
  const checked = z.looseObject(Object.fromEntries(known)).safeParse(config);
  if (checked.success) return;
  const [issue] = checked.error.issues;
  const key = String(issue?.path[0]);
  throw new AppError('invalid', `${file}: "${key}" ${issue?.message} (${JSON.stringify(config[key])}): correct it`);
}

/**
 * The overrides with this one key changed; comments, order and everything else stay as they are.
 * @throws AppError invalid when they cannot be read
 */
export function withUrl(plugin: UiPlugin, text: string | undefined, url: string, file: string): string {
  const before = text ?? newFile(plugin);
  parseOverrides(before, file);
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  return applyEdits(before, modify(before, ['config', 'url'], url, { formattingOptions }));
}

function cannotRead(file: string, fault: string): AppError {
  return new AppError(
    'invalid',
    `${file} cannot be read (${fault}). An engine leaves the plugin out because of it: correct the file, or move it away`,
  );
}
