import * as l10n from '@vscode/l10n';
import { listText } from '../../language/listText';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import { endpointName, PROVIDERS } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import { type OAuthClient, QWEN_CLIENT, QWEN_ISSUER } from '../oauth/authorizationServer';
import { readIssuer } from '../oauth/issuer';
import type { SettingsReader } from '../base/ports';
import type { PlanEdition, PlanName } from '../providers/quota';
import { readBaseUrl } from './baseUrl';
import { quoted } from './keyShape';

/** Where the base URL of a provider's region comes from. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly from: 'catalogue' | 'settings';
}

/** How many requests the documents of an OAuth sign-in allow; undefined for no limit. */
export interface RequestLimits {
  readonly perMinute: number | undefined;
  readonly perDay: number | undefined;
}

/** What the person has said of their plan; what they have not is left out. */
export interface OwnPlan {
  readonly edition?: PlanEdition;
  /** The day of the month on which it begins anew, 1 to 31. */
  readonly startDay?: number;
}

/** The settings of this extension, each read and checked when it is asked for. */
export interface Settings {
  issuer(): string;
  /** The client for the issuer. Throws `ConfigurationError` where another server than Qwen's has no client id. */
  client(): OAuthClient;
  /** The limits to compare with what was counted. */
  requestLimits(): RequestLimits;
  /** What the person has said of a plan of theirs. */
  plan(name: PlanName): OwnPlan;
  /** Whether providers may be asked what is left. */
  asksForQuota(): boolean;
  /** Whether to warn before a limit is reached. */
  warnsOfLimits(): boolean;
  /** How long a server may send nothing, in milliseconds; 0 is no limit, and undefined is for nobody having said. */
  requestTimeoutMs(): number | undefined;
  /** Whether the OAuth sign-in is to be Qwen Code's too. */
  sharesWithQwenCode(): boolean;
  /**
   * The API that the access tokens of the issuer are for, where the person names one; undefined leaves it to the
   * server. Throws `ConfigurationError`.
   */
  oauthApi(): string | undefined;
  /** What `qwen.modelProviders` holds, as it is written. */
  modelProviders(): unknown;
  /** The base URL of a provider's region, a company's gateway in its place included. Throws `ConfigurationError`. */
  endpoint(provider: Provider, region: Region): Endpoint;
  /** What is wrong with `qwen.endpoints`: addresses that cannot be used, and names that mean no provider. */
  problems(): readonly ConfigurationError[];
}

/** Typed settings over a reader of `qwen.*`. */
export function createSettings(reader: SettingsReader): Settings {
  const text = (name: string): string => {
    const value = reader.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const issuer = (): string => readIssuer(text('oauth.issuer')) || QWEN_ISSUER;
  return {
    issuer,
    client: () => {
      const scopes = reader.get('oauth.scopes');
      const own = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
      const registered = redirectUri(text('oauth.redirectUri'));
      return {
        clientId: clientId(text('oauth.clientId'), issuer()),
        scopes: own.length > 0 ? own : undefined,
        ...(registered && { redirectUri: registered }),
      };
    },
    requestLimits: () => ({
      perMinute: readLimit(reader.get('oauth.requestsPerMinute')),
      perDay: readLimit(reader.get('oauth.requestsPerDay')),
    }),
    plan: (name) => {
      const isCodingPlan = name === 'codingPlan';
      const edition = isCodingPlan ? reader.get('codingPlan.edition') : undefined;
      const startDay = reader.get(isCodingPlan ? 'codingPlan.startDay' : 'tokenPlan.startDay');
      return {
        ...((edition === 'lite' || edition === 'pro') && { edition }),
        ...(isDayOfMonth(startDay) && { startDay }),
      };
    },
    asksForQuota: () => reader.get('limits.ask') !== false,
    warnsOfLimits: () => reader.get('limits.warn') !== false,
    requestTimeoutMs: () => {
      const seconds = reader.get('request.timeout');
      return typeof seconds === 'number' && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_TIMEOUT_MS) : undefined;
    },
    sharesWithQwenCode: () => reader.get('oauth.shareWithQwenCode') === true,
    oauthApi: () => {
      const endpoints = reader.get('endpoints');
      const own = isRecord(endpoints) ? endpoints[OAUTH_API] : undefined;
      return own === undefined || own === '' ? undefined : ownEndpoint(OAUTH_API, own);
    },
    modelProviders: () => reader.get('modelProviders'),
    endpoint: (provider, region) => {
      const name = endpointName(provider, region);
      const endpoints = reader.get('endpoints');
      const own = isRecord(endpoints) ? endpoints[name] : undefined;
      if (own === undefined || own === '') return { baseUrl: region.baseUrl, from: 'catalogue' };
      return { baseUrl: ownEndpoint(name, own), from: 'settings' };
    },
    problems: () => endpointProblems(reader.get('endpoints')),
  };
}

function isDayOfMonth(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 31;
}

/** The longest that a timer can wait. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function readLimit(value: unknown): number | undefined {
  const limit = Number.isInteger(value) ? Number(value) : 0;
  return limit > 0 ? limit : undefined;
}

/** The name of the API that an OAuth sign-in is for, where its server does not say. */
const OAUTH_API = 'qwen-oauth';

const ENDPOINT_NAMES = new Set([
  OAUTH_API,
  ...PROVIDERS.flatMap((provider) => provider.regions.map((region) => endpointName(provider, region))),
]);

function endpointProblems(endpoints: unknown): readonly ConfigurationError[] {
  return Object.entries(isRecord(endpoints) ? endpoints : {}).flatMap(([name, value]) => {
    if (!ENDPOINT_NAMES.has(name)) {
      const where = `qwen.endpoints[${quoted(name, '"…"')}]`;
      return [
        new ConfigurationError(
          { setting: 'qwen.endpoints' },
          l10n.t('{setting} names no provider. Names are {names}.', {
            setting: where,
            names: listText([...ENDPOINT_NAMES]),
          }),
        ),
      ];
    }
    try {
      ownEndpoint(name, value);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return [error];
      throw error;
    }
  });
}

function clientId(own: string, issuer: string): string {
  if (own) return own;
  if (issuer === QWEN_ISSUER) return QWEN_CLIENT.clientId;
  throw new ConfigurationError(
    { setting: 'qwen.oauth.clientId' },
    l10n.t(
      'The authorization server {issuer} needs a client id. Ask whoever runs it, and put it into qwen.oauth.clientId.',
      { issuer },
    ),
  );
}

function redirectUri(own: string): string | undefined {
  if (own === '') return undefined;
  if (URL.canParse(own) && !own.includes('#')) return own;
  throw new ConfigurationError(
    { setting: 'qwen.oauth.redirectUri' },
    l10n.t(
      '{own} is not an address that a browser can return to. ' +
        'Write it as it is registered, like http://127.0.0.1/callback.',
      { own: quoted(own) },
    ),
  );
}

function ownEndpoint(name: string, value: unknown): string {
  const where = `qwen.endpoints["${name}"]`;
  try {
    return readBaseUrl(typeof value === 'string' ? value : JSON.stringify(value), where).baseUrl;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      throw new ConfigurationError({ setting: 'qwen.endpoints' }, `${where}: ${error.message}`);
    }
    throw error;
  }
}
