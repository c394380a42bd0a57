import { emptyConfiguration } from '../../src/core/config/configuration';
import { createSettings, type Settings } from '../../src/core/config/settings';
import { Secret } from '../../src/core/base/secret';
import type { Fetch } from '../../src/core/base/ports';
import type { RedirectPorts } from '../../src/core/signIn/redirects';
import type { SignedIn } from '../../src/core/signIn/signIn';
import type { SignInRequest } from '../../src/core/signIn/signInRequest';
import { Session } from '../../src/core/session/session';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/sandbox';
import { ManualClock } from './manualClock';
import { createMemorySecretStore, type MemorySecretStore } from './memorySecretStore';
import { createMemorySettings, type MemorySettings } from './memorySettings';
import { createMemoryStateStore, type MemoryStateStore } from './memoryStateStore';
import { createRecordingBrowser, type RecordingBrowser } from './recordingBrowser';

/** For how long a sign-out can be undone here, in milliseconds. */
export const UNDO_MS = 30_000;

/** A session on fakes, in front of a real sandbox on the same clock. */
export interface Bench {
  readonly session: Session;
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly secrets: MemorySecretStore;
  readonly workspace: MemoryStateStore;
  readonly global: MemoryStateStore;
  readonly reader: MemorySettings;
  readonly settings: Settings;
  readonly browser: RecordingBrowser;
  /** May be filled at any time. */
  readonly environment: Record<string, string>;
  /** Signs in with a code, as a person who approves it at once. */
  signInWithDevice(request?: Omit<SignInRequest, 'method'>): Promise<SignedIn>;
  /** Signs in with a sandbox key for the endpoint, such as `coding-plan/china`. */
  signInWithKey(endpoint: string, apiKey?: string): Promise<SignedIn>;
  /** Another session over what is kept, which has not read it yet. */
  begin(redirects?: RedirectPorts): Session;
  /** Another session over the same stores, as after a reload. */
  reopen(redirects?: RedirectPorts): Promise<Session>;
  stop(): Promise<void>;
}

/** The platform's `fetch`. */
export const platformFetch: Fetch = (url, init) => fetch(url, init);

/** Opens a session that has read its empty keychain; `wrap` may stand in the way of its requests. */
export async function openBench(
  options: SandboxOptions & {
    readonly wrap?: (send: Fetch, clock: ManualClock) => Fetch;
    readonly redirects?: (clock: ManualClock) => RedirectPorts;
  } = {},
): Promise<Bench> {
  const { wrap = (send: Fetch) => send, redirects, ...behavior } = options;
  const clock = new ManualClock();
  const sandbox = await startSandbox({ now: () => clock.now(), chunkGap: 0, ...behavior });
  const secrets = createMemorySecretStore();
  const workspace = createMemoryStateStore();
  const global = createMemoryStateStore();
  const reader = createMemorySettings(sandbox.settings);
  const settings = createSettings(reader);
  const browser = createRecordingBrowser();
  const environment: Record<string, string> = {};
  const sessions: Session[] = [];
  const begin = (back = redirects?.(clock)): Session => {
    const session = new Session({
      clock,
      fetch: wrap(platformFetch, clock),
      loadOpenAI: () => import('openai'),
      userAgent: 'QwenAuth/test',
      secrets,
      selection: { workspace, global },
      settings,
      onDidChangeSettings: reader.onDidChange,
      browser,
      undoMs: UNDO_MS,
      configuration: { current: emptyConfiguration(environment), onDidChange: () => ({ dispose: () => undefined }) },
      ...(back && { redirects: back }),
    });
    sessions.push(session);
    return session;
  };
  const open = async (back?: RedirectPorts): Promise<Session> => {
    const session = begin(back);
    await session.load();
    return session;
  };
  const session = await open();
  return {
    session,
    sandbox,
    clock,
    secrets,
    workspace,
    global,
    reader,
    settings,
    browser,
    environment,
    signInWithDevice: async (request = {}) => {
      const signingIn = session.signIns.signIn({ method: 'qwen-oauth', ...request });
      const approving = userCodeShown(session).then(() => {
        sandbox.approve(sandbox.pendingUserCodes.at(-1) ?? '');
        return clock.passUntil(signingIn);
      });
      const [signedIn] = await Promise.all([signingIn, approving]);
      return signedIn;
    },
    signInWithKey: (endpoint, apiKey = sandbox.keys[endpoint]) => {
      const [provider = '', region] = endpoint.split('/');
      const method = provider.endsWith('-plan') ? 'coding-plan' : 'api-key';
      return session.signIns.signIn({
        method,
        provider,
        ...(region && { region }),
        ...(apiKey && { apiKey: new Secret(apiKey) }),
      });
    },
    begin,
    reopen: open,
    stop: async () => {
      for (const one of sessions) one.dispose();
      await sandbox.stop();
    },
  };
}

/** Resolves when a code is shown; a clock that somebody sleeps by says nothing of it. */
async function userCodeShown(session: Session): Promise<void> {
  await new Promise<void>((resolve) => {
    const subscription = session.onDidChange(() => {
      const { signInAttempt } = session.snapshot;
      if (signInAttempt.kind !== 'running' || signInAttempt.step?.kind !== 'userCode') return;
      subscription.dispose();
      resolve();
    });
  });
}
