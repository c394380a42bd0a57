import { type KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { access, chmod, constants, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platformCode } from '../base/platformCode';
import { makePrivateFolder } from '../base/privateFile';
import type { Disposable } from '../base/events';
import { unwrapKey, wrapKey } from './sealedRecords';

const SUFFIX = '.window';
const ANSWER_MS = 2000;
const LONGEST_ANSWER = 4096;
/** The longest address of a Unix socket in bytes: 104 on macOS with the final NUL. */
const LONGEST_SOCKET = 103;

/**
 * Hands the key to whoever knows its id, at a local socket of this window, until disposed. The id is in file names of a
 * folder that only the person may list, and never goes over the socket: on some systems others reach it, or may have one
 * of the same address once the window has ended. A file in `folder` has the socket's address.
 */
export async function offerKey(folder: string, key: KeyObject): Promise<Disposable> {
  await makePrivateFolder(folder);
  await askForKey(folder, []);
  const name = randomBytes(8).toString('hex');
  const address = await addressOf(folder, name);
  const wrapped = wrapKey(key);
  const server = createServer((socket) => {
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on('error', () => undefined).end(wrapped);
    socket.destroySoon();
  });
  await listen(server, address);
  const notice = path.join(folder, name + SUFFIX);
  await writeFile(notice, address, { mode: 0o600 });
  return {
    dispose: () => {
      server.close();
      try {
        rmSync(notice);
      } catch {
        // It may be gone, or the disk read-only by now. Whoever asks next clears the notice away.
      }
    },
  };
}

/**
 * The key with one of these ids, where another window that is open hands it out; undefined where none does. What
 * windows left behind that did not end by themselves is cleared away.
 */
export async function askForKey(folder: string, ids: readonly string[]): Promise<KeyObject | undefined> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  const notices = names.filter((name) => name.endsWith(SUFFIX)).map((name) => path.join(folder, name));
  const answers = await Promise.all(notices.map(async (notice) => await askWindow(notice, ids)));
  return answers.find((key) => key !== undefined);
}

async function askWindow(notice: string, ids: readonly string[]): Promise<KeyObject | undefined> {
  const address = await readFile(notice, 'utf8').catch(() => '');
  // The file may have been made a moment ago, and not be written yet.
  if (!address) return undefined;
  const socket = connect(address);
  const timer = setTimeout(() => socket.destroy(new Error('no answer')), ANSWER_MS);
  try {
    await once(socket, 'connect');
    if (ids.length === 0) return undefined;
    const wrapped = await answerOf(socket);
    return ids.flatMap((id) => unwrapKey(id, wrapped) ?? []).at(0);
  } catch (error) {
    if (isGone(error)) await Promise.all([notice, ...socketAt(address)].map(remove));
    return undefined;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** What comes until the end, or as much as no window would say. */
async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  for await (const piece of socket.setEncoding('utf8')) {
    answer += String(piece);
    if (answer.length > LONGEST_ANSWER) break;
  }
  return answer;
}

async function listen(server: Server, address: string): Promise<void> {
  server.unref();
  const listening = once(server, 'listening');
  server.listen(address);
  await listening;
  if (process.platform !== 'win32') await chmod(address, 0o600);
}

async function addressOf(folder: string, name: string): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\qwen-auth-${name}`;
  const socket = path.join(folder, `${name}.sock`);
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET) return socket;
  // A server that outlives the login that began it has the name of a folder that is gone.
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? '';
  const isThere = await access(runtime, constants.W_OK).then(
    () => true,
    () => false,
  );
  return path.join(isThere ? runtime : tmpdir(), `qwen-auth-${name}.sock`);
}

/** The pipes of Windows are no files. */
function socketAt(address: string): readonly string[] {
  return process.platform === 'win32' ? [] : [address];
}

/** Best effort: the disk may be read-only. */
async function remove(file: string): Promise<void> {
  await rm(file).catch(() => undefined);
}

/** Whether nobody listens there any more; a slow window is not gone. */
function isGone(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOENT'].includes(platformCode(error));
}
