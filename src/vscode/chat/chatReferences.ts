import { type ChatPromptReference, Location, Uri, workspace } from 'vscode';

const LONGEST = 100_000;

/** A file that is attached to a message, or a part of one. */
export interface Attached {
  readonly name: string;
  readonly text: string;
}

/** The files that are attached to a message, as text; what is none is left out, as is what VS Code's own agents are told. */
export async function readReferences(references: readonly ChatPromptReference[]): Promise<readonly Attached[]> {
  const read = await Promise.all(references.map(({ value }) => readReference(value).catch(() => undefined)));
  return read.flatMap((attached) => attached ?? []);
}

async function readReference(value: unknown): Promise<Attached | undefined> {
  const uri = value instanceof Location ? value.uri : value;
  if (!(uri instanceof Uri)) return undefined;
  const document = await workspace.openTextDocument(uri);
  const text = document.getText(value instanceof Location ? value.range : undefined);
  return { name: workspace.asRelativePath(uri), text: text.slice(0, LONGEST) };
}
