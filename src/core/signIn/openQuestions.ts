import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import type { Method } from '../base/method';
import { Secret } from '../base/secret';
import { quoted } from '../config/keyShape';
import type { Settings } from '../config/settings';
import { CODING_PLAN } from '../providers/alibaba';
import { findProvider } from '../providers/catalogue';
import type { Provider } from '../providers/provider';
import type { SignInRequest } from './signInRequest';

/** A sign-in as far as it is known. */
export interface SignInDraft extends Partial<SignInRequest> {
  /** The ids of the providers to choose from, where not all are meant. */
  readonly providers?: readonly string[];
  /** The address of the catalogue, or of a gateway in its place, was accepted as it stands. */
  readonly hasUsualAddress?: true;
}

/** What a person is asked for next. `plan` is a plan together with its region. */
export type SignInQuestion = 'way' | 'plan' | 'provider' | 'flow' | 'region' | 'baseUrl' | 'key';

/**
 * What is asked for next; undefined where nothing is open.
 * Throws `ConfigurationError` for a provider that nobody knows.
 */
export function openQuestion(draft: SignInDraft, settings: Settings): SignInQuestion | undefined {
  const method = methodOf(draft);
  if (method === undefined) return 'way';
  if (method === 'qwen-oauth') return undefined;
  if (method === 'coding-plan' && draft.provider === undefined && draft.region === undefined) return 'plan';
  const provider = providerOf(draft);
  if (!provider) return 'provider';
  if (provider.browserSignIn && draft.apiKey === undefined && draft.flow !== 'key')
    return draft.flow === undefined ? 'flow' : undefined;
  if (draft.region === undefined && provider.regions.length > 1) return 'region';
  const preset = settings.endpoint(provider, provider.regions[0]).baseUrl;
  const hasAddress = draft.baseUrl !== undefined || provider.baseUrl === 'fixed' || draft.hasUsualAddress === true;
  if (!hasAddress && !(draft.apiKey !== undefined && preset)) return 'baseUrl';
  return draft.apiKey === undefined ? 'key' : undefined;
}

/** How many questions are open, as far as that can be told before the answers. */
export function countOpenQuestions(draft: SignInDraft, settings: Settings): number {
  const question = openQuestion(draft, settings);
  return question === undefined ? 0 : 1 + countOpenQuestions({ ...draft, ...usualAnswer(question, draft) }, settings);
}

/** The request that a draft without an open question stands for. */
export function requestOf(whole: SignInDraft): SignInRequest {
  const { providers: _, hasUsualAddress: __, ...draft } = whole;
  const method = methodOf(draft) ?? 'api-key';
  const provider = providerOf(draft);
  const region = draft.region ?? provider?.regions[0].id;
  return { ...draft, method, ...(provider && { provider: provider.id }), ...(region && { region }) };
}

/** The provider that a draft is for. Throws `ConfigurationError` for one that nobody knows. */
export function providerOf(draft: SignInDraft): Provider | undefined {
  const id = draft.provider ?? (draft.method === 'coding-plan' ? CODING_PLAN.id : undefined);
  if (id === undefined) return undefined;
  const provider = findProvider(id);
  if (!provider)
    throw new ConfigurationError(
      { field: 'provider' },
      l10n.t('{id} is not a provider that is known.', { id: quoted(id) }),
    );
  return provider;
}

function methodOf(draft: SignInDraft): Method | undefined {
  return draft.method ?? providerOf(draft)?.method;
}

function usualAnswer(question: SignInQuestion, draft: SignInDraft): SignInDraft {
  switch (question) {
    case 'way':
      return { method: 'coding-plan' };
    case 'provider':
      return { provider: draft.providers?.[0] ?? 'openai' };
    case 'flow':
      return { flow: 'key' };
    case 'plan':
    case 'region':
      return { region: '' };
    case 'baseUrl':
      return { hasUsualAddress: true };
    case 'key':
      return { apiKey: new Secret('') };
  }
}
