import { describeColumn, signInWithCode } from './matrix';
import { changed } from './faults';
import { OAUTH, ON_THE_WAY, onTheWay } from './sentences';

const failed = (reads: string) => ({ state: 'failed', reads, stored: 'nothing', asked: 'discovery device' });
const signedIn = {
  state: 'signedIn',
  reads: 'nothing',
  stored: 'verified',
  asked: 'discovery device poll models chat',
};
const odd = (what: string) => failed(OAUTH.odd.replace('server does.', `server does: ${what}.`));

describeColumn(
  'device authorization request',
  { endpoint: 'device', act: signInWithCode },
  {
    ...onTheWay(failed),
    invalid_request: failed(OAUTH.refused('it did not understand the request')),
    'invalid_client with 401': failed(OAUTH.unknownClient),
    invalid_grant: failed(OAUTH.refused('what it was shown is not valid any more')),
    unauthorized_client: failed(OAUTH.unknownClient),
    unsupported_grant_type: failed(OAUTH.refused('it does not offer this way to sign in')),
    // Asked again with fewer of them, the server has no objection.
    invalid_scope: { ...signedIn, asked: 'discovery device device poll models chat' },
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
    ['no interval', changed({ interval: undefined }), signedIn],
    ['an interval of zero', changed({ interval: 0 }), signedIn],
    ['no expires_in', changed({ expires_in: undefined }), signedIn],
    ['expires_in of zero', changed({ expires_in: 0 }), signedIn],
    ['a huge expires_in', changed({ expires_in: 1e300 }), signedIn],
    ['no device code', changed({ device_code: undefined }), failed(OAUTH.odd)],
    ['no user code', changed({ user_code: undefined }), failed(OAUTH.odd)],
    ['a user code with a line break', changed({ user_code: 'AB\nCD' }), odd('its code cannot be typed')],
    ['no page', changed({ verification_uri: undefined, verification_uri_complete: undefined }), failed(OAUTH.odd)],
    ['the full page alone', changed({ verification_uri: undefined }), signedIn],
    [
      'a page that runs a command',
      changed({ verification_uri: 'command:x' }),
      odd('its sign-in page is not on https, or no address to be opened'),
    ],
    [
      'a full page that is a file',
      changed({ verification_uri_complete: 'file:///etc/passwd' }),
      odd('its sign-in page is not on https, or no address to be opened'),
    ],
  ],
);
