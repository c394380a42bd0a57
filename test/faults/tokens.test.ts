import { type Cell, describeColumn, signInWithCode } from './matrix';
import { answer } from './faults';
import { MODELS, ON_THE_WAY } from './sentences';

/** A test that fails says nothing of the sign-in, unless the API minds two access tokens in a row. */
const failed = (reads: string): Cell => ({ state: 'signedIn', reads, stored: 'verified', asked: 'chat' });
const renewed: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified, renewed', asked: 'chat refresh chat' };

describeColumn(
  'chat completion with an access token',
  { endpoint: 'chat', before: signInWithCode, act: ({ session }) => session.testConnection() },
  {
    'a host that is not found': failed(ON_THE_WAY.notFound),
    'a port where nobody listens': failed(ON_THE_WAY.nobody),
    'a reset of the connection at once': failed(ON_THE_WAY.broken),
    'a reset before the headers': failed(ON_THE_WAY.broken),
    'a reset behind the headers': failed(ON_THE_WAY.broken),
    'a reset within the body': failed(ON_THE_WAY.broken),
    'an end within the body': failed(ON_THE_WAY.broken),
    'no answer at all': failed(ON_THE_WAY.silent),
    'a body that stands still': failed(ON_THE_WAY.silent),
    invalid_request: failed(MODELS.refused('invalid_request')),
    'invalid_client with 401': renewed,
    invalid_grant: failed(MODELS.refused('invalid_grant')),
    unauthorized_client: failed(MODELS.refused('unauthorized_client')),
    unsupported_grant_type: failed(MODELS.refused('unsupported_grant_type')),
    invalid_scope: failed(MODELS.refused('invalid_scope')),
    access_denied: failed(MODELS.notAllowed('access_denied')),
    expired_token: failed(MODELS.refused('expired_token')),
    authorization_pending: failed(MODELS.refused('authorization_pending')),
    slow_down: failed(MODELS.refused('slow_down')),
    'slow_down with 429': failed(MODELS.busySaying('slow_down')),
    server_error: failed(MODELS.refused('server_error')),
    temporarily_unavailable: failed(MODELS.refused('temporarily_unavailable')),
    '401': renewed,
    '403': failed(MODELS.forbidden(403)),
    '404': failed(MODELS.noAddress),
    '429': failed(MODELS.busy),
    '429 with Retry-After': failed(MODELS.busyFor7),
    '500': failed(ON_THE_WAY.outage(500)),
    '503': failed(ON_THE_WAY.outage(503)),
    'a page with 200': failed(MODELS.oddly('Are you a human?')),
    'an empty body': failed(MODELS.oddly('the answer is empty.')),
    'JSON that breaks off': failed(MODELS.oddly('the answer broke off.')),
    'JSON that is no object': failed(MODELS.oddly('access_token.')),
    'a body of 10 MiB': failed(MODELS.tooLarge(1)),
    'a decompression bomb': failed(MODELS.tooLarge(1)),
    'a redirect to another host': failed(MODELS.redirected),
    'a redirect that makes a GET': failed(MODELS.redirected),
    'another content type': { ...renewed, stored: 'verified', asked: 'chat' },
  },
  [
    [
      '401 to two tokens in a row',
      answer('401 Unauthorized', {}),
      {
        state: 'failed',
        reads: 'SERVER refuses requests signed with your sign-in (401). [Sign in again]',
        stored: 'refused, renewed',
        asked: 'chat refresh chat',
      },
      2,
    ],
  ],
);
