import { CONSENTS } from '../core/credentials/consent';
import { describeSource } from '../core/providers/source';
import { isRecord, parseJson } from '../core/base/json';
import { hostOf } from '../core/base/origin';
import type { Files, StateStore } from '../core/base/ports';
import { readHomeFile } from '../core/base/ownedFile';
import { replacePrivateFile } from '../core/base/privateFile';
import type { Session } from '../core/session/session';
import type { World } from './world';

/** What the person has allowed, in a file of theirs: hashes alone. `keep` is whether a new yes outlives this run. */
export async function openConsents(files: Files, file: string, keep: boolean): Promise<StateStore> {
  const read = await readHomeFile(files, file);
  const json = read.kind === 'text' ? parseJson(read.text) : undefined;
  let consents = isRecord(json) ? json[CONSENTS] : undefined;
  return {
    get: (key) => (key === CONSENTS ? consents : undefined),
    set: async (key, value) => {
      // The choice of a model is made anew in every run, from what is said there.
      if (key !== CONSENTS) return;
      consents = value;
      if (keep || value === undefined)
        await replacePrivateFile(file, `${JSON.stringify({ [CONSENTS]: value }, undefined, 2)}\n`);
    },
  };
}

/** Asks whether a key may go where a file of the folder sends it, if that is open and somebody can answer. */
export async function askForConsent(
  session: Session,
  { terminal, signal }: World,
  allowWorkspace: boolean,
): Promise<void> {
  const { consent, selected, credential } = session.snapshot;
  if (consent !== 'needed' || !selected || credential?.kind !== 'key') return;
  if (!allowWorkspace && !terminal.isInteractive) return;
  const host = hostOf(selected.baseUrl);
  const ending = credential.key?.last4 ? ` that ends in ${credential.key.last4}` : '';
  const question =
    `${describeSource(selected.baseUrlSource)} sends your key${ending} to ${host}. ` +
    `Allow this key for ${host} from now on? [y/N] `;
  if (allowWorkspace || (await terminal.confirm(question, signal))) await session.decideConsent('given');
}
