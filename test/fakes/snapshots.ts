import { emptyConfiguration } from '../../src/core/config/configuration';
import type { Snapshot } from '../../src/core/session/snapshot';

/** What is known where nobody is signed in, with changes. */
export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    loaded: true,
    accounts: [],
    unreadable: [],
    problems: [],
    models: [],
    discovered: new Map(),
    selected: undefined,
    candidates: [],
    credential: undefined,
    consent: 'notNeeded',
    configuration: emptyConfiguration({}),
    environmentServer: undefined,
    undiscovered: undefined,
    signInAttempt: { kind: 'none' },
    connection: { kind: 'none' },
    verdict: undefined,
    doubts: new Map(),
    full: [],
    ...changes,
  };
}
