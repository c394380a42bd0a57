// A local stand-in for everything on the far side of the network: authorization server, sign-in page, model servers.
import { AuthorizationCodes } from './authorizationCodes';
import { authorizationRoutes } from './authorizationServer';
import { defaultBehavior, type Behavior } from './behavior';
import { DeviceAuthorizations } from './deviceAuthorizations';
import { Faults, play } from './faults';
import { close, listen, readRequest, route, type RecordedRequest } from './http';
import { modelRoutes } from './modelServer';
import { openRouterRoutes } from './openRouter';
import { quotaRoutes } from './quotas';
import { recordingRoutes } from './recordings';
import { type ModelService, services } from './services';
import { signInRoutes } from './signInPage';
import { Tokens } from './tokens';

/** How a sandbox differs from the default one. */
export interface SandboxOptions extends Partial<Behavior> {
  /** Any free port unless given. */
  readonly port?: number;
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
  /** The key that takes the place of a service's own one; the same unless given. */
  readonly keyFor?: (key: string) => string;
}

/** A running sandbox, and the hands of the person and of the network in it. */
export interface Sandbox {
  readonly origin: string;
  /** The VS Code settings that make the extension use this sandbox. */
  readonly settings: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** The key of each endpoint in `settings`; local servers need none and are not listed. */
  readonly keys: Readonly<Record<string, string>>;
  /** Every request so far, oldest first, secrets included. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets the requests so far, for who measures what is kept. */
  forgetRequests(): void;
  readonly faults: Faults;
  /** May be changed at any time. */
  readonly behavior: Behavior;
  /** The user codes that wait for a decision, newest last. */
  readonly pendingUserCodes: readonly string[];
  /** Presses Approve; throws when the code does not wait for a decision. */
  approve(userCode: string): void;
  /** Presses Deny; throws when the code does not wait for a decision. */
  deny(userCode: string): void;
  /** Ends every sign-in: no access or refresh token is good any more. */
  revokeAll(): void;
  /** Ends every access token; refresh tokens stay good. */
  expireAccessTokens(): void;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1; rejects when the port is taken. */
export async function startSandbox({
  port = 0,
  now = Date.now,
  keyFor = (key) => key,
  ...changes
}: SandboxOptions = {}): Promise<Sandbox> {
  const keyed = services.map((service) => withKey(service, keyFor));
  const keys = keysOf(keyed);
  const behavior = { ...defaultBehavior, ...changes };
  const devices = new DeviceAuthorizations(behavior, now);
  const codes = new AuthorizationCodes(now);
  const tokens = new Tokens(behavior, now);
  const faults = new Faults();
  const requests: RecordedRequest[] = [];

  const { server, origin } = await listen(port, async (incoming, response) => {
    const request = await readRequest(incoming, response, now());
    requests.push(request);
    const fault = faults.take(request);
    if (fault && (await play(fault, request, response))) return;
    await route(routes, request, response);
  });
  const authorizationServer = { issuer: origin, behavior, devices, codes, tokens };
  const routes = {
    ...authorizationRoutes(authorizationServer),
    ...signInRoutes(authorizationServer),
    ...modelRoutes(keyed, behavior, tokens),
    ...quotaRoutes(behavior, keys),
    ...openRouterRoutes(keys['openrouter'] ?? ''),
    ...recordingRoutes(behavior),
  };

  return {
    origin,
    settings: settingsFor(origin),
    keys,
    requests,
    forgetRequests: () => void requests.splice(0),
    faults,
    behavior,
    get pendingUserCodes() {
      return devices.pendingUserCodes;
    },
    approve: (userCode) => devices.decide(userCode, 'approved'),
    deny: (userCode) => devices.decide(userCode, 'denied'),
    revokeAll: () => tokens.revokeAll(),
    expireAccessTokens: () => tokens.expireAccessTokens(),
    stop: () => close(server),
  };
}

function settingsFor(origin: string): Sandbox['settings'] {
  return {
    'qwen.oauth.issuer': origin,
    'qwen.oauth.clientId': 'qwen-auth-sandbox',
    'qwen.endpoints': Object.fromEntries(
      services.flatMap(({ endpoints, base }) => endpoints.map((endpoint) => [endpoint, origin + base])),
    ),
  };
}

function withKey(service: ModelService, keyFor: (key: string) => string): ModelService {
  const { credential } = service;
  return 'key' in credential ? { ...service, credential: { ...credential, key: keyFor(credential.key) } } : service;
}

function keysOf(keyed: readonly ModelService[]): Sandbox['keys'] {
  return Object.fromEntries(
    keyed.flatMap(({ endpoints, credential }) =>
      'key' in credential ? endpoints.map((endpoint) => [endpoint, credential.key]) : [],
    ),
  );
}
