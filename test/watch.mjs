import { spawn } from 'node:child_process';
import { readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** What the tests are made of. */
const SOURCES = ['src', 'test', 'webview'];
/** An editor saves in several steps. */
const SETTLED_AFTER_MS = 100;

/**
 * Runs a Node program, and again whenever a source file has changed, until Ctrl+C.
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export function runAgainOnChange(args) {
  let isRunning = false;
  let hasChanged = false;
  const start = () => {
    if (isRunning) {
      hasChanged = true;
      return;
    }
    isRunning = true;
    spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).once('close', () => {
      isRunning = false;
      console.log('\nWaiting for a change…');
      if (hasChanged) start();
      hasChanged = false;
    });
  };
  watchFolders(
    SOURCES.map((name) => path.join(root, name)),
    start,
  );
  start();
  return new Promise(() => undefined);
}

/**
 * Watches folders with all that is in them, except for installed packages. Each folder has a watcher of its own: the
 * recursive one of Node loses sight, on Linux, of a file that an editor or git replaces.
 * @param {readonly string[]} folders
 * @param {() => void} onChange called once for changes that come together
 * @returns {() => void} ends it
 */
export function watchFolders(folders, onChange) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {import('node:fs').FSWatcher[]} */
  let watchers = [];
  const look = () => {
    const before = watchers;
    watchers = folders.flatMap(withSubfolders).map((folder) => watch(folder, changed).on('error', changed));
    for (const watcher of before) watcher.close();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        look();
      } catch {
        // A folder has gone while it was looked at: its parent is looked at again.
        return changed();
      }
      onChange();
    }, SETTLED_AFTER_MS);
  };
  look();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function withSubfolders(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules',
  );
  return [folder, ...inside.flatMap(({ name }) => withSubfolders(path.join(folder, name)))];
}
