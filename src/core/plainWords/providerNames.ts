import { PROVIDERS } from '../providers/catalogue';
import { AZURE } from '../providers/vendors';
import { CODING_PLAN, MODEL_STUDIO } from '../providers/alibaba';
import { CUSTOM_SERVER } from '../providers/ownServers';
import type { Provider, Region, Aliases } from '../providers/provider';
import { providerOfKey } from '../providers/keyOwner';
import { azurePlace } from '../providers/azure';
import { hostOf } from '../base/origin';

const PLACES = PROVIDERS.flatMap((provider) => provider.regions.map((region) => ({ provider, region })));

const RANKS = { first: 0, usual: 1, last: 2 } as const;

/** A place that a key would go to. */
export interface Target {
  readonly provider: Provider;
  readonly region?: Region;
}

/** The provider that a text names. */
export function namedProvider(text: string): Provider | undefined {
  return firstNamed(text, PROVIDERS);
}

/** The region of the provider that a text names. */
export function namedRegion(text: string, { regions }: Provider): Region | undefined {
  return firstNamed(text, regions);
}

/** Of those that a text names, the one whose name counts before the others. */
function firstNamed<T extends { readonly aliases?: Aliases | undefined }>(
  text: string,
  all: readonly T[],
): T | undefined {
  const rankOf = ({ aliases }: T): number => RANKS[aliases?.rank ?? 'usual'];
  const [first] = all
    .filter(({ aliases }) => aliases?.pattern.test(text))
    .sort((one, other) => rankOf(one) - rankOf(other));
  return first;
}

/** Where a key goes with a base URL: to a catalogue's endpoint, to the named provider's own server, or to another. */
export function targetOf(baseUrl: string, named: Provider | undefined): Target {
  const known = catalogueTarget(baseUrl) ?? sameServer(baseUrl);
  if (known?.provider.baseUrl === 'fixed') return known;
  if (named && named.baseUrl !== 'fixed' && named !== known?.provider) return { provider: named };
  if (known) return known;
  return { provider: URL.canParse(baseUrl) && azurePlace(new URL(baseUrl)) ? AZURE : CUSTOM_SERVER };
}

/**
 * Where a key goes that stands in a file: with the base URL that belongs to it, else to the provider whose keys begin
 * so, else to the one whose keys are kept in that variable.
 */
export function targetOfKey(key: string, variable: string, baseUrl: string | undefined): Target | undefined {
  if (baseUrl !== undefined) return targetOf(baseUrl, undefined);
  const provider = providerOfKey(key) ?? PROVIDERS.find(({ envKey }) => envKey === variable);
  return provider && { provider };
}

/** The catalogue's endpoint at a base URL, of which the end may be missing, as in https://api.openai.com. */
function catalogueTarget(baseUrl: string): Target | undefined {
  return PLACES.find(({ region }) => region.baseUrl === baseUrl || region.baseUrl.startsWith(`${baseUrl}/`));
}

/** Whether an address is one for Anthropic's protocol, such as https://api.deepseek.com/anthropic. */
export function isForAnthropic(baseUrl: string): boolean {
  return /\/anthropic(?:\/v1)?$/.test(baseUrl);
}

/** DashScope's own protocol. */
const DASHSCOPES = /dashscope[\w-]{0,20}\.aliyuncs\.com\/api\/v1/;

/**
 * The catalogue's endpoint of the server whose address is for another protocol. Where it has several, that of its coding
 * plan is the last, and the one that such an address is given out with.
 */
function sameServer(baseUrl: string): Target | undefined {
  if (!isForAnthropic(baseUrl) && !DASHSCOPES.test(baseUrl)) return undefined;
  return PLACES.findLast(({ region }) => region.baseUrl !== '' && hostOf(region.baseUrl) === hostOf(baseUrl));
}

/** The provider of a text without a base URL. Keys of the plan do not open the rest of Model Studio. */
export function providerWithoutUrl(named: Provider | undefined, key: string): Provider | undefined {
  const ofKey = providerOfKey(key);
  return named === MODEL_STUDIO && ofKey === CODING_PLAN ? ofKey : (named ?? ofKey);
}

/** Whether a URL is a page for people: where a provider gives out keys, or says how to use them. */
export function isPage(url: string): boolean {
  return CONSOLES.has(hostOf(url)) || PAGE.test(url);
}

const PAGE = /\/\/(?:[\w-]{1,63}\.){0,8}(?:console|docs?|help)\.|\/(?:account\/ak|api[-_]?keys?)(?:[/?#]|$)/i;

const CONSOLES = new Set(
  PROVIDERS.flatMap(({ regions }) => regions.flatMap((region) => hostOf(region.consoleUrl ?? ''))),
);
