import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import type { ModelEntry } from '../config/modelEntry';
import type { ModelFile } from '../config/modelFiles';
import { type EntryFields, entryErrors, entryFields, listedIn, NO_FIELDS } from '../config/entryFields';
import type { ProviderEdit } from '../config/providerEdits';
import { ConfigurationError, SignInRequired } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import { defaultModel, entryModel } from '../models/modelList';
import type { Session } from '../session/session';
import type { AccountChange } from '../signIn/accountChange';
import type { SignedIn } from '../signIn/signIn';
import { AccountEdits, type AccountEditsPorts, CHANGED } from './accountEdits';
import { draftModel, entryEdit, type EntryRef, type EntryTarget, entryKey, type TestTarget } from './entryTarget';
import { EntryWriter, type EntryWriterPorts } from './entryWriter';
import { FetchedModels, type FetchedModelsPorts } from './fetchedModels';
import { problemOf, problemText } from './problem';
import { providerAccounts } from './providerAccounts';
import { ProviderTests } from './providerTests';
import { keyState, providersView } from './providersView';
import { joinSentences } from '../../language/joinSentences';
import { numberText } from '../../language/numbers';

/** The key of a test of what a form says. */
const DRAFT = 'draft';

/** What the page works on. */
export interface ProvidersPagePorts extends EntryWriterPorts, AccountEditsPorts, FetchedModelsPorts {
  readonly session: Pick<Session, 'tryModel'> & AccountEditsPorts['session'] & FetchedModelsPorts['session'];
}

/** What a form says, and which entry it is about. */
interface Draft {
  readonly target: EntryTarget;
  readonly fields: EntryFields;
}

/** The result of the last change; `serial` tells it from the next, and `form` in which form it was asked for. */
interface Outcome {
  readonly serial: number;
  readonly ok: boolean;
  readonly text: string;
  readonly form?: 'entry' | 'account';
}

/** The page of all that can answer: accounts, and the entries of files. What it shows, and what a person does there. */
export class ProvidersPage implements Disposable {
  readonly #ports: ProvidersPagePorts;
  readonly #changed = new Emitter<void>();
  #draft: Draft | undefined;
  #outcome: Outcome | undefined;
  /** What is being written. */
  readonly #saving = new Set<Draft>();
  readonly #writer: EntryWriter;
  readonly #tests: ProviderTests;
  readonly #accounts: AccountEdits;
  readonly #fetched: FetchedModels;

  /** Fires whenever `view` has become another by what was done here. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: ProvidersPagePorts) {
    this.#ports = ports;
    this.#writer = new EntryWriter(ports);
    this.#tests = new ProviderTests(ports.session, () => this.#changed.fire());
    this.#fetched = new FetchedModels(ports, () => this.#changed.fire());
    this.#accounts = new AccountEdits(ports, {
      changed: () => this.#changed.fire(),
      ended: (outcome) => this.#tell({ ...outcome, form: 'account' }),
    });
  }

  /** Everything the page shows; nothing in it is secret. */
  view() {
    const { session, userSettings } = this.#ports;
    const tested = this.#tests.view();
    const { checking } = this.#accounts;
    const fetched = this.#fetched.view((entry) => ({ fields: this.#fieldsBeside(entry), list: this.#listOf(entry) }));
    return {
      accounts: providerAccounts(session.snapshot),
      files: providersView(session.snapshot, userSettings),
      ...(this.#draft && { draft: this.#draftView(this.#draft) }),
      ...(fetched && { fetched }),
      ...(this.#outcome && { outcome: this.#outcome }),
      ...(tested && { tested }),
      ...(checking !== undefined && { checking }),
    };
  }

  /** Asks for a preview of what the form would make. */
  draft(target: EntryTarget, fields: EntryFields): void {
    this.#draft = { target, fields };
    this.#changed.fire();
  }

  /**
   * Writes what the form says, unless something in it cannot be; the draft then says what. While that is written, another
   * press of the same button changes nothing.
   */
  async save(target: EntryTarget, fields: EntryFields): Promise<void> {
    const draft = { target, fields };
    if ([...this.#saving].some((other) => isDeepStrictEqual(other, draft))) return;
    this.#draft = draft;
    const errors = Object.values(entryErrors(fields, listedIn(this.#others(target))));
    if (errors.length > 0) return this.#refuse(joinSentences(...errors), 'entry');
    const name = fields.name.trim() || fields.id.trim();
    const { file, edit } = entryEdit(target, fields);
    this.#saving.add(draft);
    try {
      await this.#change(
        file,
        edit,
        target.kind === 'edit' ? l10n.t('Saved {0}.', name) : l10n.t('Added {0}.', name),
        target,
      );
    } finally {
      this.#saving.delete(draft);
    }
  }

  /** Asks the model that a form would make for a short answer, once the person has agreed to where its key goes. */
  async try(target: EntryTarget, fields: EntryFields): Promise<void> {
    this.#draft = { target, fields };
    const errors = Object.values(entryErrors(fields, listedIn(this.#others(target))));
    if (errors.length > 0) return this.#refuse(joinSentences(...errors), 'entry');
    const before = this.#before(target);
    if (target.kind !== 'add' && before === undefined) return this.#refuse(CHANGED, 'entry');
    await this.#tests.run(DRAFT, async () => {
      const { file, edit } = entryEdit(target, fields);
      await this.#writer.ask(file, edit, l10n.t('Nothing was sent.'));
      const { variables } = this.#ports.session.snapshot.configuration;
      const model = draftModel(target, before, fields, variables);
      if (!model) throw new ConfigurationError({ field: 'baseUrl' }, l10n.t('Enter the address of the server.'));
      return model;
    });
  }

  /** Asks an account or an entry for a short answer. The model in use stays the one that it is. */
  async test(target: TestTarget): Promise<void> {
    const { models, accounts, selected } = this.#ports.session.snapshot;
    if (target.kind === 'entry') {
      const entry = this.#entryAt(target.entry);
      if (!entry) return this.#refuse(CHANGED);
      return await this.#tests.run(entryKey(target.entry, entryFields(this.#rawAt(target.entry))), async () =>
        entryModel(entry),
      );
    }
    const account = accounts.find(({ id }) => id === target.account);
    await this.#tests.run(target.account, async () => {
      const model = account && (selected?.baseUrl === account.baseUrl ? selected : defaultModel(account, models));
      if (!model) throw new SignInRequired({ reason: 'noModel' });
      return model;
    });
  }

  /** Changes an account. Answers what came of it where its server was asked. */
  async saveAccount(id: string, change: AccountChange): Promise<SignedIn | undefined> {
    return await this.#accounts.save(id, change);
  }

  /** Takes an entry out of its file. */
  async remove({ file, ...at }: EntryRef): Promise<void> {
    await this.#change(
      file,
      { kind: 'remove', at },
      at.id ? l10n.t('Removed {0}.', at.id) : l10n.t('Removed the entry.'),
    );
  }

  /** Puts an entry in the place of the one before or behind it. */
  async move({ file, ...at }: EntryRef, by: number): Promise<void> {
    const list = this.#listOf({ file, ...at });
    if (at.index + by < 0 || at.index + by >= list.length) return;
    const about = { entry: at.id || l10n.t('the entry'), place: at.index + by + 1, count: list.length };
    const moved =
      by < 0
        ? l10n.t('Moved {entry} up: {place} of {count}.', about)
        : l10n.t('Moved {entry} down: {place} of {count}.', about);
    await this.#change(file, { kind: 'move', at, by }, moved);
  }

  /**
   * Asks the server of an entry for its models, with the key that the entry is answered with; where that is held back,
   * and the person wants to be asked, they are.
   */
  async fetchModels(entry: EntryRef, wantsToBeAsked: boolean): Promise<void> {
    this.stop();
    const read = this.#entryAt(entry);
    if (!read) return this.#refuse(CHANGED);
    await this.#fetched.fetch(entry, entryModel(read), wantsToBeAsked);
  }

  /** Calls off what a server is asked for, or puts its answer away. */
  stop(): void {
    this.#accounts.stop();
    this.#tests.reset();
    this.#fetched.stop();
  }

  /** Adds models beside an entry, each at its base URL and with its variable; says why where none of them can be. */
  async addModels(entry: EntryRef, ids: readonly string[]): Promise<void> {
    const fields = this.#fieldsBeside(entry);
    const wanted = ids.map((id) => ({ ...fields, id, contextWindow: this.#fetched.contextWindowOf(id) }));
    const isListed = listedIn(this.#listOf(entry));
    const entries = wanted.filter((one) => Object.keys(entryErrors(one, isListed)).length === 0);
    const [first] = entries;
    if (!first) {
      this.stop();
      return this.#refuse(
        joinSentences(...new Set(wanted.flatMap((one) => Object.values(entryErrors(one, isListed))))),
      );
    }
    const added =
      entries.length === 1 ? l10n.t('Added {0}.', first.id) : l10n.t('Added {0} models.', numberText(entries.length));
    await this.#change(entry.file, { kind: 'add', provider: entry.provider, entries }, added);
    if (this.#outcome?.ok) this.stop();
  }

  dispose(): void {
    this.#changed.dispose();
    this.stop();
  }

  async #change(id: ModelFile['id'], edit: ProviderEdit, done: string, target?: EntryTarget): Promise<void> {
    try {
      await this.#writer.change(id, edit);
      const form = this.#formOf(target);
      if (form) this.#dropDraft();
      this.#tell({ ok: true, text: done, ...(form && { form }) });
    } catch (error) {
      const problem = problemOf(error, { during: 'test' });
      if (problem) this.#refuse(problemText(problem), this.#formOf(target));
      if (!(error instanceof ConfigurationError)) throw error;
    }
  }

  /** The form that is still about that target; undefined once another took its place. */
  #formOf(target: EntryTarget | undefined): 'entry' | undefined {
    return target && isDeepStrictEqual(this.#draft?.target, target) ? 'entry' : undefined;
  }

  /** Forgets what the form says, with the outcome of its test. */
  #dropDraft(): void {
    this.#draft = undefined;
    if (this.#tests.view()?.key === DRAFT) this.#tests.reset();
  }

  #listOf({ file, provider }: Pick<EntryRef, 'file' | 'provider'>): readonly unknown[] {
    const lists = this.#writer.files().find(({ id }) => id === file)?.lists ?? [];
    return lists.find((list) => list.provider === provider)?.entries.map(({ raw }) => raw) ?? [];
  }

  #rawAt(entry: EntryRef): unknown {
    const raw = this.#listOf(entry)[entry.index];
    return entryFields(raw).id === entry.id ? raw : undefined;
  }

  #entryAt(entry: EntryRef): ModelEntry | undefined {
    const lists = this.#writer.files().find(({ id }) => id === entry.file)?.lists ?? [];
    const found = lists.find(({ provider }) => provider === entry.provider)?.entries[entry.index];
    const read = found?.read.entry;
    return read?.id === entry.id ? read : undefined;
  }

  /** What models are added with beside an entry: its base URL and its variable. */
  #fieldsBeside(entry: EntryRef): EntryFields {
    const { baseUrl, envKey } = entryFields(this.#rawAt(entry));
    return { ...NO_FIELDS, baseUrl, envKey };
  }

  /** The entry that a form is about, as it stands in its file. */
  #before(target: EntryTarget): unknown {
    return target.kind === 'add' ? undefined : this.#rawAt(target.entry);
  }

  /** The entries beside the one that a form is about. */
  #others(target: EntryTarget): readonly unknown[] {
    const entry = target.kind === 'add' ? target : target.entry;
    return this.#listOf(entry).filter((_, index) => target.kind !== 'edit' || index !== target.entry.index);
  }

  #draftView({ target, fields }: Draft) {
    const { snapshot } = this.#ports.session;
    const errors = entryErrors(fields, listedIn(this.#others(target)));
    const { variables } = snapshot.configuration;
    // Where requests go does not hang on their headers.
    const model = draftModel(target, this.#before(target), { ...fields, headers: '' }, variables);
    return {
      fields,
      errors,
      ...(model && { baseUrl: model.baseUrl, keyState: keyState(model, snapshot) }),
    };
  }

  #refuse(text: string, form?: 'entry'): void {
    this.#tell({ ok: false, text, ...(form && { form }) });
  }

  #tell(outcome: Omit<Outcome, 'serial'>): void {
    this.#outcome = { ...outcome, serial: (this.#outcome?.serial ?? 0) + 1 };
    this.#changed.fire();
  }
}
