import path from 'node:path';
import type { ChatPorts } from '../core/chat/sdkClient';
import { readConfiguration } from '../core/config/configuration';
import { qwenHome } from '../core/config/qwenHome';
import { createSettings, type Settings } from '../core/config/settings';
import { proxyProblems } from '../core/network/environmentProxy';
import { QwenCredentials } from '../core/credentials/qwenCredentials';
import type { StateStore } from '../core/base/ports';
import { FULL_WINDOWS } from '../core/limits/fullWindows';
import { Limits } from '../core/limits/limits';
import { limitsFolder } from '../core/limits/requestLog';
import { isCountedApi } from '../core/session/countedApi';
import { Session } from '../core/session/session';
import type { Request } from './commandLine';
import { openConsents } from './consents';
import type { CliPorts } from './ports';
import { openStateFile } from './stateFile';

/** A session for one run, and the stores behind it. */
export interface OpenSession {
  readonly session: Session;
  readonly secrets: QwenCredentials;
  readonly consents: StateStore;
  readonly settings: Settings;
  /** The requests that were counted on this computer. */
  readonly limits: Limits;
  /** Ends it, once all that it has learned is in its files. */
  close(): Promise<void>;
}

/** Commands that have nothing to do with a model. */
const WITHOUT_MODEL: ReadonlySet<Request['command']> = new Set(['login', 'logout']);

const NEVER = (): { dispose(): void } => ({ dispose: () => undefined });

/** What requests to models need of what surrounds the process. */
export function chatPorts({ fetch, loadOpenAI, version }: CliPorts): ChatPorts {
  return { fetch, loadOpenAI, userAgent: `QwenAuth/${version}` };
}

/** Reads everything that counts in the folder, which is trusted: the person runs this program there. */
export async function openSession(request: Request, ports: CliPorts): Promise<OpenSession> {
  const { files, clock, environment } = ports;
  const home = qwenHome(ports);
  const secrets = new QwenCredentials(home, { files, clock });
  const folder = limitsFolder(home);
  const [consents, read, state] = await Promise.all([
    openConsents(ports, path.join(home, 'qwen-auth.json'), request.allowWorkspace === undefined),
    readConfiguration({ files, environment, home: ports.home, folder: ports.folder, trusted: true }),
    openStateFile(ports, path.join(folder, 'full.json'), FULL_WINDOWS),
  ]);
  const configuration = {
    ...read,
    variables: { ...read.variables, commandLine: request.given },
    problems: [...read.problems, ...proxyProblems(environment)],
  };
  const settings = createSettings({ get: settingsFrom(request), onDidChange: NEVER });
  const limits = new Limits({
    clock,
    fetch: ports.fetch,
    // A run follows its own requests alone.
    files: { watch: NEVER },
    folder,
    isCounted: (baseUrl) => isCountedApi(session.snapshot, baseUrl),
  });
  const session = new Session({
    clock,
    ...chatPorts({ ...ports, fetch: limits.fetch }),
    // What is not sent as it was meant belongs beside the answer, not into it.
    log: { info: (text) => ports.terminal.err(`${text}\n`) },
    secrets,
    selection: { workspace: consents, global: state },
    settings,
    onDidChangeSettings: NEVER,
    undoMs: 0,
    browser: { open: (url) => ports.openPage(url), copy: async () => undefined },
    configuration: { current: configuration, onDidChange: NEVER },
  });
  // A sign-in that cannot be read is a problem of the snapshot: whoever has a key can go on.
  await session.load().catch(() => undefined);
  if (!WITHOUT_MODEL.has(request.command)) await session.discovery.discoverModel(ports.signal);
  const close = async (): Promise<void> => {
    session.dispose();
    limits.dispose();
    await Promise.all([limits.settled(), state.settled()]);
  };
  return { session, secrets, consents, settings, limits, close };
}

function settingsFrom({ issuer, clientId, api, scopes }: Request): (name: string) => unknown {
  const settings: Readonly<Record<string, unknown>> = {
    'oauth.issuer': issuer,
    'oauth.clientId': clientId,
    'oauth.scopes': scopes,
    endpoints: api === undefined ? {} : { 'qwen-oauth': api },
  };
  return (name) => settings[name];
}
