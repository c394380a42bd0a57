import type { ModelFile } from '../config/modelFiles';

/** An entry of a file, as it was seen. */
export interface EntryRef {
  readonly file: ModelFile['id'];
  readonly provider: string;
  readonly index: number;
  readonly id: string;
}

/** What a form is about: a new entry, one that is there, or another like it. */
export type EntryTarget =
  | { readonly kind: 'add'; readonly file: ModelFile['id']; readonly provider: string }
  | { readonly kind: 'edit' | 'duplicate'; readonly entry: EntryRef };

/** The kind of the file that a form writes to, as a source of an entry has it. */
export function fileKind(target: EntryTarget): 'settings' | 'qwenSettings' | 'workspaceSettings' {
  const file = target.kind === 'add' ? target.file : target.entry.file;
  return file === 'settings' ? 'settings' : file === 'user' ? 'qwenSettings' : 'workspaceSettings';
}
