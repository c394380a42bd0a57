import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { KEY_NAME } from '../config/keyNames';
import { ConfigurationError, SignInRequired } from '../base/errors';
import type { Access } from '../providers/access';
import type { Model } from '../providers/model';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { isExpired } from '../oauth/tokenSet';
import { hostOf } from '../base/origin';
import { modelInUse, type Snapshot } from '../session/snapshot';
import { findMisuse, misuseError } from './keyMisuse';
import { isListedAs, listedEntries, OPENAI_KEY } from './listedEntries';
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
  if (elsewhere) return { variables: own, leftOut: misuseError(elsewhere, inUse.model) };
  return { variables: { ...own, ...openaiVariables(inUse.model, inUse.access) }, leftOut: undefined };
}

function keyVariables(inUse: InUse, snapshot: Pick<Snapshot, 'configuration'>): TerminalVariables {
  const { model, access } = inUse;
  mustBePlain(access);
  const name = keyName(model, snapshot);
  const elsewhere = findMisuse(name, inUse, snapshot);
  if (elsewhere) throw misuseError(elsewhere, model);
  if (name === OPENAI_KEY) return openaiVariables(model, access);
  return checkedVariables({ [name]: keyValue(access), OPENAI_MODEL: model.id });
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
