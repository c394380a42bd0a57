import { type ChatPromptReference, Location, Uri, workspace } from 'vscode';

const LONGEST = 100_000;

/** The files that are attached to a message, as text; what is none is left out, as is what VS Code's own agents are told. */
export async function readReferences(references: readonly ChatPromptReference[]): Promise<readonly string[]> {
  const read = await Promise.all(references.map(({ value }) => readReference(value).catch(() => undefined)));
  return read.flatMap((text) => text ?? []);
}

async function readReference(value: unknown): Promise<string | undefined> {
  const uri = value instanceof Location ? value.uri : value;
  if (!(uri instanceof Uri)) return undefined;
  const document = await workspace.openTextDocument(uri);
  const text = document.getText(value instanceof Location ? value.range : undefined);
  return `The file ${workspace.asRelativePath(uri)}:\n\n${text.slice(0, LONGEST)}`;
}
