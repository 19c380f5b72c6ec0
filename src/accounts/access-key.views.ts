import { fieldOf, timeView, type FieldFaults, type FormField, type TimeView } from '../view-kit';
import type { Actor } from '../common/actor';
import type { AccessKeyDetails, NewAccessKey } from '../auth';
import type { ComputeResource } from '../compute-resources';
import type { Urls } from '../web';
import type { AccessKeyChange, NewAccessKeyInput } from './access-key-administration';

/** What the page of keys shows beside them. */
export interface AccessKeysState {
  made?: NewAccessKey;
  /** What was typed, when it is at fault. */
  typed?: NewAccessKeyInput;
  faults?: FieldFaults;
}

/** Locals of account/access-keys.hbs. */
interface AccessKeysPage {
  made?: { name: string; secrets: { label: string; value: string }[] };
  create?: { action: string; fields: FormField[] };
  /** Whether keys of several people are listed. */
  everybody: boolean;
  rows: AccessKeyRowView[];
}

interface AccessKeyRowView {
  name: string;
  accessKeyId: string;
  owner: string;
  engine: string;
  /** What it may, in words. */
  scope: string;
  state: string;
  lastUsed: TimeView | null;
  edit?: string;
  revokeAction?: string;
}

export function accessKeysPage(
  keys: AccessKeyDetails[],
  { made, ...state }: AccessKeysState & { actor: Actor; resources: ComputeResource[] },
  urls: Urls,
  now: Date,
): AccessKeysPage {
  const action = urls.url('/access_keys');
  const { actor, resources } = state;
  return {
    made: made && { name: made.key.name, secrets: secretsOf(made) },
    create: resources.length === 0 ? undefined : { action, fields: newFields(state) },
    everybody: keys.some(({ user }) => user.id !== actor.userId),
    rows: keys.map((key) => rowOf(key, action, now)),
  };
}

/** Locals of account/access-key-form.hbs. */
interface AccessKeyFormPage {
  heading: string;
  about: string;
  action: string;
  cancel: string;
  fields: FormField[];
}

export function accessKeyForm(
  key: AccessKeyDetails,
  { typed = {}, faults = {} }: { typed?: AccessKeyChange; faults?: FieldFaults },
  urls: Urls,
): AccessKeyFormPage {
  const field = fieldOf('access_key', faults);
  const list = urls.url('/access_keys');
  const expires = typed.expires ?? key.expiresAt?.toISOString().slice(0, 10) ?? '';
  const password = field('engine_password', {
    label: `New password of ${key.engineUser}`,
    help: 'Only after it was changed at the engine. Empty: as it is.',
    text: { type: 'password', value: '', autocomplete: 'new-password' },
  });
  return {
    heading: key.name,
    about: `${key.accessKeyId}, of ${key.user.login} for ${key.computeResource.name}`,
    action: `${list}/${key.id}`,
    cancel: list,
    fields: [
      nameField(field, typed.name ?? key.name),
      readOnlyField(field, typed.readOnly ?? key.readOnly),
      expiresField(field, expires),
      ...(key.kind === 'long_lived' ? [password] : []),
    ],
  };
}

function secretsOf({ key, secret, sessionToken }: NewAccessKey) {
  const all = [
    { label: 'Access key', value: key.accessKeyId },
    { label: 'Secret key', value: secret },
  ];
  return sessionToken === undefined ? all : [...all, { label: 'Session token', value: sessionToken }];
}

function rowOf(key: AccessKeyDetails, action: string, now: Date): AccessKeyRowView {
  const { dataCenter, readOnly, lastUsedAt } = key;
  const scope = [dataCenter?.name ?? dataCenter?.id, readOnly ? 'only reads' : undefined].filter(Boolean).join(', ');
  return {
    name: key.name,
    accessKeyId: key.accessKeyId,
    owner: key.user.login,
    engine: key.computeResource.name,
    scope,
    state: stateOf(key, now),
    lastUsed: lastUsedAt && timeView(lastUsedAt, now, 'relative'),
    edit: key.revoked ? undefined : `${action}/${key.id}/edit`,
    revokeAction: key.revoked ? undefined : `${action}/${key.id}/revoke`,
  };
}

/** What has expired is revoked when it is shown: see AccessKeys. */
function stateOf({ revoked, expiresAt, passwordRefused, kind }: AccessKeyDetails, now: Date): string {
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  if (revoked) return 'revoked';
  if (passwordRefused) return 'waits for its new password';
  const until = expiresAt === null ? '' : ` until ${expiresAt.toISOString().slice(0, 10)}`;
  return kind === 'temporary' ? 'active while its session lives' : `active${until}`;
}

type Field = ReturnType<typeof fieldOf>;
type NewState = AccessKeysState & { actor: Actor; resources: ComputeResource[] };

function newFields({ actor, resources, typed, faults = {} }: NewState): FormField[] {
  const field = fieldOf('access_key', faults);
  const own = resources.find(({ engineId }) => engineId === actor.engineId);
  return [
    nameField(field, typed?.name ?? ''),
    field('compute_resource_id', {
      label: 'Engine',
      choice: {
        options: resources.map(({ id, name }) => optionOf(String(id), name, typed?.computeResource ?? String(own?.id))),
      },
    }),
    ...(actor.engineAccess?.kind === 'session' ? [kindField(field, typed)] : []),
    ...groundFields(field, typed, own === undefined ? '' : actor.name),
    field('data_center', {
      label: 'Data center',
      help: 'Name or id of the only one it is for. Empty: all.',
      text: { type: 'text', value: typed?.dataCenter ?? '', autocomplete: 'off' },
    }),
    readOnlyField(field, typed?.readOnly ?? false),
    expiresField(field, typed?.expires ?? ''),
  ];
}

function groundFields(field: Field, typed: NewAccessKeyInput | undefined, user: string): FormField[] {
  return [
    field('engine_user', {
      label: 'Engine user',
      help: 'Whose key it is, with the profile at the end, such as admin@internal.',
      text: { type: 'text', value: typed?.engineUser ?? user, autocomplete: 'off' },
    }),
    field('engine_password', {
      label: "Engine user's password",
      help: 'Checked at the engine, kept encrypted, never shown again.',
      text: { type: 'password', value: '', autocomplete: 'new-password' },
    }),
  ];
}

function kindField(field: Field, typed?: NewAccessKeyInput): FormField {
  const chosen = typed?.kind ?? 'long_lived';
  return field('kind', {
    label: 'Lasts',
    help: 'A key of your session needs no user and password.',
    choice: {
      options: [
        optionOf('long_lived', 'until it is revoked', chosen),
        optionOf('temporary', 'as long as your session', chosen),
      ],
    },
  });
}

const optionOf = (value: string, label: string, chosen?: string) => ({ value, label, selected: value === chosen });

const nameField = (field: Field, value: string): FormField =>
  field('name', {
    label: 'Name',
    required: true,
    help: 'What it is for, such as "nightly builds".',
    text: { type: 'text', value, autocomplete: 'off' },
  });

const readOnlyField = (field: Field, checked: boolean): FormField =>
  field('read_only', { label: 'Only reads', help: 'It changes nothing, here and in the engine.', check: { checked } });

const expiresField = (field: Field, value: string): FormField =>
  field('expires_at', { label: 'Expires', help: 'Empty: never.', text: { type: 'date', value, autocomplete: 'off' } });
