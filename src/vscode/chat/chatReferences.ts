import * as l10n from '@vscode/l10n';
import { type ChatPromptReference, Location, type Range, Uri, workspace } from 'vscode';
import type { UserContent } from '../../core/chat/request';
import { binaryIn } from './undocumented';

const LONGEST = 100_000;
/** The most that is read of an image, in bytes. */
const LARGEST_IMAGE = 20 * 1024 * 1024;
/** The files that models read as images, by their ends. */
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** A file that is attached to a message, or a part of one; without content where it cannot be read. */
interface Attached {
  readonly name: string;
  readonly content: UserContent | undefined;
}

/** What is attached to a message; what VS Code's own agents are told is left out. */
export async function readReferences(references: readonly ChatPromptReference[]): Promise<readonly Attached[]> {
  const read = await Promise.all(references.map(({ value }) => readReference(value)));
  return read.flatMap((attached) => attached ?? []);
}

async function readReference(value: unknown): Promise<Attached | undefined> {
  const pasted = binaryIn(value);
  if (pasted) return await attach(l10n.t('What was pasted'), async () => image(pasted.mimeType, await pasted.data()));
  const { uri, range } = value instanceof Location ? value : { uri: value, range: undefined };
  if (!(uri instanceof Uri)) return undefined;
  const name = workspace.asRelativePath(uri);
  return await attach(name, () => fileContent(uri, range));
}

async function attach(name: string, read: () => Promise<UserContent | undefined>): Promise<Attached> {
  return { name, content: await read().catch(() => undefined) };
}

async function fileContent(uri: Uri, range: Range | undefined): Promise<UserContent | undefined> {
  const type = IMAGE_TYPES[/\.(\w+)$/.exec(uri.path)?.[1]?.toLowerCase() ?? ''];
  if (type) return image(type, await workspace.fs.readFile(uri));
  const document = await workspace.openTextDocument(uri);
  return { kind: 'text', text: document.getText(range).slice(0, LONGEST) };
}

function image(mimeType: string, data: Uint8Array): UserContent | undefined {
  const isRead = mimeType.startsWith('image/') && data.length <= LARGEST_IMAGE;
  return isRead ? { kind: 'image', mimeType, data } : undefined;
}
