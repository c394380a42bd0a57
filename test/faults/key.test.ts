import { type Cell, describeColumn } from './matrix';
import { answer, changed } from './faults';
import { signInByRedirect } from './redirection';
import { KEY_PROVIDER, OAUTH, ON_THE_WAY, onTheWay } from './sentences';

const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: 'key' });
const signedIn: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified', asked: 'key models chat' };
/** The provider does not speak OAuth here: what RFC 6749 calls an error is but its words. */
const refused = (text: string) => failed(KEY_PROVIDER.refused(400, text));

describeColumn(
  "exchange of a provider's code for a key",
  { endpoint: 'key', act: (bench) => signInByRedirect(bench, { method: 'api-key', provider: 'openrouter' }) },
  {
    ...onTheWay(failed),
    invalid_request: refused('invalid_request'),
    'invalid_client with 401': failed(KEY_PROVIDER.refused(401, 'invalid_client')),
    invalid_grant: refused('invalid_grant'),
    unauthorized_client: refused('unauthorized_client'),
    unsupported_grant_type: refused('unsupported_grant_type'),
    invalid_scope: refused('invalid_scope'),
    access_denied: refused('access_denied'),
    expired_token: refused('expired_token'),
    authorization_pending: refused('authorization_pending'),
    slow_down: refused('slow_down'),
    'slow_down with 429': failed(OAUTH.busySaying('slow_down')),
    server_error: refused('server_error'),
    temporarily_unavailable: refused('temporarily_unavailable'),
    '401': failed(KEY_PROVIDER.silent(401)),
    '403': failed(KEY_PROVIDER.silent(403)),
    '404': failed(KEY_PROVIDER.noKeys(404)),
    '429': failed(OAUTH.busy),
    '429 with Retry-After': failed(OAUTH.busyFor7),
    '500': failed(ON_THE_WAY.outage(500)),
    '503': failed(ON_THE_WAY.outage(503)),
    'a page with 200': failed(KEY_PROVIDER.odd),
    'an empty body': failed(KEY_PROVIDER.odd),
    'JSON that breaks off': failed(KEY_PROVIDER.odd),
    'JSON that is no object': failed(KEY_PROVIDER.odd),
    'a body of 10 MiB': failed(KEY_PROVIDER.tooLarge),
    'a decompression bomb': failed(KEY_PROVIDER.tooLarge),
    'a redirect to another host': failed(OAUTH.redirected),
    'a redirect that makes a GET': failed(OAUTH.redirected),
    'another content type': signedIn,
  },
  [
    ['no key', changed({ key: undefined }), failed(KEY_PROVIDER.odd)],
    ['an empty key', changed({ key: '' }), failed(KEY_PROVIDER.odd)],
    ['a key that is no text', changed({ key: { value: 'sk-or-sandbox' } }), failed(KEY_PROVIDER.odd)],
    ['a key with spaces', changed({ key: 'sk-or- sandbox' }), failed(KEY_PROVIDER.odd)],
    ['a key that no header can hold', changed({ key: 'sk-or-a\r\nX-Evil: 1' }), failed(KEY_PROVIDER.odd)],
    ['a key without an end', changed({ key: 'sk-or-'.repeat(100_000) }), failed(KEY_PROVIDER.odd)],
    [
      'a key that its API refuses',
      changed({ key: 'sk-or-unknown' }),
      { ...failed(KEY_PROVIDER.ownKey), asked: 'key models chat' },
    ],
    [
      'a code that is refused',
      answer('403 Forbidden', {}, JSON.stringify({ error: { code: 403, message: 'Invalid code or code_verifier' } })),
      failed(KEY_PROVIDER.refused(403, 'Invalid code or code_verifier')),
    ],
    ['405', answer('405 Method Not Allowed', {}), failed(KEY_PROVIDER.noKeys(405))],
  ],
);
