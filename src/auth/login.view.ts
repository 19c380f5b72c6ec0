import type { RegisteredEngine } from '../compute-resources';
import type { LoginPage, PlainLayout } from '../view-kit';
import type { Urls } from '../web';
import { refusalText } from './login-refusal';

interface LoginState {
  /** Engines that sign people in. */
  engines: RegisteredEngine[];
  /** What was chosen before, as the form has it. */
  chosen?: string;
  /** The reason that came back with a refused login. */
  refused?: string;
  /** Where to go on; already known to be a page of ours. */
  originalUri: string | null;
}

/** Locals of auth/login.hbs. */
export function loginPage(
  { engines, chosen, refused, originalUri }: LoginState,
  urls: Urls,
): LoginPage & PlainLayout & { layout: string } {
  return {
    layout: 'layouts/plain',
    title: 'Sign in',
    homeUrl: urls.url('/hosts'),
    navigation: [],
    action: urls.url('/users/login'),
    hidden: originalUri === null ? [] : [{ name: 'original_uri', value: originalUri }],
    choices: engines.length === 0 ? [] : [LOCAL, ...engines.map(choiceOf)].map(selectedBy(chosen)),
    login: '',
    refusal: refused === undefined ? undefined : (refusalText(refused) ?? 'Signing in was refused'),
  };
}

const LOCAL = { value: '', label: 'Foreman account' };

const choiceOf = ({ computeResourceId, label }: RegisteredEngine) => ({ value: String(computeResourceId), label });

const selectedBy = (chosen?: string) => (choice: { value: string; label: string }) => ({
  ...choice,
  selected: choice.value === (chosen ?? ''),
});
