import { mayBeWord } from '../base/redaction';
import type { Secret } from '../base/secret';
import { noProxyRules } from '../network/noProxy';
import { resolveCredentials } from '../credentials/resolve';
import type { Snapshot } from '../session/snapshot';
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

/** The variables of an environment that hold a key of the person's: who goes by the gateway needs none of them. */
export function keysIn(environment: Environment, { models, accounts, configuration }: Snapshot): readonly string[] {
  const places = { accounts, variables: configuration.variables };
  const keys = models.flatMap((model) =>
    resolveCredentials(model, places).flatMap((one) => (one.kind === 'key' && one.key ? [one.key] : [])),
  );
  return Object.entries(environment).flatMap(([name, value = '']) =>
    keys.some((key) => isHeld(key, value)) ? [name] : [],
  );
}

/** A key that may be a word is also a part of paths, such as `lm-studio`. */
function isHeld(key: Secret, value: string): boolean {
  return mayBeWord(key) ? value.trim().replace(/^bearer\s+/i, '') === key.reveal() : value.includes(key.reveal());
}

function exceptions(url: URL, environment: Environment): Readonly<Record<string, string>> {
  const valueOf = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const before = valueOf('no_proxy');
  if (!PROXIES.some(valueOf) || noProxyRules(before)(url)) return {};
  const after = [before, url.hostname].filter(Boolean).join(',');
  return { no_proxy: after, NO_PROXY: after };
}
