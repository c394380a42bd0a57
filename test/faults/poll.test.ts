import { type Cell, describeColumn, signInWithCode } from './matrix';
import { answer, changed } from './faults';
import { OAUTH } from './sentences';

const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: 'discovery device poll' });
/** What does not end the waiting is not shown: the next poll brings the tokens (RFC 8628 §3.5). */
const waitedOut: Cell = {
  state: 'signedIn',
  reads: 'nothing',
  stored: 'verified',
  asked: 'discovery device poll poll models chat',
};
const signedIn: Cell = { ...waitedOut, asked: 'discovery device poll models chat' };
const odd = (what: string): Cell => failed(OAUTH.odd.replace('server does.', `server does: ${what}.`));

describeColumn(
  'poll for the tokens of a code',
  { endpoint: 'poll', act: signInWithCode },
  {
    'a host that is not found': waitedOut,
    'a port where nobody listens': waitedOut,
    'a reset of the connection at once': waitedOut,
    'a reset before the headers': waitedOut,
    'a reset behind the headers': waitedOut,
    'a reset within the body': waitedOut,
    'an end within the body': waitedOut,
    'no answer at all': waitedOut,
    'a body that stands still': waitedOut,
    invalid_request: failed(OAUTH.refused('it did not understand the request')),
    'invalid_client with 401': failed(OAUTH.unknownClient),
    invalid_grant: failed(OAUTH.refused('what it was shown is not valid any more')),
    unauthorized_client: failed(OAUTH.unknownClient),
    unsupported_grant_type: failed(OAUTH.refused('it does not offer this way to sign in')),
    invalid_scope: failed(OAUTH.scopes),
    access_denied: failed(OAUTH.declined),
    expired_token: failed(OAUTH.expired),
    authorization_pending: waitedOut,
    slow_down: waitedOut,
    'slow_down with 429': waitedOut,
    server_error: waitedOut,
    temporarily_unavailable: waitedOut,
    '401': failed(OAUTH.forbidden(401)),
    '403': waitedOut,
    '404': failed(OAUTH.noAddress),
    '429': waitedOut,
    '429 with Retry-After': waitedOut,
    '500': waitedOut,
    '503': waitedOut,
    'a page with 200': waitedOut,
    'an empty body': waitedOut,
    'JSON that breaks off': waitedOut,
    'JSON that is no object': waitedOut,
    'a body of 10 MiB': waitedOut,
    'a decompression bomb': waitedOut,
    'a redirect to another host': failed(OAUTH.redirected),
    'a redirect that makes a GET': failed(OAUTH.redirected),
    'another content type': signedIn,
  },
  [
    ['expires_in of zero', changed({ expires_in: 0 }), signedIn],
    ['a huge expires_in', changed({ expires_in: 1e300 }), signedIn],
    ['no expires_in', changed({ expires_in: undefined }), signedIn],
    ['no refresh token', changed({ refresh_token: undefined }), signedIn],
    ['a status of pending with 200', answer('200 OK', {}, '{"status":"pending"}'), waitedOut],
    ['an error beside its tokens', changed({ error: 'access_denied' }), failed(OAUTH.declined)],
    [
      'no resource_url',
      changed({ resource_url: undefined }),
      {
        ...failed(
          'SERVER does not say which API its sign-in is for. ' +
            'Name the base URL of the API in qwen.endpoints, as "qwen-oauth". [Open settings]',
        ),
        asked: 'discovery device poll revocation',
      },
    ],
    [
      'a resource_url that is not on https',
      changed({ resource_url: 'http://evil.example.com' }),
      { ...odd('its sign-in names an API address that is not on https'), asked: 'discovery device poll revocation' },
    ],
  ],
);
