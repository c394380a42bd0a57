import * as l10n from '@vscode/l10n';
import type { Method } from '../base/method';
import type { Account } from '../credentials/account';
import { quoted } from '../config/keyShape';
import { secretOf } from '../credentials/openAccess';
import { ConfigurationError } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { usualName } from '../models/modelList';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { addressText, hostOf } from '../base/origin';
import type { Secret } from '../base/secret';
import type { SignInRequest } from '../signIn/signInRequest';
import { listText } from '../../language/listText';

/** An account as VS Code's accounts and other extensions see it. */
export interface AuthenticationSessionView {
  readonly id: string;
  /** VS Code stores a person's consent by the label, so that no two accounts may share one. */
  readonly account: { readonly id: string; readonly label: string };
  /** What it can be asked for by: its method, its provider, and the base URL that its access token may be sent to. */
  readonly scopes: readonly string[];
  /** The OAuth access token or the API key; undefined where the server needs none. */
  readonly accessToken: Secret | undefined;
}

/** What became of sessions between two moments. */
interface AuthenticationSessionChanges {
  readonly added: readonly AuthenticationSessionView[];
  readonly removed: readonly AuthenticationSessionView[];
  readonly changed: readonly AuthenticationSessionView[];
}

const METHODS: ReadonlySet<string> = new Set<Method>(['qwen-oauth', 'coding-plan', 'api-key']);

/** The session of every account that is signed in; one that ended or was refused is none. */
export function authenticationSessions(accounts: readonly Account[]): readonly AuthenticationSessionView[] {
  return accounts.filter(({ status }) => status !== 'ended' && status !== 'refused').map(authenticationSession);
}

/** The account as a session, the same for the same account. */
export function authenticationSession(account: Account): AuthenticationSessionView {
  const { id, method, baseUrl } = account;
  const provider = account.method === 'qwen-oauth' ? [] : [account.provider];
  return {
    id,
    account: { id, label: sessionLabel(account) },
    scopes: [...new Set([method, ...provider, baseUrl])],
    accessToken: secretOf(account),
  };
}

/** Whether a session has all scopes that are asked for. */
export function hasScopes({ scopes }: AuthenticationSessionView, asked: readonly string[]): boolean {
  return asked.every((scope) => scopes.includes(scope));
}

/** What to tell VS Code about sessions; undefined where nothing changed. */
export function sessionChanges(
  before: readonly AuthenticationSessionView[],
  after: readonly AuthenticationSessionView[],
): AuthenticationSessionChanges | undefined {
  const old = new Map(before.map((session) => [session.id, session]));
  const ids = new Set(after.map(({ id }) => id));
  const changes = {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !ids.has(id)),
    changed: after.filter((session) => !isSame(session, old.get(session.id) ?? session)),
  };
  return Object.values(changes).some(({ length }) => length > 0) ? changes : undefined;
}

/** What a sign-in for these scopes leaves open. Throws `ConfigurationError` for a scope that no session ever has. */
export function signInForScopes(scopes: readonly string[]): Partial<SignInRequest> {
  return scopes.map(signInForScope).reduce((all, one) => ({ ...all, ...one }), {});
}

/** The request to sign in that made an account, without its secret. */
export function signInAgain(account: Account): Partial<SignInRequest> {
  const { method, baseUrl } = account;
  if (account.method === 'qwen-oauth') return { method };
  const { provider, region, baseUrlFrom } = account;
  return { method, provider, ...(region && { region }), ...(baseUrlFrom === 'typed' && { baseUrl }) };
}

function signInForScope(scope: string): Partial<SignInRequest> {
  const provider = findProvider(scope);
  if (provider) return { method: provider.method, provider: provider.id };
  if (isMethod(scope)) return { method: scope };
  if (URL.canParse(scope)) return { baseUrl: scope };
  throw new ConfigurationError(
    { field: 'scopes' },
    l10n.t('{scope} is no scope of Qwen. Ask for a method ({methods}), a provider, or a base URL.', {
      scope: quoted(scope),
      methods: listText([...METHODS]),
    }),
  );
}

function isMethod(scope: string): scope is Method {
  return METHODS.has(scope);
}

/**
 * What the person calls it, and its provider. Two accounts with one name, and two servers of one provider, are told apart
 * by the rest, whether or not the other one is there now.
 */
function sessionLabel(account: Account): string {
  const usual = usualName(account);
  if (account.method === 'qwen-oauth')
    return account.issuer === QWEN_ISSUER ? usual : `${usual} · ${placeText(account.issuer)}`;
  const { name, baseUrl, baseUrlFrom } = account;
  const provider = usual === hostOf(baseUrl) ? undefined : usual;
  const place = baseUrlFrom === 'catalogue' ? undefined : placeText(baseUrl);
  return [name, provider, place].filter((part) => part !== undefined).join(' · ');
}

/** An address that reads as a name: what is not https has that behind it. */
function placeText(url: string): string {
  const [, address] = /^http:\/\/(.*)$/.exec(addressText(url)) ?? [];
  return address === undefined ? addressText(url) : `${address} (http)`;
}

function isSame(one: AuthenticationSessionView, other: AuthenticationSessionView): boolean {
  const { accessToken, ...rest } = one;
  const { accessToken: token, ...others } = other;
  const isSameToken = accessToken ? accessToken.equals(token) : token === undefined;
  return isSameToken && JSON.stringify(rest) === JSON.stringify(others);
}
