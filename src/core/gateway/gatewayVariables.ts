import { noProxyRules } from '../network/noProxy';
import type { GatewayAccess } from './gateway';
import { MODEL_IN_USE } from './modelNames';

type Environment = Readonly<Record<string, string | undefined>>;

const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy'];

/**
 * The variables by which OpenAI's clients find the gateway and the model in use. Where the environment names a proxy,
 * the gateway is excepted from it: many a client would send the token there.
 */
export function gatewayVariables(
  { baseUrl, token }: Pick<GatewayAccess, 'baseUrl' | 'token'>,
  environment: Environment,
): Readonly<Record<string, string>> {
  return {
    OPENAI_API_KEY: token.reveal(),
    OPENAI_BASE_URL: baseUrl,
    OPENAI_MODEL: MODEL_IN_USE,
    ...exceptions(new URL(baseUrl), environment),
  };
}

function exceptions(url: URL, environment: Environment): Readonly<Record<string, string>> {
  const valueOf = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const before = valueOf('no_proxy');
  if (!PROXIES.some(valueOf) || noProxyRules(before)(url)) return {};
  const after = [before, url.hostname].filter(Boolean).join(',');
  return { no_proxy: after, NO_PROXY: after };
}
