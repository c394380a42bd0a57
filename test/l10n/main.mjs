// npm run l10n: brings l10n/ up to date with the sentences of the code. What the code has no more goes, what is missing
// is added empty, and is listed.
import { writeFileSync } from 'node:fs';
import { CHINESE, chinese, sentencesOfCode } from './sentences.mjs';

const known = chinese();
const bundle = Object.fromEntries(sentencesOfCode().map((sentence) => [sentence, known[sentence] ?? '']));
writeFileSync(CHINESE, `${JSON.stringify(bundle, null, 2)}\n`);
const missing = Object.keys(bundle).filter((sentence) => !bundle[sentence]);
console.log(missing.map((sentence) => `Without Chinese: ${sentence}`).join('\n') || 'Every sentence is there.');
