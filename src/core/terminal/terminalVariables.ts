import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import type { Configuration } from '../config/configuration';
import { DEFAULT_BASE_URL } from '../config/defaultAddress';
import { KEY_NAME, keyNames } from '../config/keyNames';
import { namedModel, QWEN_CODE_SETTINGS } from '../config/qwenSettings';
import { findVariables } from '../config/variables';
import { ConfigurationError, SignInRequired } from '../base/errors';
import type { Access } from '../providers/access';
import type { Model } from '../providers/model';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { isExpired } from '../oauth/tokenSet';
import { hostOf } from '../base/origin';
import { modelInUse, type Snapshot } from '../session/snapshot';
import { isListedAs, type ListedEntry, listedEntries, OPENAI_KEY } from './listedEntries';
import { checkedVariables, keyValue, openaiVariables } from './openaiVariables';

/** What a shell knows as a name; it would obey some others. */
const VARIABLE_NAME = /^[A-Z_]\w*$/i;

/** What a program in a terminal gets of the model in use. */
export type TerminalVariables = Readonly<Record<string, string>>;

/** The model in use, and what its requests carry. */
export interface InUse {
  readonly model: Model;
  readonly access: Access;
}

/**
 * What is in use, as it stands: undefined where its access token has run out, and is to be renewed on use. Throws
 * `SignInRequired` or `ConfigurationError` where no request could be made.
 */
export function accessInUse(snapshot: Snapshot, now: number): InUse | undefined {
  const { model, credential } = modelInUse(snapshot);
  if (credential.kind === 'key') {
    const { key, keyHeader } = credential;
    return { model, access: { baseUrl: model.baseUrl, key, keyHeader } };
  }
  if (credential.kind === 'command') {
    const message = l10n.t(
      'The key in use is printed by a command, each time anew. Let terminals ask through the gateway.',
    );
    throw new ConfigurationError({ setting: 'qwen.terminal.env' }, message);
  }
  const { baseUrl, tokens, status, issuer } = credential.account;
  if (status === 'ended') throw new SignInRequired({ reason: 'ended', host: hostOf(issuer) });
  if (isExpired(tokens, now, 0)) return undefined;
  return { model, access: { baseUrl, key: tokens.accessToken, keyHeader: 'authorization' } };
}

/** Whether Qwen Code has the sign-in in use in its own file, and renews it itself. */
export function isQwenCodes({ credential }: Pick<Snapshot, 'credential'>): boolean {
  return (
    credential?.kind === 'oauth' && credential.account.file !== undefined && credential.account.issuer === QWEN_ISSUER
  );
}

/**
 * The variables by which a program, and Qwen Code with the settings that it has, gets to the model in use: the three
 * usual ones, or the variable that Qwen Code's own entry for the model names. Of a sign-in that Qwen Code has itself it
 * is told that alone. Throws `ConfigurationError` where Qwen Code would send the key elsewhere.
 */
export function terminalVariables(
  inUse: InUse,
  snapshot: Pick<Snapshot, 'configuration' | 'credential'>,
): TerminalVariables {
  return isQwenCodes(snapshot) ? { QWEN_OAUTH: 'true' } : keyVariables(inUse, snapshot);
}

/**
 * Throws `ConfigurationError` for a model that clients who know three variables alone, Qwen Code among them, cannot
 * ask.
 */
export function mustBePlain({ baseUrl, keyHeader }: Pick<Access, 'baseUrl' | 'keyHeader'>): void {
  const hasQuery = baseUrl.includes('?');
  if (!hasQuery && keyHeader === 'authorization') return;
  const host = hostOf(baseUrl);
  const message = joinSentences(
    hasQuery
      ? l10n.t('Qwen Code cannot ask {host}, whose address has a query at its end.', { host })
      : l10n.t('Qwen Code cannot ask {host}, which takes its key in the header {keyHeader}.', { host, keyHeader }),
    l10n.t('Choose another model for the terminal.'),
  );
  throw new ConfigurationError({ field: 'model' }, message);
}

/** What a program of any kind gets, and why the three usual variables are not among it, where they are not. */
interface ProgramVariables {
  readonly variables: TerminalVariables;
  readonly leftOut: ConfigurationError | undefined;
}

/**
 * The variables for a program that may be another than Qwen Code: the three usual ones beside that of Qwen Code's own
 * entry. Those that Qwen Code would send elsewhere are left out. Throws `ConfigurationError` where none are left.
 */
export function programVariables(inUse: InUse, snapshot: Pick<Snapshot, 'configuration'>): ProgramVariables {
  const own = keyVariables(inUse, snapshot);
  const elsewhere = findMisuse(OPENAI_KEY, inUse, snapshot);
  if (elsewhere) return { variables: own, leftOut: misuse(elsewhere, inUse.model) };
  return { variables: { ...own, ...openaiVariables(inUse.model, inUse.access) }, leftOut: undefined };
}

function keyVariables(inUse: InUse, snapshot: Pick<Snapshot, 'configuration'>): TerminalVariables {
  const { model, access } = inUse;
  mustBePlain(access);
  const name = keyName(model, snapshot);
  const elsewhere = findMisuse(name, inUse, snapshot);
  if (elsewhere) throw misuse(elsewhere, model);
  if (name === OPENAI_KEY) return openaiVariables(model, access);
  return checkedVariables({ [name]: keyValue(access), OPENAI_MODEL: model.id });
}

/** A variable for the key of a model in new settings: the usual one, unless Qwen Code would use it elsewhere too. */
export function newKeyName(model: Model, { configuration }: Pick<Snapshot, 'configuration'>): string {
  const entries = listedEntries(configuration);
  const own = entries.find((entry) => entry.scope === 'user' && isListedAs(entry, model));
  const names = [...(own?.envKey === undefined ? [] : [own.envKey]), ...keyNames(model)];
  const isFree = (name: string): boolean => !entries.some((entry) => isMixedUp(entry, name, model, configuration));
  return names.find(isFree) ?? names.at(-1) ?? OPENAI_KEY;
}

/** The entry for which Qwen Code would use what is meant for a model; undefined where there is none. */
function findMisuse(
  name: string,
  { model, access }: InUse,
  { configuration }: Pick<Snapshot, 'configuration'>,
): ListedEntry | undefined {
  const entries = listedEntries(configuration);
  const isListed = entries.some((entry) => !entry.isReplaced && isListedAs(entry, model));
  return entries.find((entry) => {
    // An entry of that name beats the variables.
    const isFirst = !isListed && !entry.isReplaced && entry.isOpenAI && entry.id === model.id;
    const isSecret = access.key !== undefined || entry.baseUrl === undefined;
    return isFirst || (isSecret && isMixedUp(entry, name, model, configuration));
  });
}

/** Whether Qwen Code would send the key in that variable to the entry's address, or the entry's key to the model's. */
function isMixedUp(entry: ListedEntry, name: string, model: Model, { variables }: Configuration): boolean {
  const { envKey, baseUrl, isOpenAI } = entry;
  const isUsual = name === OPENAI_KEY;
  const hasOwnKey = envKey !== undefined && envKey !== name && findVariables(envKey, variables).length > 0;
  // Without an address of its own it takes the variables', which go with the usual key.
  if (isUsual && baseUrl === undefined) return isOpenAI && hasOwnKey;
  const reads = envKey === name || (isUsual && isOpenAI && !hasOwnKey);
  return reads && !isSameOrigin(baseUrl ?? DEFAULT_BASE_URL, model.baseUrl);
}

/** The arguments with which Qwen Code takes the model in use. Throws `ConfigurationError` where none make it. */
export function qwenCodeArguments(
  model: Model,
  snapshot: Pick<Snapshot, 'configuration' | 'credential'>,
): readonly string[] {
  const chosen = `--model=${model.id}`;
  if (isQwenCodes(snapshot)) return ['--auth-type=qwen-oauth', chosen];
  const { configuration } = snapshot;
  // By its id alone Qwen Code takes the first entry; the settings can say which of several it is.
  const first = listedEntries(configuration).find(
    (entry) => !entry.isReplaced && entry.isOpenAI && entry.id === model.id,
  );
  if (!first || isListedAs(first, model)) return ['--auth-type=openai', chosen];
  const named = namedModel(configuration.variables.qwenSettings);
  if (named?.id === model.id && named.baseUrl === model.baseUrl) return ['--auth-type=openai'];
  throw misuse(first, model);
}

function keyName(model: Model, { configuration }: Pick<Snapshot, 'configuration'>): string {
  const own = listedEntries(configuration).find((entry) => !entry.isReplaced && isListedAs(entry, model));
  const name = own?.envKey ?? OPENAI_KEY;
  const isWorkspaces = own?.scope === 'workspace';
  if (!own || (isWorkspaces ? KEY_NAME : VARIABLE_NAME).test(name)) return name;
  const why = isWorkspaces
    ? l10n.t('A workspace may only name one that ends in KEY, TOKEN or SECRET')
    : l10n.t('That is no name for a variable');
  throw new ConfigurationError(
    { file: own.file },
    l10n.t('{file} wants the key of {id} in the variable {name}. {why}.', { file: own.file, id: own.id, name, why }),
  );
}

/** New settings of the person's own tell them apart, unless a workspace's stand in their place. */
function misuse({ file, scope, id, baseUrl, isReplaced }: ListedEntry, model: Model): ConfigurationError {
  return new ConfigurationError(
    scope === 'user' && !isReplaced ? { part: QWEN_CODE_SETTINGS } : { file },
    l10n.t(
      'Qwen Code would mix up {other} at {otherHost}, from {file}, with {name} at {host}: ' +
        'the key of one would go to the other.',
      {
        other: id,
        otherHost: hostOf(baseUrl ?? DEFAULT_BASE_URL),
        file,
        name: model.name,
        host: hostOf(model.baseUrl),
      },
    ),
  );
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).origin === new URL(other).origin;
}
