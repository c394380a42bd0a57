import { window } from 'vscode';
import { createFiles } from '../../core/base/files';
import type { WritableFiles } from '../../core/base/ports';

/** How often files are looked at in a window with the focus, in milliseconds, beside what the system tells of them. */
const POLL_MS = 5000;

/** The files of this machine. In a window without the focus they are not polled. */
export const windowFiles: WritableFiles = createFiles(POLL_MS, {
  get isThere() {
    return window.state.focused;
  },
  onDidChange: (listener) => window.onDidChangeWindowState(listener),
});
