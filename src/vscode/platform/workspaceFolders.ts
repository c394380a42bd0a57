import {
  type Disposable,
  TabInputCustom,
  TabInputNotebook,
  TabInputNotebookDiff,
  TabInputText,
  TabInputTextDiff,
  type Uri,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { Emitter } from '../../core/base/events';
import type { StateStore } from '../../core/base/ports';
import { folderInEffect, type OpenFolder, type OpenFolders } from '../../core/config/openFolders';

const REMEMBERED = 'folder';

/**
 * The folders of the workspace, and the one that is worked in: by the file that is active, or by the person's choice.
 */
export class WorkspaceFolders implements OpenFolders, Disposable {
  readonly #memory: StateStore;
  readonly #changed = new Emitter<void>();
  readonly #subscriptions: readonly Disposable[];
  #active = activeFolder();
  #inEffect: OpenFolder | undefined;

  readonly onDidChange = this.#changed.event;

  /** `memory` is that of the workspace: the folder is the same after a reload. */
  constructor(memory: StateStore) {
    this.#memory = memory;
    const remembered = memory.get(REMEMBERED);
    this.#inEffect = folderInEffect(
      this.folders,
      this.#active,
      typeof remembered === 'string' ? remembered : undefined,
    );
    this.#subscriptions = [
      window.tabGroups.onDidChangeTabs(() => this.#followActive()),
      window.tabGroups.onDidChangeTabGroups(() => this.#followActive()),
      workspace.onDidChangeWorkspaceFolders(() => this.#update(this.#active, true)),
      workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    ];
  }

  get folders(): readonly OpenFolder[] {
    return (workspace.workspaceFolders ?? []).map(openFolder);
  }

  get inEffect(): OpenFolder | undefined {
    return this.#inEffect;
  }

  get isTrusted(): boolean {
    return workspace.isTrusted;
  }

  /** Works in that folder until a file of another one becomes active. */
  choose({ uri }: OpenFolder): void {
    this.#update(uri, false);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /**
   * Only a file that has just become active says something: it may have been so when the person chose another folder.
   */
  #followActive(): void {
    const active = activeFolder();
    if (active === this.#active) return;
    this.#active = active;
    this.#update(active, false);
  }

  #update(wanted: string | undefined, isNews: boolean): void {
    const before = this.#inEffect;
    this.#inEffect = folderInEffect(this.folders, wanted, before?.uri);
    const { uri } = this.#inEffect ?? {};
    if (uri !== before?.uri) void this.#memory.set(REMEMBERED, uri);
    if (isNews || uri !== before?.uri) this.#changed.fire();
  }
}

/** The folder of VS Code that is meant; undefined where it was closed. */
export function findWorkspaceFolder({ uri }: OpenFolder): WorkspaceFolder | undefined {
  return workspace.workspaceFolders?.find((folder) => folder.uri.toString() === uri);
}

function openFolder({ uri, name }: WorkspaceFolder): OpenFolder {
  return { uri: uri.toString(), name, path: uri.scheme === 'file' ? uri.fsPath : undefined };
}

/**
 * The folder of the file whose tab is active, whether or not it is a text; undefined for all that is no file of a
 * folder.
 */
function activeFolder(): string | undefined {
  const uri = uriOf(window.tabGroups.activeTabGroup.activeTab?.input);
  return uri && workspace.getWorkspaceFolder(uri)?.uri.toString();
}

function uriOf(input: unknown): Uri | undefined {
  if (input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook)
    return input.uri;
  if (input instanceof TabInputTextDiff || input instanceof TabInputNotebookDiff) return input.modified;
  return undefined;
}
