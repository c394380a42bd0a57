// npm run l10n: brings l10n/ up to date with the sentences of the code. What the code has no more goes, what is missing
// is added empty, and is listed.
import { readFileSync, writeFileSync } from 'node:fs';
import { CHINESE, sentencesOfCode } from './sentences.mjs';

// Line by line: where git has put the lines of two people together, a comma may be missing.
const known = Object.fromEntries(
  readFileSync(CHINESE, 'utf8')
    .split('\n')
    .filter((line) => /^ *"/.test(line))
    .flatMap((line) => Object.entries(JSON.parse(`{${line.replace(/,$/, '')}}`))),
);
const bundle = Object.fromEntries(sentencesOfCode().map((sentence) => [sentence, known[sentence] ?? '']));
writeFileSync(CHINESE, `${JSON.stringify(bundle, null, 2)}\n`);
const missing = Object.keys(bundle).filter((sentence) => !bundle[sentence]);
console.log(missing.map((sentence) => `Without Chinese: ${sentence}`).join('\n') || 'Every sentence is there.');
