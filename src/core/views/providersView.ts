import { modelFiles, type ModelFile, type ModelFileList, type UserSettings } from '../config/modelFiles';
import type { ModelEntry, ReadEntry } from '../config/modelEntry';
import { entryFields } from '../config/providerEdits';
import { type Credential, resolveCredential } from '../credentials/resolve';
import { describeSource } from '../providers/source';
import { isSameModel, type Model, modelKey } from '../providers/model';
import { entryModel } from '../models/modelList';
import { redact } from '../base/redaction';
import type { Snapshot } from '../session/snapshot';

/** The files that list models, each with its entries in their order. Nothing in it is secret. */
export function providersView(snapshot: Snapshot, own: UserSettings) {
  const known = new Map<string, string>();
  return modelFiles(snapshot.configuration, own).map((file) => ({
    id: file.id,
    label: LABELS[file.id],
    path: file.path ?? '',
    exists: file.exists,
    ...(file.problem && { problem: { message: file.problem.message } }),
    lists: file.lists.map((list) => ({
      provider: list.provider,
      ...noteOf(list),
      entries: list.entries.map((_, index) => entryView(snapshot, file, list, index, known)),
    })),
  }));
}

/** What a key's state is called, for a model that an entry makes. */
export function keyState(model: Model, { accounts, configuration }: Pick<Snapshot, 'accounts' | 'configuration'>) {
  const credential = resolveCredential(model, { accounts, variables: configuration.variables });
  if (!credential)
    return {
      text: `missing: ${model.envKey ?? 'its variable'} is not set, and none is saved for it`,
      tone: 'bad',
    } as const;
  return { text: keyText(credential), tone: credential.account?.status === 'refused' ? 'warning' : 'good' } as const;
}

const LABELS = { settings: 'VS Code settings', workspace: 'Workspace', user: 'Qwen Code settings' } as const;

function noteOf({ problem, isReplaced, provider }: ModelFileList): { readonly note?: string } {
  if (problem) return { note: problem.message };
  return isReplaced
    ? { note: `The workspace has a list "${provider}" of its own, which counts in the place of this one.` }
    : {};
}

function entryView(
  snapshot: Snapshot,
  file: ModelFile,
  list: ModelFileList,
  index: number,
  known: Map<string, string>,
) {
  const { raw, read } = list.entries[index] ?? { raw: undefined, read: { problems: [] } };
  const fields = entryFields(raw);
  const { entry } = read;
  const model = entry && entryModel(entry);
  const badge = entry ? shadowBadge(entry, list, LABELS[file.id], known) : invalidBadge(list, read);
  return {
    at: { file: file.id, provider: list.provider, index, id: fields.id },
    // Known again wherever it is moved to: where there are several of a kind they differ in nothing that is shown.
    key: JSON.stringify([file.id, list.provider, fields.id, fields.baseUrl]),
    name: redact(entry?.name ?? (fields.name || fields.id || `Entry ${index + 1}`)),
    baseUrl: entry?.baseUrl ?? fields.baseUrl,
    fields,
    ...(badge && { badge }),
    ...(model && { keyState: keyState(model, snapshot) }),
    selected: !badge && model !== undefined && snapshot.selected !== undefined && isSameModel(model, snapshot.selected),
    /** Whether requests can go to it. */
    usable: model !== undefined && badge === undefined,
  };
}

function shadowBadge(entry: ModelEntry, { isReplaced }: ModelFileList, label: string, known: Map<string, string>) {
  if (isReplaced) return { text: 'Not used', tone: 'warning' } as const;
  const earlier = known.get(modelKey(entry));
  if (earlier === undefined) {
    known.set(modelKey(entry), label);
    return undefined;
  }
  const where = earlier === label ? 'earlier in this file' : `in ${earlier}`;
  return {
    text: 'Shadowed',
    tone: 'warning',
    why: `The same model at the same base URL is listed ${where}. That entry counts.`,
  } as const;
}

function invalidBadge({ isUnusable }: ModelFileList, { problems }: ReadEntry) {
  if (isUnusable) return { text: 'Not used', tone: 'warning' } as const;
  return { text: 'Invalid', tone: 'bad', why: problems.map(({ message }) => message).join(' ') } as const;
}

/** `in the keychain, ends in a289`, `from NAME in /home/me/.env, line 3`. */
function keyText({ kind, account, source, ...credential }: Credential): string {
  if (kind === 'oauth') return 'signed in with Qwen OAuth';
  const last4 = 'key' in credential ? credential.key?.last4 : undefined;
  const refused = account?.status === 'refused' ? ', refused by the server' : '';
  if (source.kind === 'none') return 'none needed';
  if (source.kind !== 'keychain') return `from ${describeSource(source)}`;
  return `in ${source.file ?? 'the keychain'}${last4 ? `, ends in ${last4}` : ''}${refused}`;
}
