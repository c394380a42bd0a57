import './vscode/platform/language';
// Loaded in this place and not before: the constants in it are made in the language that is set by then. A plain
// import would be carried out first.
import extension = require('./extension');

/** What VS Code calls. */
export const { activate, deactivate } = extension;
