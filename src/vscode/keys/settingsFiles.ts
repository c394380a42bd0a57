import { type TextDocument, Uri, workspace } from 'vscode';
import type { SettingsKind } from '../../core/diagnostics/settingsText';
import type { Files } from '../../core/base/ports';
import type { ConfigurationSource } from '../../core/session/sessionPorts';
import { ownAddress } from '../platform/openDocument';

/** A file of settings that can say something about keys and models. */
export interface SettingsFile {
  readonly uri: Uri;
  readonly kind: SettingsKind;
  /** Where VS Code shows it, which on a server is another address of the same file. */
  readonly shownAt: Uri;
  /** `modelProviders` with variables in it, where the file may refer to them. */
  readonly expand?: (modelProviders: unknown) => unknown;
}

/** The way to VS Code's own settings from the folder in which it keeps what is this extension's. */
export const SETTINGS_FROM_STORAGE: readonly string[] = ['..', '..', 'settings.json'];

/** The scheme by which VS Code opens what it keeps for the person, and where its settings are there. */
const USER_DATA = 'vscode-userdata';
const USER_SETTINGS = /\/User\/(?:profiles\/[^/]+\/)?settings\.json$/;

/**
 * Those files, as they are at each moment.
 * VS Code's own are found by the folder in which it keeps what is this extension's.
 */
export class SettingsFiles {
  readonly #storage: Uri;
  readonly #files: Files;
  readonly #configuration: ConfigurationSource;

  constructor(storage: Uri, files: Files, configuration: ConfigurationSource) {
    this.#storage = storage;
    this.#files = files;
    this.#configuration = configuration;
  }

  /** VS Code's, Qwen Code's, and of the open folders theirs once the workspace is trusted. */
  async list(): Promise<readonly SettingsFile[]> {
    const ofUser = await userSettings(this.#storage);
    const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
    const inFolders = folders.map(({ uri }) => Uri.joinPath(uri, '.qwen', 'settings.json'));
    const ofFolders = folders.map(({ uri }) => Uri.joinPath(uri, '.vscode', 'settings.json'));
    const all: readonly SettingsFile[] = [
      { uri: ofUser, shownAt: ownAddress(ofUser), kind: 'vscode' },
      ...inFolders.map((uri) => ({ uri, shownAt: uri, kind: 'qwen' as const })),
      ...this.#configuration.current.settingsFiles.flatMap(({ path, scope, settings }) => {
        if (scope === 'system') return [];
        const uri = Uri.file(path);
        return { uri, shownAt: uri, kind: 'qwen', ...(settings && { expand: settings.expandProviders }) } as const;
      }),
      ...ofFolders.map((uri) => ({ uri, shownAt: uri, kind: 'folder' as const })),
    ];
    return [...new Map(all.map((file) => [file.uri.toString(), file])).values()];
  }

  /** The text in an open editor, saved or not, else the one on the disk; undefined where there is none. */
  async read(uri: Uri): Promise<string | undefined> {
    const open = openDocument(uri);
    if (open) return open.getText();
    if (uri.scheme === 'file') {
      const read = await this.#files.read(uri.fsPath);
      return read.kind === 'text' ? read.text : undefined;
    }
    return await workspace.fs.readFile(uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
  }
}

/**
 * VS Code's own settings. The desktop opens them under a scheme of their own, and marks and edits must be put where
 * they are opened; from a server those at home are known once they are open.
 */
export async function userSettings(storage: Uri): Promise<Uri> {
  const open = workspace.textDocuments.find(({ uri }) => uri.scheme === USER_DATA && USER_SETTINGS.test(uri.path));
  if (open) return open.uri;
  const file = Uri.joinPath(storage, ...SETTINGS_FROM_STORAGE);
  const own = file.with({ scheme: USER_DATA });
  return await workspace.fs.stat(own).then(
    () => own,
    () => file,
  );
}

function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
