import { type Cell, describeColumn, signInWithCode } from './matrix';
import { answer } from './faults';
import { MODELS, OAUTH, ON_THE_WAY } from './sentences';

const PAGE = '<!doctype html><title>Blocked</title>';
const ASKED = 'discovery device poll models';
/** The person did their part, and the tokens are there: they are kept unless the API minds them. */
const unverified = (reads: string): Cell => ({
  state: 'signedIn, not verified',
  reads,
  stored: 'unverified',
  asked: ASKED,
});
const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: `${ASKED} revocation` });
const signedIn: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified', asked: `${ASKED} chat` };
const refused = failed('SERVER refuses requests signed with your sign-in (401). [Sign in again]');

describeColumn(
  'list of models at the sign-in with a code',
  { endpoint: 'models', act: signInWithCode },
  {
    'a host that is not found': unverified(ON_THE_WAY.notFound),
    'a port where nobody listens': unverified(ON_THE_WAY.nobody),
    'a reset of the connection at once': unverified(ON_THE_WAY.broken),
    'a reset before the headers': unverified(ON_THE_WAY.broken),
    'a reset behind the headers': unverified(ON_THE_WAY.broken),
    'a reset within the body': unverified(ON_THE_WAY.broken),
    'an end within the body': unverified(ON_THE_WAY.broken),
    'no answer at all': unverified(ON_THE_WAY.late),
    'a body that stands still': unverified(ON_THE_WAY.late),
    invalid_request: failed(MODELS.refused('invalid_request')),
    'invalid_client with 401': refused,
    invalid_grant: failed(MODELS.refused('invalid_grant')),
    unauthorized_client: failed(MODELS.refused('unauthorized_client')),
    unsupported_grant_type: failed(MODELS.refused('unsupported_grant_type')),
    invalid_scope: failed(MODELS.refused('invalid_scope')),
    access_denied: failed(MODELS.refused('access_denied')),
    expired_token: failed(MODELS.refused('expired_token')),
    authorization_pending: failed(MODELS.refused('authorization_pending')),
    slow_down: failed(MODELS.refused('slow_down')),
    'slow_down with 429': unverified(MODELS.busy),
    server_error: failed(MODELS.refused('server_error')),
    temporarily_unavailable: failed(MODELS.refused('temporarily_unavailable')),
    '401': refused,
    '403': failed(MODELS.forbidden(403)),
    '404': signedIn,
    '429': unverified(MODELS.busy),
    '429 with Retry-After': unverified(MODELS.busyFor7),
    '500': unverified(ON_THE_WAY.outage(500)),
    '503': unverified(ON_THE_WAY.outage(503)),
    'a page with 200': unverified(MODELS.odd),
    'an empty body': failed(MODELS.odd),
    'JSON that breaks off': failed(MODELS.odd),
    'JSON that is no object': failed(MODELS.odd),
    'a body of 10 MiB': failed(MODELS.tooLarge(4)),
    'a decompression bomb': failed(MODELS.tooLarge(4)),
    'a redirect to another host': failed(MODELS.redirected),
    'a redirect that makes a GET': failed(MODELS.redirected),
    'another content type': signedIn,
  },
  [
    ['a page of a firewall with 403', answer('403 Forbidden', {}, PAGE), unverified(OAUTH.blocked(403, 'Blocked'))],
    ['a page of a firewall with 405', answer('405 Method Not Allowed', {}, PAGE), { ...signedIn }],
  ],
);
