// The certified `oidc-provider`, as a stranger's authorization server: what works with it works by the standard. It is
// as strict as the strictest: it names no API, knows no scope of Qwen's, insists on a nonce, compares redirect URIs
// letter by letter, and ends a sign-in whose rotated refresh token comes back.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Public client of every provider started here. */
export const oidcClientId = 'qwen-auth-test';

/** How the provider differs from the default one. */
interface OidcProviderOptions {
  /** Any free port unless given. */
  readonly port?: number;
  /** Life of an access token in seconds. */
  readonly accessTokenLife?: number;
  /** Life of a device code in seconds. */
  readonly deviceCodeLife?: number;
  /** Where the code flow may return to, letter by letter. */
  readonly redirectUris?: readonly string[];
  /** The scopes that the client may ask for; all that the server has unless given. */
  readonly allowedScopes?: readonly string[];
}

/** What the server advertises. */
const oidcScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** A running provider, and the person in front of its pages. */
export interface OidcProvider {
  readonly issuer: string;
  /** Signs in and consents on the provider's own pages; throws when that does not end in success. */
  approveDevice(userCode: string): Promise<void>;
  /** Signs in and consents at an authorization endpoint's URL; gives the redirect that goes back to the client. */
  approveAuthorization(url: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the provider on 127.0.0.1 with one public client, rotation of refresh tokens, and revocation. */
export async function startOidcProvider(options: OidcProviderOptions = {}): Promise<OidcProvider> {
  const speakUp = silence('oidc-provider ');
  // A dynamic import: the package is an ES module, and only those who call this pay for loading it.
  const { Provider } = await import('oidc-provider');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The provider listens on TCP only.');
  const issuer = `http://127.0.0.1:${address.port}`;

  const redirectUris = options.redirectUris ?? ['vscode://qwen-auth.qwen-auth/callback'];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oidcClientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        redirect_uris: [...redirectUris],
        id_token_signed_response_alg: 'ES256',
        scope: (options.allowedScopes ?? oidcScopes).join(' '),
      },
    ],
    scopes: [...oidcScopes],
    features: { deviceFlow: { enabled: true }, revocation: { enabled: true } },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: options.accessTokenLife ?? 3600,
      AuthorizationCode: 60,
      DeviceCode: options.deviceCodeLife ?? 600,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
    cookies: { keys: ['only for tests'] },
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: 'Test Person', email: 'person@example.com' }),
    }),
  });
  const handle = provider.callback();
  const cookies = new Map<string, string>();
  const refuse = strictness(issuer, new Set(redirectUris));
  server.on('request', (incoming, response) => {
    if (!refuse(incoming, response)) void handle(incoming, response);
  });

  return {
    issuer,
    async approveDevice(userCode) {
      const end = await browse(cookies, issuer, `${issuer}/device?user_code=${encodeURIComponent(userCode)}`);
      const isSuccess = 'page' in end && /sign-in success/i.test(end.page);
      if (!isSuccess) throw new Error(`Not approved: ${JSON.stringify(end)}`);
    },
    async approveAuthorization(url) {
      const end = await browse(cookies, issuer, url);
      if (!('left' in end)) throw new Error(`No redirect to the client: ${end.page}`);
      return end.left;
    },
    async stop() {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      speakUp();
    },
  };
}

/** Refuses what the standard allows and strict servers do not; true where it has answered. */
function strictness(
  issuer: string,
  redirectUris: ReadonlySet<string>,
): (incoming: IncomingMessage, response: ServerResponse) => boolean {
  return ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    if (pathname !== '/auth') return false;
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    if (!redirectUris.has(redirectUri)) {
      response.writeHead(400, { 'Content-Type': 'text/html' }).end('<h1>redirect_uri is not registered</h1>');
      return true;
    }
    const scopes = searchParams.get('scope')?.split(' ') ?? [];
    const isUnknown = scopes.some((scope) => !oidcScopes.includes(scope));
    const isWithoutNonce = scopes.includes('openid') && !searchParams.has('nonce');
    if (!isUnknown && !isWithoutNonce) return false;
    const error = isUnknown ? 'invalid_scope' : 'invalid_request';
    const back = new URLSearchParams({ error, iss: issuer, state: searchParams.get('state') ?? '' });
    response.writeHead(303, { Location: `${redirectUri}?${back.toString()}` }).end();
    return true;
  };
}

/** Keeps one speaker off the console: advice for production is no news in a test. Gives back what undoes it. */
function silence(prefix: string): () => void {
  const { info, warn } = console;
  const unless =
    (log: typeof info) =>
    (text: unknown, ...more: unknown[]) => {
      if (!String(text).startsWith(prefix)) log(text, ...more);
    };
  Object.assign(console, { info: unless(info), warn: unless(warn) });
  return () => void Object.assign(console, { info, warn });
}

/** Where a walk through the pages ended: on a page without a form, or on the way to another server. */
type End = { readonly page: string } | { readonly left: string };

/** Walks as a person who fills in every form would, with cookies, until nothing is left to do at the issuer. */
async function browse(cookies: Map<string, string>, issuer: string, start: string): Promise<End> {
  let step: Step = { url: start };
  for (let count = 0; count < 20; count += 1) {
    const response = await fetch(step.url, {
      ...(step.form ? { method: 'POST', body: step.form } : {}),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    keepCookies(cookies, response);
    const location = response.headers.get('location');
    const page = location === null ? await response.text() : '';
    const next = location === null ? formIn(page, step.url) : { url: new URL(location, step.url).href };
    if (!next) return { page };
    if (location !== null && new URL(next.url).origin !== issuer) return { left: location };
    step = next;
  }
  throw new Error('The pages of the provider go round in circles.');
}

interface Step {
  readonly url: string;
  readonly form?: URLSearchParams;
}

function keepCookies(cookies: Map<string, string>, response: Response) {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The page's first form as this person fills it in. */
function formIn(page: string, url: string): Step | undefined {
  const [, attributes = '', content = ''] = /<form([^>]*)>(.*?)<\/form>/s.exec(page) ?? [];
  const action = attribute(attributes, 'action');
  if (action === undefined) return undefined;
  const form = new URLSearchParams();
  for (const [input] of content.matchAll(/<input[^>]*>/g)) {
    form.append(attribute(input, 'name') ?? '', attribute(input, 'value') ?? 'test-person');
  }
  return { url: new URL(action, url).href, form };
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
}
