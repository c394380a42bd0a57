import { type ModelFile, modelFiles, type UserSettings } from '../config/modelFiles';
import type { ModelEntry } from '../config/modelEntry';
import { readProviderList } from '../config/modelProviders';
import { MODEL_PROVIDERS_SETTING } from '../config/providersOrigin';
import {
  editProviders,
  type EntryFields,
  entryErrors,
  entryFields,
  newEntry,
  type ProviderEdit,
} from '../config/providerEdits';
import { resolveCredential } from '../credentials/resolve';
import { Cancelled, ConfigurationError } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import { entryModel } from '../models/modelList';
import type { ServerModels } from '../models/serverModels';
import { hostOf } from '../base/origin';
import type { WritableFiles } from '../base/ports';
import type { ConsentQuestion } from './consentQuestions';
import { cutText } from './cutList';
import { type EntryRef, type EntryTarget, fileKind } from './entryTarget';
import { pairQuestions } from './keyPairs';
import { problemOf, problemText } from './problem';
import type { Problem } from './action';
import { keyState, providersView } from './providersView';
import type { Session } from '../session/session';
import type { Snapshot } from '../session/snapshot';

/** VS Code's own settings, which its editor writes. */
export interface EditableUserSettings extends UserSettings {
  /** Puts the text that `edit` makes of the file's into its place. Throws `ConfigurationError` where that cannot be. */
  change(edit: (file: string, text: string) => string): Promise<void>;
}

/** What the page works on. */
export interface ProvidersPagePorts {
  readonly session: Pick<Session, 'snapshot' | 'serverModels'>;
  /** Asks the person whether a key may go where a workspace sends it, and remembers the yes. */
  askToSend(about: Pick<Snapshot, 'selected' | 'credential'>): Promise<void>;
  /** Asks the person in a dialog of the editor's own. */
  readonly confirm: (question: ConsentQuestion) => Promise<boolean>;
  readonly userSettings: EditableUserSettings;
  readonly files: WritableFiles;
  /** Reads Qwen Code's settings anew. */
  reload(): Promise<void>;
}

/** The models that a server was asked for. */
type Fetched =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly entry: EntryRef; readonly host: string }
  | {
      readonly kind: 'found';
      readonly entry: EntryRef;
      readonly host: string;
      readonly found: ServerModels;
    }
  | { readonly kind: 'failed'; readonly entry: EntryRef; readonly host: string; readonly error: unknown };

/** The result of the last change; `serial` tells it from the next. */
interface Outcome {
  readonly serial: number;
  readonly ok: boolean;
  readonly text: string;
}

/** The page on which model entries are managed: what it shows, and what a person does there. */
export class ProvidersPage implements Disposable {
  readonly #ports: ProvidersPagePorts;
  readonly #changed = new Emitter<void>();
  #draft: { readonly target: EntryTarget; readonly fields: EntryFields } | undefined;
  #fetched: Fetched = { kind: 'none' };
  #fetching = new AbortController();
  #outcome: Outcome | undefined;
  #changing: Promise<unknown> = Promise.resolve();

  /** Fires whenever `view` has become another by what was done here. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: ProvidersPagePorts) {
    this.#ports = ports;
  }

  /** Everything the page shows; nothing in it is secret. */
  view() {
    const { session, userSettings } = this.#ports;
    return {
      files: providersView(session.snapshot, userSettings),
      ...(this.#draft && { draft: this.#draftView(this.#draft) }),
      ...(this.#fetched.kind !== 'none' && { fetched: this.#fetchedView(this.#fetched) }),
      ...(this.#outcome && { outcome: this.#outcome }),
    };
  }

  /** Asks for a preview of what the form would make. */
  draft(target: EntryTarget, fields: EntryFields): void {
    this.#draft = { target, fields };
    this.#changed.fire();
  }

  /** Writes what the form says, unless something in it cannot be; the draft then says what. */
  async save(target: EntryTarget, fields: EntryFields): Promise<void> {
    this.#draft = { target, fields };
    const errors = Object.values(entryErrors(fields, this.#others(target)));
    if (errors.length > 0) return this.#tell({ ok: false, text: errors.join(' ') });
    const name = fields.name.trim() || fields.id.trim();
    if (target.kind === 'add') {
      await this.#change(target.file, { kind: 'add', provider: target.provider, entries: [fields] }, `Added ${name}.`);
    } else {
      const { file, ...at } = target.entry;
      const done = target.kind === 'edit' ? `Saved ${name}.` : `Added ${name}.`;
      await this.#change(file, { kind: target.kind, at, fields }, done);
    }
  }

  /** Takes an entry out of its file. */
  async remove({ file, ...at }: EntryRef): Promise<void> {
    await this.#change(file, { kind: 'remove', at }, `Removed ${at.id || 'the entry'}.`);
  }

  /** Puts an entry in the place of the one before or behind it. */
  async move({ file, ...at }: EntryRef, by: -1 | 1): Promise<void> {
    const list = this.#listOf({ file, ...at });
    if (at.index + by < 0 || at.index + by >= list.length) return;
    const place = `${at.index + by + 1} of ${list.length}`;
    await this.#change(
      file,
      { kind: 'move', at, by },
      `Moved ${at.id || 'the entry'} ${by < 0 ? 'up' : 'down'}: ${place}.`,
    );
  }

  /**
   * Asks the server of an entry for its models, with the key that the entry is answered with; where that is held back, and
   * the person wants to be asked, they are.
   */
  async fetchModels(entry: EntryRef, wantsToBeAsked: boolean): Promise<void> {
    this.stopFetching();
    const { signal } = (this.#fetching = new AbortController());
    const { session } = this.#ports;
    const read = this.#entryAt(entry);
    if (!read) return this.#tell({ ok: false, text: 'The file has changed meanwhile. Look again, and try again.' });
    const model = entryModel(read);
    const about = { entry, host: hostOf(model.baseUrl) };
    this.#update({ kind: 'running', ...about });
    try {
      const { accounts, configuration } = session.snapshot;
      const credential = resolveCredential(model, { accounts, variables: configuration.variables });
      if (wantsToBeAsked) await this.#ports.askToSend({ selected: model, credential });
      const found = await session.serverModels(model, signal);
      if (!signal.aborted) this.#update({ kind: 'found', ...about, found });
    } catch (error) {
      if (!signal.aborted)
        this.#update(error instanceof Cancelled ? { kind: 'none' } : { kind: 'failed', ...about, error });
    }
  }

  /** Calls off the question to a server, or puts its answer away. */
  stopFetching(): void {
    this.#fetching.abort();
    this.#update({ kind: 'none' });
  }

  /** Adds models beside an entry, each at its base URL and with its variable. */
  async addModels(entry: EntryRef, ids: readonly string[]): Promise<void> {
    const { baseUrl, envKey } = entryFields(this.#rawAt(entry));
    const wanted = ids.map((id) => ({ id, name: '', baseUrl, envKey, contextWindow: this.#contextWindowOf(id) }));
    const entries = wanted.filter((fields) => Object.keys(entryErrors(fields, this.#listOf(entry))).length === 0);
    const what = entries.length === 1 ? (entries[0]?.id ?? '') : `${entries.length} models`;
    await this.#change(entry.file, { kind: 'add', provider: entry.provider, entries }, `Added ${what}.`);
    if (this.#outcome?.ok) this.stopFetching();
  }

  dispose(): void {
    this.#fetching.abort();
    this.#changed.dispose();
  }

  /** One change at a time: the next one works on what the one before has left. */
  async #change(id: ModelFile['id'], edit: ProviderEdit, done: string): Promise<void> {
    const turn = this.#changing.then(() => this.#write(id, edit));
    this.#changing = turn.catch(() => undefined);
    try {
      await turn;
      this.#draft = undefined;
      this.#tell({ ok: true, text: done });
    } catch (error) {
      const problem = problemOf(error, { during: 'test' });
      if (problem) this.#tell({ ok: false, text: problemText(problem) });
      if (!(error instanceof ConfigurationError)) throw error;
    }
  }

  /** Throws `ConfigurationError` where the person does not agree. A workspace's entry is asked about before its key goes. */
  async #askAbout(file: ModelFile, edit: ProviderEdit): Promise<void> {
    const { session, confirm } = this.#ports;
    const questions =
      file.id === 'workspace' ? [] : pairQuestions(file, edit, this.#files(), session.snapshot.configuration.variables);
    for (const question of questions)
      if (!(await confirm(question))) throw new ConfigurationError({ field: 'file' }, 'Nothing was written.');
  }

  async #write(id: ModelFile['id'], edit: ProviderEdit): Promise<void> {
    const { files, userSettings } = this.#ports;
    const file = this.#files().find((candidate) => candidate.id === id);
    if (!file)
      throw new ConfigurationError(
        { field: 'file' },
        'The file does not count in this window any more. Nothing was written.',
      );
    await this.#askAbout(file, edit);
    if (file.id === 'settings')
      return await userSettings.change((path, text) => editProviders(file.format, path, text, edit));
    const path = file.path ?? '';
    const read = await files.read(path);
    if (read.kind === 'folder') throw unwritable(path, 'is a folder, not a file');
    if (read.kind === 'broken') throw unwritable(path, read.why);
    const before = read.kind === 'text' ? read.text : undefined;
    const written = await files.write(path, editProviders(file.format, path, before, edit), before);
    if (written.kind === 'changed') throw unwritable(path, 'was changed by another program at the same moment');
    if (written.kind === 'broken') throw unwritable(path, written.why);
    await this.#ports.reload();
  }

  #files(): readonly ModelFile[] {
    const { session, userSettings } = this.#ports;
    return modelFiles(session.snapshot.configuration, userSettings);
  }

  #listOf({ file, provider }: Pick<EntryRef, 'file' | 'provider'>): readonly unknown[] {
    const lists = this.#files().find(({ id }) => id === file)?.lists ?? [];
    return lists.find((list) => list.provider === provider)?.entries.map(({ raw }) => raw) ?? [];
  }

  #rawAt(entry: EntryRef): unknown {
    const raw = this.#listOf(entry)[entry.index];
    return entryFields(raw).id === entry.id ? raw : undefined;
  }

  #entryAt(entry: EntryRef): ModelEntry | undefined {
    const lists = this.#files().find(({ id }) => id === entry.file)?.lists ?? [];
    const found = lists.find(({ provider }) => provider === entry.provider)?.entries[entry.index];
    const read = found?.read.entry;
    return read?.id === entry.id ? read : undefined;
  }

  /** The entries beside the one that a form is about. */
  #others(target: EntryTarget): readonly unknown[] {
    const entry = target.kind === 'add' ? target : target.entry;
    return this.#listOf(entry).filter((_, index) => target.kind !== 'edit' || index !== target.entry.index);
  }

  #draftView({ target, fields }: { readonly target: EntryTarget; readonly fields: EntryFields }) {
    const errors = entryErrors(fields, this.#others(target));
    const { variables } = this.#ports.session.snapshot.configuration;
    const origin = { ...MODEL_PROVIDERS_SETTING, kind: fileKind(target), variables };
    // Faults elsewhere in the form do not change where requests go.
    const typed = {
      ...fields,
      id: fields.id.trim() || 'model',
      ...(errors.envKey && { envKey: '' }),
      contextWindow: '',
    };
    const [read] = errors.baseUrl ? [] : readProviderList(origin, 'openai', [newEntry(typed)]).entries;
    const entry = read?.entry;
    return {
      fields,
      errors,
      ...(entry && { baseUrl: entry.baseUrl, keyState: keyState(entryModel(entry), this.#ports.session.snapshot) }),
    };
  }

  #fetchedView(fetched: Exclude<Fetched, { readonly kind: 'none' }>) {
    const { entry, host } = fetched;
    if (fetched.kind === 'running') return { kind: 'running', entry, host } as const;
    if (fetched.kind === 'failed') return { kind: 'failed', entry, host, ...failureView(fetched.error) } as const;
    const { baseUrl, envKey } = entryFields(this.#rawAt(entry));
    const list = this.#listOf(entry);
    const models = fetched.found.models.map(({ id }) => ({
      id,
      listed: entryErrors({ id, name: '', baseUrl, envKey, contextWindow: '' }, list).id !== undefined,
    }));
    const cut = cutText(fetched.found);
    return { kind: 'found', entry, host, models, ...(cut && { cut }) } as const;
  }

  /** Tokens, as a form has them; empty where the server did not say. */
  #contextWindowOf(wanted: string): string {
    const found = this.#fetched.kind === 'found' ? this.#fetched.found.models : [];
    return String(found.find(({ id }) => id === wanted)?.contextWindowSize ?? '');
  }

  #update(fetched: Fetched): void {
    this.#fetched = fetched;
    this.#changed.fire();
  }

  #tell(outcome: Omit<Outcome, 'serial'>): void {
    this.#outcome = { ...outcome, serial: (this.#outcome?.serial ?? 0) + 1 };
    this.#changed.fire();
  }
}

/** What went wrong; its button is the page's own, for it is about this entry and not about the model in use. */
function failureView(error: unknown): { readonly problem: Problem; readonly asks: boolean } {
  const { message, cause, action } = problemOf(error, { during: 'test' }) ?? { message: 'Cancelled.' };
  return { problem: { message, ...(cause && { cause }) }, asks: action?.intent.type === 'allowWorkspace' };
}

function unwritable(path: string, why: string): ConfigurationError {
  return new ConfigurationError({ file: path }, `${path} ${why}. Nothing was written.`);
}
