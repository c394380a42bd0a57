import { type ChatPromptReference, Location, Uri, workspace } from 'vscode';

const LONGEST = 100_000;

/** What is attached to a message, as text that a model can read; what is none is left out. */
export async function readReferences(references: readonly ChatPromptReference[]): Promise<readonly string[]> {
  const read = await Promise.all(references.map(({ value }) => readReference(value).catch(() => undefined)));
  return read.flatMap((text) => text ?? []);
}

async function readReference(value: unknown): Promise<string | undefined> {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  const uri = value instanceof Location ? value.uri : value;
  if (!(uri instanceof Uri)) return undefined;
  const document = await workspace.openTextDocument(uri);
  const text = document.getText(value instanceof Location ? value.range : undefined);
  return `The file ${workspace.asRelativePath(uri)}:\n\n${text.slice(0, LONGEST)}`;
}
