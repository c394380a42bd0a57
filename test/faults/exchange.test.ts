import { describeColumn } from './matrix';
import { signInByRedirect } from './redirection';
import { changed } from './faults';
import { OAUTH, ON_THE_WAY, onTheWay } from './sentences';

const failed = (reads: string) => ({ state: 'failed', reads, stored: 'nothing', asked: 'discovery exchange' });
const signedIn = {
  state: 'signedIn',
  reads: 'nothing',
  stored: 'verified',
  asked: 'discovery exchange models chat',
};
const odd = (what: string) => failed(OAUTH.odd.replace('server does.', `server does: ${what}.`));

describeColumn(
  'exchange of an authorization code',
  { endpoint: 'exchange', act: (bench) => signInByRedirect(bench) },
  {
    ...onTheWay(failed),
    invalid_request: failed(OAUTH.refused('it did not understand the request')),
    'invalid_client with 401': failed(OAUTH.unknownClient),
    invalid_grant: failed(OAUTH.refused('what it was shown is not valid any more')),
    unauthorized_client: failed(OAUTH.unknownClient),
    unsupported_grant_type: failed(OAUTH.refused('it does not offer this way to sign in')),
    invalid_scope: failed(OAUTH.scopes),
    access_denied: failed(OAUTH.declined),
    expired_token: failed(OAUTH.expired),
    authorization_pending: failed(OAUTH.refused('authorization_pending')),
    slow_down: failed(OAUTH.refused('it gets too many requests right now')),
    'slow_down with 429': failed(OAUTH.refused('it gets too many requests right now')),
    server_error: failed(OAUTH.refused('it has a problem of its own right now')),
    temporarily_unavailable: failed(OAUTH.refused('it is too busy right now')),
    '401': failed(OAUTH.forbidden(401)),
    '403': failed(OAUTH.forbidden(403)),
    '404': failed(OAUTH.noAddress),
    '429': failed(OAUTH.busy),
    '429 with Retry-After': failed(OAUTH.busyFor7),
    '500': failed(ON_THE_WAY.outage(500)),
    '503': failed(ON_THE_WAY.outage(503)),
    'a page with 200': failed(OAUTH.odd),
    'an empty body': failed(OAUTH.odd),
    'JSON that breaks off': failed(OAUTH.odd),
    'JSON that is no object': failed(OAUTH.odd),
    'a body of 10 MiB': failed(OAUTH.tooLarge),
    'a decompression bomb': failed(OAUTH.tooLarge),
    'a redirect to another host': failed(OAUTH.redirected),
    'a redirect that makes a GET': failed(OAUTH.redirected),
    'another content type': signedIn,
  },
  [
    ['expires_in of zero', changed({ expires_in: 0 }), signedIn],
    ['a huge expires_in', changed({ expires_in: 1e300 }), signedIn],
    ['no expires_in', changed({ expires_in: undefined }), signedIn],
    ['no refresh token', changed({ refresh_token: undefined }), signedIn],
    ['no access token', changed({ access_token: undefined }), failed(OAUTH.odd)],
    ['a token that no header can hold', changed({ access_token: 'a\r\nX-Evil: 1' }), failed(OAUTH.odd)],
    ['tokens of another type', changed({ token_type: 'mac' }), failed(OAUTH.otherType)],
    ['an error beside its tokens', changed({ error: 'access_denied' }), failed(OAUTH.declined)],
    [
      'a resource_url that is not on https',
      changed({ resource_url: 'http://evil.example.com' }),
      { ...odd('its sign-in names an API address that is not on https'), asked: 'discovery exchange revocation' },
    ],
  ],
);
