import { config } from '@vscode/l10n';
import { pseudoBundle } from '../l10n/pseudo.mjs';
import { chinese } from '../l10n/sentences.mjs';

/** The sentences of the language that pictures are taken in: `--pseudo`, `--chinese`, or none for English. */
export const sentences: Readonly<Record<string, string>> = process.argv.includes('--pseudo')
  ? pseudoBundle()
  : process.argv.includes('--chinese')
    ? chinese()
    : {};

// What the states are made of is loaded after this.
config({ contents: sentences });
