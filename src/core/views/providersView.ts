import * as l10n from '@vscode/l10n';
import { modelFiles, type ModelFile, type ModelFileList, type UserSettings } from '../config/modelFiles';
import type { ModelEntry, ReadEntry } from '../config/modelEntry';
import { entryFields } from '../config/entryFields';
import { type Credential, resolveCredential } from '../credentials/resolve';
import type { Account } from '../credentials/account';
import { findProvider, providerAt } from '../providers/catalogue';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { hostOf } from '../base/origin';
import { entryKey } from './entryTarget';
import { describeSource } from '../providers/source';
import { isSameModel, type Model, modelKey } from '../providers/model';
import { entryModel } from '../models/modelList';
import { redact } from '../base/redaction';
import type { Snapshot } from '../session/snapshot';
import { joinSentences } from '../../language/joinSentences';
import { clausesText } from '../../language/clausesText';

/** The files that list models, each with its entries in their order. Nothing in it is secret. */
export function providersView(snapshot: Snapshot, own: UserSettings) {
  const known: KnownEntries = new Map();
  return modelFiles(snapshot.configuration, own).map((file) => ({
    id: file.id,
    label: LABELS[file.id],
    path: file.path ?? '',
    ...(file.problem && { problem: { message: file.problem.message } }),
    lists: file.lists.map((list) => ({
      provider: list.provider,
      ...noteOf(list),
      entries: withMoves(list.entries.map((_, index) => entryView(snapshot, file, list, index, known))),
    })),
  }));
}

/** Entries are moved past those of other groups, which stand between them unseen. */
function withMoves<T extends { readonly group: string }>(entries: readonly T[]) {
  return entries.map((entry, index) => {
    const isBeside = ({ group }: T): boolean => group === entry.group;
    const before = entries.slice(0, index).findLastIndex(isBeside);
    const behind = entries.slice(index + 1).findIndex(isBeside);
    return { ...entry, ...(before >= 0 && { up: before - index }), ...(behind >= 0 && { down: behind + 1 }) };
  });
}

/** What a key's state is called, for a model that an entry makes. */
export function keyState(model: Model, { accounts, configuration }: Pick<Snapshot, 'accounts' | 'configuration'>) {
  const credential = resolveCredential(model, { accounts, variables: configuration.variables });
  if (!credential)
    return {
      text: model.envKey
        ? l10n.t('missing: {0} is not set, and none is saved for it', model.envKey)
        : l10n.t('missing: its variable is not set, and none is saved for it'),
      tone: 'bad',
    } as const;
  return { text: keyText(credential), tone: credential.account?.status === 'refused' ? 'warning' : 'good' } as const;
}

const LABELS = {
  settings: l10n.t('VS Code settings'),
  workspace: l10n.t('Workspace'),
  user: l10n.t('Qwen Code settings'),
} as const;

function noteOf({ problem, replacedBy, provider }: ModelFileList): { readonly note?: string } {
  if (problem) return { note: problem.message };
  return replacedBy
    ? {
        note: l10n.t('The list "{provider}" of {file} counts in the place of this one.', {
          provider,
          file: replacedBy,
        }),
      }
    : {};
}

function entryView(snapshot: Snapshot, file: ModelFile, list: ModelFileList, index: number, known: KnownEntries) {
  const { raw, read } = list.entries[index] ?? { raw: undefined, read: { problems: [] } };
  const fields = entryFields(raw);
  const { entry } = read;
  const model = entry && entryModel(entry);
  const line = read.problems.flatMap(({ where }) => ('file' in where ? (where.line ?? []) : []))[0];
  const key = model && keyState(model, snapshot);
  const account = model && accountOf(model, snapshot);
  const obstacle = entry ? shadowedBy(entry, list, file.id, known) : fault(list, read);
  return {
    at: { file: file.id, provider: list.provider, index, id: fields.id },
    key: entryKey({ file: file.id, provider: list.provider, index, id: fields.id }, fields),
    name: redact(entry?.name ?? (fields.name || fields.id || l10n.t('Entry {0}', index + 1))),
    baseUrl: entry?.baseUrl ?? fields.baseUrl,
    fields,
    ...(obstacle?.why !== undefined && { why: obstacle.why }),
    group: providerGroup(entry?.baseUrl ?? fields.baseUrl, snapshot.accounts),
    state: obstacle?.state ?? (key ? stateOf(key) : MISTAKE),
    ...(line !== undefined && { line }),
    ...(account && { account }),
    ...(key && { keyState: key }),
    selected:
      !obstacle && model !== undefined && snapshot.selected !== undefined && isSameModel(model, snapshot.selected),
    /** Whether requests can go to it. */
    usable: model !== undefined && obstacle === undefined,
  };
}

const MISTAKE = { text: l10n.t('Mistake'), tone: 'bad' } as const;
const NOT_USED = { text: l10n.t('Not used'), tone: 'off' } as const;
const SHADOWED = { text: l10n.t('Shadowed'), tone: 'off' } as const;

/** What keeps an entry from being used: the state that it is in, and why, in a sentence. */
interface Obstacle {
  readonly state: typeof MISTAKE | typeof NOT_USED | typeof SHADOWED;
  readonly why?: string;
}

function stateOf({ tone }: ReturnType<typeof keyState>) {
  if (tone === 'bad') return { text: l10n.t('No key'), tone } as const;
  return tone === 'warning'
    ? ({ text: l10n.t('Key refused'), tone: 'bad' } as const)
    : ({ text: l10n.t('Ready'), tone } as const);
}

function accountOf(model: Model, { accounts, configuration }: Snapshot): string | undefined {
  return resolveCredential(model, { accounts, variables: configuration.variables })?.account?.id;
}

/**
 * The provider whose place that address is, by an account or by the catalogue, else its host; empty where it is none.
 */
export function providerGroup(baseUrl: string, accounts: readonly Account[]): string {
  const account = accounts.find((one) => one.baseUrl === baseUrl);
  if (account?.method === 'qwen-oauth') return 'Qwen OAuth';
  const provider = (account && findProvider(account.provider)) ?? providerAt(baseUrl);
  if (provider && provider !== CUSTOM_SERVER) return provider.label;
  return URL.canParse(baseUrl) ? hostOf(baseUrl) : '';
}

/** In which file an entry of a model stands that counts, by the key of the model. */
type KnownEntries = Map<string, ModelFile['id']>;

function shadowedBy(
  entry: ModelEntry,
  { replacedBy }: ModelFileList,
  file: ModelFile['id'],
  known: KnownEntries,
): Obstacle | undefined {
  if (replacedBy) return { state: NOT_USED };
  const earlier = known.get(modelKey(entry));
  if (earlier === undefined) {
    known.set(modelKey(entry), file);
    return undefined;
  }
  const why =
    earlier === file
      ? l10n.t('The same model at the same base URL is listed earlier in this file. That entry counts.')
      : l10n.t('The same model at the same base URL is listed in {0}. That entry counts.', LABELS[earlier]);
  return { state: SHADOWED, why };
}

function fault({ isUnusable }: ModelFileList, { problems }: ReadEntry): Obstacle {
  return isUnusable
    ? { state: NOT_USED }
    : { state: MISTAKE, why: joinSentences(...problems.map(({ message }) => message)) };
}

/** `in the keychain, ends in a289`, `from NAME in /home/me/.env, line 3`. */
function keyText({ kind, account, source, ...credential }: Credential): string {
  if (kind === 'oauth') return l10n.t('signed in with Qwen OAuth');
  const last4 = 'key' in credential ? credential.key?.last4 : undefined;
  if (source.kind === 'none') return l10n.t('none needed');
  if (source.kind !== 'keychain') return l10n.t('from {0}', describeSource(source));
  const place = source.file ? l10n.t('in {0}', source.file) : l10n.t('in the keychain');
  const ending = last4 && l10n.t('ends in {0}', last4);
  return clausesText(place, ending, account?.status === 'refused' && l10n.t('refused by the server'));
}
