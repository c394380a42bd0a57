import path from 'node:path';
import type { ChatPorts } from '../core/chat/sdkClient';
import { readConfiguration } from '../core/config/configuration';
import { qwenHome } from '../core/config/qwenHome';
import { createSettings } from '../core/config/settings';
import { proxyProblems } from '../core/network/environmentProxy';
import { QwenCredentials } from '../core/credentials/qwenCredentials';
import type { StateStore } from '../core/base/ports';
import { Session } from '../core/session/session';
import type { Request } from './commandLine';
import { openConsents } from './consents';
import type { CliPorts } from './ports';

/** A session for one run, and the stores behind it. */
export interface OpenSession {
  readonly session: Session;
  readonly secrets: QwenCredentials;
  readonly consents: StateStore;
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
  const consents = await openConsents(files, path.join(home, 'qwen-auth.json'), request.allowWorkspace === undefined);
  const read = await readConfiguration({ files, environment, home: ports.home, folder: ports.folder, trusted: true });
  const configuration = {
    ...read,
    variables: { ...read.variables, commandLine: request.given },
    problems: [...read.problems, ...proxyProblems(environment)],
  };
  const session = new Session({
    clock,
    ...chatPorts(ports),
    // What is not sent as it was meant belongs beside the answer, not into it.
    log: { info: (text) => ports.terminal.err(`${text}\n`) },
    secrets,
    selection: { workspace: consents, global: inMemory() },
    settings: createSettings({ get: settingsFrom(request), onDidChange: NEVER }),
    onDidChangeSettings: NEVER,
    undoMs: 0,
    browser: { open: (url) => ports.openPage(url), copy: async () => undefined },
    configuration: { current: configuration, onDidChange: NEVER },
  });
  // A sign-in that cannot be read is a problem of the snapshot: whoever has a key can go on.
  await session.load().catch(() => undefined);
  if (!WITHOUT_MODEL.has(request.command)) await session.discoverModel(ports.signal);
  return { session, secrets, consents };
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

function inMemory(): StateStore {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: async (key, value) => void values.set(key, value) };
}
