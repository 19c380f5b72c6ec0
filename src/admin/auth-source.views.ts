import type { AuthSourceSettings, ComputeResource } from '../compute-resources';
import { fieldOf, type FieldFaults, type FormField, type LinkView } from '../view-kit';
import type { Urls } from '../web';

export const AUTH_SOURCES_PATH = '/auth_source_ovirts';

const RISK =
  'Whoever holds any live session of this engine can then sign in here as any of its users, administrators included. Engines before 3.3, and from 4.2 on, prove who owns a session and are not touched by this. Switch it on only for an engine from 3.3 to 4.1 whose users you all trust.';

/** Locals of admin/auth-sources.hbs. */
interface ListPage {
  rows: {
    name: string;
    url: string;
    edit?: string;
    signIn: string;
    first: string;
    prefix: string;
    proof: string;
    weak: boolean;
  }[];
  nothing: { title: string; text: string; link: LinkView };
}

export function authSourceList(resources: ComputeResource[], mayEdit: boolean, urls: Urls): ListPage {
  return {
    rows: resources.map(({ id, name, url, enabled, ontheflyRegister, loginPrefix, acceptReadableUser }) => ({
      name,
      url,
      edit: mayEdit ? urls.url(`${AUTH_SOURCES_PATH}/${id}/edit`) : undefined,
      signIn: enabled ? 'on' : 'off',
      first: ontheflyRegister ? 'makes the account' : 'refused',
      prefix: loginPrefix,
      proof: acceptReadableUser ? 'not required' : 'required',
      weak: acceptReadableUser,
    })),
    nothing: {
      title: 'No engine signs anyone in yet',
      text: 'An auth source comes with each compute resource.',
      link: { label: 'Compute resources', href: urls.url('/compute_resources') },
    },
  };
}

/** Locals of admin/auth-source-form.hbs. */
interface FormPage {
  heading: string;
  action: string;
  cancel: LinkView;
  /** Names of the other compute resources of the engine. */
  shared: string;
  fields: FormField[];
}

/** What was typed, when it is at fault. */
export interface AuthSourceFormState {
  typed?: Partial<AuthSourceSettings>;
  faults?: FieldFaults;
}

export function authSourceForm(
  { id, name, ...known }: ComputeResource,
  others: string[],
  urls: Urls,
  { typed = {}, faults = {} }: AuthSourceFormState = {},
): FormPage {
  const settings = { ...known, ...typed };
  const field = fieldOf('auth_source_ovirt', faults);
  return {
    heading: `Sign-in with ${name}`,
    action: urls.url(`${AUTH_SOURCES_PATH}/${id}`),
    cancel: { label: 'Cancel', href: urls.url(AUTH_SOURCES_PATH) },
    shared: others.join(', '),
    fields: [
      field('enabled', {
        label: 'Sign people in with their session of this engine',
        help: 'Off: nobody gets in with a session or password of this engine, whatever else is set here.',
        check: { checked: settings.enabled },
      }),
      field('onthefly_register', {
        label: 'Make an account at the first sign-in',
        help: 'It gets the role Ovirt: the pages inside webadmin, and nothing else. Off: only people who have an account already get in.',
        check: { checked: settings.ontheflyRegister },
      }),
      field('login_prefix', {
        label: 'Login prefix',
        help: 'What the UI plugin puts before the login (its setting ovirtUserNamePrefix), so that engine users and local users are never mistaken for each other.',
        text: { type: 'text', value: settings.loginPrefix, autocomplete: 'off' },
      }),
      field('accept_readable_user', {
        label: 'Accept a session without proof of whose it is',
        risk: RISK,
        check: { checked: settings.acceptReadableUser },
      }),
    ],
  };
}
