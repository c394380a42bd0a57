import * as l10n from '@vscode/l10n';
import type { Method } from '../base/method';
import type { Settings } from '../config/settings';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { hostOf } from '../base/origin';
import { PROVIDERS } from '../providers/catalogue';
import type { Provider } from '../providers/provider';
import { FREE_TIER_ENDED } from './problem';

/** A way to sign in, as it is offered; `notice` is a fact to know before choosing it. */
export interface MethodView {
  readonly id: 'coding-plan' | 'api-key' | 'own-server' | 'openrouter' | 'qwen-oauth';
  readonly method: Method;
  readonly label: string;
  readonly description: string;
  readonly notice?: string;
  /** The ids of the providers to choose from. */
  readonly providers: readonly string[];
}

/**
 * The ways to sign in, in the order in which they are offered: first what most people can use. Whoever has named an
 * authorization server other than Qwen's means that one.
 */
export function methodViews(settings: Settings): readonly MethodView[] {
  const issuer = settings.issuer();
  const isQwen = issuer === QWEN_ISSUER;
  const oauth: MethodView = {
    id: 'qwen-oauth',
    method: 'qwen-oauth',
    label: 'Qwen OAuth',
    description: l10n.t('Sign in with your {0} account in the browser.', isQwen ? 'qwen.ai' : hostOf(issuer)),
    ...(isQwen && { notice: FREE_TIER_ENDED }),
    providers: [],
  };
  return isQwen ? [...KEY_METHODS, oauth] : [oauth, ...KEY_METHODS];
}

const ids = (isOffered: (provider: Provider) => boolean): readonly string[] =>
  PROVIDERS.filter(isOffered).map(({ id }) => id);

const KEY_METHODS: readonly MethodView[] = [
  {
    id: 'coding-plan',
    method: 'coding-plan',
    label: 'Coding Plan',
    description: l10n.t('A subscription of Alibaba Cloud with its own key: Coding Plan or Token Plan.'),
    providers: ids(({ method }) => method === 'coding-plan'),
  },
  {
    id: 'api-key',
    method: 'api-key',
    label: l10n.t('API key'),
    description: l10n.t('OpenAI, Model Studio, DeepSeek or any OpenAI-compatible server.'),
    providers: ids(({ method }) => method === 'api-key'),
  },
  {
    id: 'own-server',
    method: 'api-key',
    label: l10n.t('On this computer'),
    description: l10n.t('Ollama, LM Studio, vLLM or llama.cpp. No key is needed.'),
    providers: ids(({ group }) => group === 'own'),
  },
  {
    id: 'openrouter',
    method: 'api-key',
    label: 'OpenRouter',
    description: l10n.t('One click in your browser makes a key for models of many makers.'),
    providers: ids(({ browserSignIn }) => browserSignIn === true),
  },
];
