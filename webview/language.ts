import { config } from '@vscode/l10n';

// The first that runs in the page: constants with sentences in them may be made from here on. The host has put those
// of its language into the page; there are none for English.
const sentences = document.getElementById('sentences')?.textContent;
if (sentences) config({ contents: sentences });
