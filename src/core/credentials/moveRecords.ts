import { createHash } from 'node:crypto';
import { parseJson } from '../base/json';
import type { SecretStore } from '../base/ports';
import { OAUTH_ACCOUNT } from './account';
import { RECORD_PREFIX, readRecord } from './accountStore';

/**
 * The entry with the hashes of the records that were moved: a record that turns up again is not taken for a new
 * sign-in.
 */
const MOVED = 'moved';

type Entries = Pick<SecretStore, 'keys' | 'get' | 'delete'>;

/**
 * Moves account records from one store to another, each only once: a window with an old view of the keychain may write
 * back a record that was moved and then signed out of. Throws what the stores throw; then nothing is lost.
 */
export async function moveRecords(from: Entries, to: SecretStore): Promise<void> {
  const keys = (await from.keys()).filter((key) => key.startsWith(RECORD_PREFIX));
  if (keys.length === 0) return;
  const move = async (): Promise<void> => {
    for (const key of keys) await moveRecord(key, from, to);
  };
  await (to.locked ? to.locked(move, MOVED) : move());
}

async function moveRecord(key: string, from: Entries, to: SecretStore): Promise<void> {
  const record = await from.get(key);
  if (record === undefined) return;
  const moved = readMoved(await to.get(MOVED));
  const hash = createHash('sha256').update(`${key}\n${record}`).digest('hex');
  if (!moved.includes(hash)) {
    if (isNewer(record, await to.get(key))) await to.store(key, record);
    await to.store(MOVED, JSON.stringify([...moved, hash]));
  }
  await from.delete(key);
}

/** Whether a record is a token that an earlier version has renewed since; anything else that is there already stays. */
function isNewer(record: string, there: string | undefined): boolean {
  return there === undefined || endOf(record) > endOf(there);
}

function endOf(record: string): number {
  const account = readRecord(OAUTH_ACCOUNT, record);
  return account?.method === 'qwen-oauth' ? account.tokens.expiresAt : 0;
}

function readMoved(text: string | undefined): readonly string[] {
  const json = parseJson(text ?? '[]');
  return Array.isArray(json) ? json.filter((hash) => typeof hash === 'string') : [];
}
