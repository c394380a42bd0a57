// What VS Code asks of its native logger, with plain files. Without it no output channel that logs has any content.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

/**
 * A logger that writes into one file, never in turn with others.
 * @param {string} name
 * @param {string} file
 */
export async function createAsyncRotatingLogger(name, file) {
  let lowest = 2;
  let plain = false;
  mkdirSync(path.dirname(file), { recursive: true });
  const writer = (/** @type {number} */ level) => (/** @type {string} */ message) => {
    if (level < lowest) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(file, plain ? message : `${time} [${LEVELS[level]}] ${message}\n`);
  };
  return {
    name,
    setLevel: (/** @type {number} */ level) => void (lowest = level),
    getLevel: () => lowest,
    setPattern: () => undefined,
    clearFormatters: () => void (plain = true),
    trace: writer(0),
    debug: writer(1),
    info: writer(2),
    warn: writer(3),
    error: writer(4),
    critical: writer(5),
    flush: () => undefined,
    drop: () => undefined,
  };
}

export const createRotatingLogger = createAsyncRotatingLogger;

/** Every line is written at once. */
export const setFlushOn = () => undefined;
