import * as l10n from '@vscode/l10n';
import { addressText } from '../base/origin';
import { Secret } from '../base/secret';
import type { Settings } from '../config/settings';
import { findProvider } from '../providers/catalogue';
import type { SignInDraft } from '../signIn/openQuestions';
import { type MethodView, methodViews } from './methodViews';

/** A row of the first list of a sign-in, and what taking it decides. */
export interface SignInWay {
  readonly id: MethodView['id'] | 'ollama' | 'lm-studio' | 'paste';
  readonly label: string;
  readonly detail: string;
  readonly start: SignInDraft | 'paste';
  /** The same with its address and key asked for. */
  readonly change?: SignInDraft;
}

const PASTE: SignInWay = {
  id: 'paste',
  label: l10n.t('Paste anything…'),
  detail: l10n.t('A sentence, lines such as OPENAI_API_KEY=…, a modelProviders snippet or a curl command.'),
  start: 'paste',
};

/** The first list of a sign-in, in the order of what works for most people. Pasting comes before a discontinued way. */
export function signInWays(settings: Settings): readonly SignInWay[] {
  const ways = methodViews(settings).flatMap((view) =>
    view.id === 'own-server' ? ownServers(view, settings) : wayOf(view),
  );
  const last = ways.at(-1);
  return last?.id === 'qwen-oauth' ? [...ways.slice(0, -1), PASTE, last] : [...ways, PASTE];
}

function wayOf({ id, method, label, description, notice, providers }: MethodView): SignInWay {
  const [only] = providers;
  // Who chose a provider by its name wants its browser sign-in.
  const start = id === 'openrouter' && only ? { method, provider: only, flow: 'loopback' as const } : { method };
  return { id, label, detail: notice ?? description, start };
}

function ownServers({ id, method, providers }: MethodView, settings: Settings): readonly SignInWay[] {
  const named = (['ollama', 'lm-studio'] as const).flatMap((name): readonly SignInWay[] => {
    const provider = findProvider(name);
    if (!provider) return [];
    const { baseUrl } = settings.endpoint(provider, provider.regions[0]);
    return [
      {
        id: name,
        label: provider.label,
        detail: l10n.t('A server on this computer, at {0}. No key is needed.', addressText(baseUrl)),
        start: { method, provider: name, apiKey: new Secret('') },
        change: { method, provider: name },
      },
    ];
  });
  const others = providers.filter((one) => named.every((way) => way.id !== one));
  const detail = l10n.t('vLLM, llama.cpp or any other OpenAI-compatible server.');
  return [...named, { id, label: l10n.t('Another server of your own'), detail, start: { method, providers: others } }];
}
