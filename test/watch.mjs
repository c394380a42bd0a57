import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
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
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
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
  for (const folder of SOURCES) {
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(start, SETTLED_AFTER_MS);
    });
  }
  start();
  return new Promise(() => undefined);
}
