import type { Credential } from '../credentials/resolve';
import { type Sources, sourcesForPrograms } from '../providers/source';
import { type SessionState, sessionState, type Snapshot } from '../session/snapshot';
import { problemOf, problemText } from './problem';

/** What `qwen.status()` answers: the state of being signed in, for other extensions and scripts; never a secret. */
export interface StatusReport {
  readonly state: SessionState['state'];
  /** The folder that all of it is about, where several are open. */
  readonly folder?: string;
  readonly method?: string;
  readonly verified: boolean;
  readonly provider?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly key: { readonly present: boolean; readonly last4?: string };
  readonly sources?: Sources;
  readonly accounts: readonly string[];
  readonly problems: readonly string[];
}

/** The report for a snapshot. */
export function statusReport(snapshot: Snapshot): StatusReport {
  const { selected, credential, accounts, problems } = snapshot;
  const { folderLabel } = snapshot.configuration;
  const sources = sourcesOf(snapshot);
  const state = sessionState(snapshot);
  const failure = state.state === 'failed' ? problemOf(state.error, { during: 'test' }) : undefined;
  const provider = credential?.account && 'provider' in credential.account ? credential.account.provider : undefined;
  return {
    state: state.state,
    ...(folderLabel !== undefined && { folder: folderLabel }),
    ...('method' in state && { method: state.method }),
    verified: state.state === 'signedIn' && state.verified,
    ...(provider && { provider }),
    ...(selected && { model: selected.id, baseUrl: selected.baseUrl }),
    key: keyReport(credential),
    ...(sources && { sources: sourcesForPrograms(sources) }),
    accounts: accounts.map(({ id }) => id),
    problems: [...(failure ? [problemText(failure)] : []), ...problems.map(({ message }) => message)],
  };
}

/** Where what makes a request comes from; undefined where none can be made. */
export function sourcesOf({ selected, credential }: Pick<Snapshot, 'selected' | 'credential'>): Sources | undefined {
  if (!selected || !credential) return undefined;
  return { model: selected.source, baseUrl: selected.baseUrlSource, key: credential.source };
}

function keyReport(credential: Credential | undefined): StatusReport['key'] {
  if (credential?.kind === 'oauth' || credential?.kind === 'command') return { present: true };
  const last4 = credential?.key?.last4;
  return { present: credential?.key !== undefined, ...(last4 && { last4 }) };
}
