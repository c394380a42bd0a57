import type { ChatPart } from '../chat/parts';
import type { Access } from '../providers/access';
import type { Clock } from '../base/ports';
import { withoutSecrets } from '../base/redaction';

/** What came of a test: the whole answer and how long its first words took, in milliseconds. */
export interface ConnectionAnswer {
  readonly text: string;
  readonly firstTokenMs: number;
}

/** How much of an answer is read: it was asked for one sentence. */
const LONGEST_TEXT = 4000;

/**
 * Reads the streamed answer to a test; `ask` reports each access that it tries. Returns the one that worked. Throws
 * what `ask` throws.
 */
export async function readAnswer(
  clock: Clock,
  ask: (onOpen: (access: Access) => void) => AsyncIterable<ChatPart>,
  onText: (text: string) => void,
): Promise<ConnectionAnswer & { readonly used: Access | undefined }> {
  let used: Access | undefined;
  let start = clock.now();
  let firstTokenMs: number | undefined;
  let text = '';
  const parts = ask((access) => {
    used = access;
    start = clock.now();
  });
  for await (const part of parts) {
    if (part.kind !== 'unseen') firstTokenMs ??= clock.now() - start;
    if (part.kind !== 'text') continue;
    text = withoutSecrets((text + part.text).slice(0, LONGEST_TEXT), used?.key);
    onText(text);
    if (text.length >= LONGEST_TEXT) break;
  }
  return { text, firstTokenMs: firstTokenMs ?? clock.now() - start, used };
}
