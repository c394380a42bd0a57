import { config } from '@vscode/l10n';
import { l10n } from 'vscode';

// The first that runs in a window: constants with sentences in them may be made from here on. VS Code has read the
// sentences of its language from the folder that the manifest names; there are none for English.
if (l10n.bundle) config({ contents: l10n.bundle });
