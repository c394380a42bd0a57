import * as l10n from '@vscode/l10n';
import { CONSENTS } from '../core/credentials/consent';
import { type HeldKey, SignInRequired } from '../core/base/errors';
import { resolveCredential } from '../core/credentials/resolve';
import type { Snapshot } from '../core/session/snapshot';
import { heldKey } from '../core/session/heldKey';
import { consentQuestions } from '../core/views/consentQuestions';
import type { StateStore } from '../core/base/ports';
import type { Session } from '../core/session/session';
import type { Request } from './commandLine';
import type { CliPorts } from './ports';
import { openStateFile, type StateFilePorts } from './stateFile';

/** What the person has allowed, in a file of theirs: hashes alone. `keep` is whether a new yes outlives this run. */
export async function openConsents(ports: StateFilePorts, file: string, keep: boolean): Promise<StateStore> {
  const stored = await openStateFile(ports, file, CONSENTS);
  let once: unknown;
  const get = (key: string): unknown => (key === CONSENTS ? (once ?? stored.get(key)) : undefined);
  const change = async (key: string, work: (value: unknown) => unknown): Promise<void> => {
    // The choice of a model is made anew in every run, from what is said there.
    if (key !== CONSENTS) return;
    once = work(get(key));
    if (keep || once === undefined) await stored.change(key, work);
  };
  return { get, set: (key, value) => change(key, () => value), change };
}

/** Asks whether a key may go where a file of the folder sends it, if that is open and somebody can answer. */
export async function askForConsent(
  session: Session,
  { terminal, signal }: CliPorts,
  allowed: Request['allowWorkspace'],
): Promise<void> {
  const about = heldBack(session.snapshot);
  if (!about) return;
  const key = heldKey(about);
  const questions = consentQuestions(key);
  const isAnswered =
    allowed !== undefined && (isNamed(key, allowed) || (allowed.length === 0 && questions.length === 1));
  if (!isAnswered && !terminal.isInteractive) return;
  for (const question of isAnswered ? [] : questions) {
    // Here a yes counts in every folder.
    const yes = question === questions[0] ? l10n.t('Allow it from now on') : question.yes;
    const answer = l10n.t('{yes}? [y/N] ', { yes });
    if (!(await terminal.confirm(`${question.title}\n${question.detail}\n${answer}`, signal))) return;
  }
  await session.decideConsent('given', about);
  await session.discovery.discoverModel(signal);
}

/** The key that waits for a yes: for the server of the model in use, or for one that is to name its models. */
function heldBack(snapshot: Snapshot): Pick<Snapshot, 'selected' | 'credential'> | undefined {
  if (snapshot.consent === 'needed') return snapshot;
  const { selected, environmentServer: server, accounts, undiscovered } = snapshot;
  const isHeld = undiscovered instanceof SignInRequired && undiscovered.reason === 'notAllowed';
  if (selected || !server || !isHeld) return undefined;
  const { variables } = snapshot.configuration;
  return { selected: server, credential: resolveCredential(server, { accounts, variables }) };
}

function isNamed({ variable }: HeldKey, names: readonly string[]): boolean {
  return variable !== undefined && names.includes(variable.name);
}
