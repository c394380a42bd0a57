import * as l10n from '@vscode/l10n';
import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';
import { stringIn } from '../../core/base/json';
import type { OpenFolder } from '../../core/config/openFolders';
import { explanationOf, type Explanation, renderExplanation } from '../../core/views/explanation';
import { type FolderParts, pickFolder } from './folderPicker';

const SCHEME = 'qwen-explain';

/** The readable document that answers "why is this key used" and "where is my key". It follows the state. */
export class ExplainDocument implements Disposable {
  readonly #parts: FolderParts;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];
  /** The documents that were opened. */
  readonly #opened = new Map<string, Uri>();

  /** Makes the documents available; they are written whenever somebody looks. */
  constructor(parts: FolderParts) {
    this.#parts = parts;
    const changed = (): void => this.#opened.forEach((uri) => this.#changed.fire(uri));
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: async ({ query }) =>
          renderExplanation(await this.#explain(this.#named(query) ?? parts.folders.inEffect)),
      }),
      parts.session.onDidChange(changed),
      parts.configuration.onDidChangeAny(changed),
      this.#changed,
    ];
  }

  /**
   * Opens the document of a folder, and answers what it says: of the folder that the argument names, else of the one
   * that is worked in. Without an argument, and where several are open, the person picks; undefined where they go away.
   */
  async open(argument: unknown): Promise<Explanation | undefined> {
    const { folders, inEffect } = this.#parts.folders;
    const areSeveral = folders.length > 1;
    const folder =
      areSeveral && argument === undefined
        ? await pickFolder(this.#parts, l10n.t('Explain the configuration of a folder'))
        : (this.#named(stringIn(argument, 'folder')) ?? inEffect);
    if (areSeveral && !folder) return undefined;
    const document = documentOf(areSeveral ? folder : undefined);
    this.#opened.set(document.toString(), document);
    this.#changed.fire(document);
    await commands.executeCommand('markdown.showPreview', document);
    return await this.#explain(folder);
  }

  /** The explanation of the folder that is worked in. */
  async ofInEffect(): Promise<Explanation> {
    return await this.#explain(this.#parts.folders.inEffect);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The folder of that name, address or path. */
  #named(text: string | undefined): OpenFolder | undefined {
    return this.#parts.folders.folders.find(
      ({ name, uri, path }) => text !== undefined && [name, uri, path].includes(text),
    );
  }

  async #explain(folder: OpenFolder | undefined): Promise<Explanation> {
    const { session, configuration } = this.#parts;
    const own = folder ? session.snapshotOf(await configuration.of(folder)) : session.snapshot;
    return explanationOf(own, { trusted: workspace.isTrusted, inEffect: configuration.current.folderLabel });
  }
}

function documentOf(folder: OpenFolder | undefined): Uri {
  if (!folder) return Uri.from({ scheme: SCHEME, path: `/${l10n.t('Qwen configuration')}.md` });
  const name = folder.name.replaceAll(/[\\/]/g, ' ');
  const title = l10n.t('Qwen configuration of {folder}', { folder: name });
  return Uri.from({ scheme: SCHEME, path: `/${title}.md`, query: folder.uri });
}
