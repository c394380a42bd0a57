import { window } from 'vscode';
import { SystemFiles } from '../../core/base/files';
import type { WritableFiles } from '../../core/base/ports';

/** The files of this machine. In a window without the focus they are not polled. */
export const windowFiles: WritableFiles = new SystemFiles(undefined, {
  get isThere() {
    return window.state.focused;
  },
  onDidChange: (listener) => window.onDidChangeWindowState(listener),
});
