import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { visibleText } from '../base/pasted';
import { findClues } from './clues';
import { readSignIn } from './plainSignIn';
import { readSnippet } from './snippet';
import type { Meaning } from './meaning';

const LIMIT_KIB = 64;
const TOO_LONG = l10n.t('The text is longer than {limitKib} KiB. Paste only the part with key, base URL and model.', {
  limitKib: LIMIT_KIB,
});
const BROKEN = l10n.t(
  'The modelProviders in this text cannot be read. Check that its quotes, commas and brackets are complete.',
);
const NOTHING = l10n.t(
  'There is nothing in this text to sign in with. Paste a sentence such as ' +
    '"Bailian API is: <your key>, model is: qwen3-max", lines such as OPENAI_API_KEY=…, ' +
    'the content of a .env file, a modelProviders snippet or a curl command.',
);

/** Understands what somebody would paste to configure a model, up to 64 KiB of it. Runs and stores nothing. */
export function readPlainWords(text: string): Meaning {
  const plain = normalized(text);
  if (Math.max(Buffer.byteLength(text), Buffer.byteLength(plain)) > LIMIT_KIB * 1024)
    return { kind: 'nothing', why: TOO_LONG };
  const snippet = readSnippet(text);
  if (snippet === 'broken') return { kind: 'nothing', why: BROKEN };
  if (snippet) return { kind: 'modelProviders', ...snippet };
  const clues = findClues(plain);
  const signIn = readSignIn(clues);
  if (signIn) return { kind: 'signIn', ...signIn };
  const unknown = clues.unknown.map((name) => l10n.t('{name} is not used here.', { name }));
  return { kind: 'nothing', why: joinSentences(...unknown, NOTHING) };
}

/** Every quote a plain one. */
function normalized(text: string): string {
  return visibleText(text)
    .replace(/[“”„「」]/g, '"')
    .replace(/[‘’]/g, "'");
}
