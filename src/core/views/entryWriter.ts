import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import type { WritableFiles } from '../base/ports';
import { leadsOut } from '../base/ownedFile';
import { type ModelFile, modelFiles, type UserSettings } from '../config/modelFiles';
import { editProviders, type ProviderEdit } from '../config/providerEdits';
import type { Session } from '../session/session';
import type { ConsentQuestion } from './consentQuestions';
import { pairQuestions } from './keyPairs';
import { joinSentences } from '../../language/joinSentences';

/** VS Code's own settings, which its editor writes. */
export interface EditableUserSettings extends UserSettings {
  /** Puts the text that `edit` makes of the file's into its place. Throws `ConfigurationError` where that cannot be. */
  change(edit: (file: string, text: string) => string): Promise<void>;
}

/** What entries are written with. */
export interface EntryWriterPorts {
  readonly session: Pick<Session, 'snapshot'>;
  /** Asks the person in a dialog of the editor's own. */
  readonly confirm: (question: ConsentQuestion) => Promise<boolean>;
  readonly userSettings: EditableUserSettings;
  readonly files: WritableFiles;
  /** Whether the person has a file open with changes that are not saved. */
  readonly hasUnsavedChanges: (path: string) => boolean;
  /** Reads Qwen Code's settings anew. */
  reload(): Promise<void>;
}

/** Changes the files that list models, one change at a time. */
export class EntryWriter {
  readonly #ports: EntryWriterPorts;
  /** The questions that the person has said yes to here. */
  readonly #agreed = new Set<string>();
  #changing: Promise<unknown> = Promise.resolve();

  constructor(ports: EntryWriterPorts) {
    this.#ports = ports;
  }

  /** The files as they are now. */
  files(): readonly ModelFile[] {
    const { session, userSettings } = this.#ports;
    return modelFiles(session.snapshot.configuration, userSettings);
  }

  /**
   * Makes a change of a file, on what the one before has left. Throws `ConfigurationError` where the person does not
   * agree, or the file cannot be written.
   */
  async change(id: ModelFile['id'], edit: ProviderEdit): Promise<void> {
    const turn = this.#changing.then(() => this.#write(id, edit));
    this.#changing = turn.catch(() => undefined);
    await turn;
  }

  /**
   * Asks the person whether keys may go where the change would send them, once each. Throws `ConfigurationError` unless
   * they agree. A workspace's entry is asked about before its key goes.
   */
  async ask(id: ModelFile['id'], edit: ProviderEdit, otherwise: string): Promise<void> {
    const { session, confirm } = this.#ports;
    const { variables } = session.snapshot.configuration;
    const files = this.files();
    const file = fileOf(files, id, otherwise);
    const questions = id === 'workspace' ? [] : pairQuestions(file, edit, files, variables);
    for (const question of questions) {
      if (this.#agreed.has(question.detail)) continue;
      if (!(await confirm(question))) throw new ConfigurationError({ field: 'file' }, otherwise);
      this.#agreed.add(question.detail);
    }
  }

  async #write(id: ModelFile['id'], edit: ProviderEdit): Promise<void> {
    const { files, userSettings, hasUnsavedChanges } = this.#ports;
    const file = fileOf(this.files(), id, l10n.t('Nothing was written.'));
    await this.ask(id, edit, l10n.t('Nothing was written.'));
    if (file.id === 'settings')
      return await userSettings.change((path, text) => editProviders(file.format, path, text, edit));
    const path = file.path ?? '';
    const { folder } = this.#ports.session.snapshot.configuration;
    // What stands in a file of the person's is their word, and nobody is asked before a key goes there.
    if (id === 'workspace' && (await leadsOut(files, path, folder ?? path)))
      throw unwritable(path, l10n.t('{0} leads out of its project by a link.', path));
    if (hasUnsavedChanges(path))
      throw unwritable(path, l10n.t('{0} is open with changes that are not saved. Save it first.', path));
    const read = await files.read(path);
    if (read.kind === 'folder') throw unwritable(path, l10n.t('{0} is a folder, not a file.', path));
    if (read.kind === 'broken') throw unwritable(path, brokenText(path, read.why));
    const before = read.kind === 'text' ? read.text : undefined;
    const written = await files.write(path, editProviders(file.format, path, before, edit), before);
    if (written.kind === 'changed')
      throw unwritable(path, l10n.t('{0} was changed by another program at the same moment.', path));
    if (written.kind === 'broken') throw unwritable(path, brokenText(path, written.why));
    await this.#ports.reload();
  }
}

function fileOf(files: readonly ModelFile[], id: ModelFile['id'], otherwise: string): ModelFile {
  const file = files.find((one) => one.id === id);
  if (file) return file;
  throw new ConfigurationError(
    { field: 'file' },
    joinSentences(l10n.t('The file does not count in this window any more.'), otherwise),
  );
}

function brokenText(path: string, why: string): string {
  return l10n.t('{path} {why}.', { path, why });
}

function unwritable(path: string, why: string): ConfigurationError {
  return new ConfigurationError({ file: path }, joinSentences(why, l10n.t('Nothing was written.')));
}
