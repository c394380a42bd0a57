import { type Cell, describeColumn } from './matrix';
import { answer, changed } from './faults';
import { MODELS, ON_THE_WAY } from './sentences';

const KEY = 'sk-sandbox-openai';
/** What says nothing of the key keeps it, and says so. */
const unverified = (reads: string): Cell => ({
  state: 'signedIn, not verified',
  reads,
  stored: 'unverified',
  asked: 'models',
});
const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: 'models' });
const signedIn: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified', asked: 'models chat' };
const error = (message: string): string => JSON.stringify({ error: { message } });

describeColumn(
  'list of models at the sign-in with a key',
  { endpoint: 'models', act: (bench) => bench.signInWithKey('openai') },
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
    'invalid_client with 401': failed(MODELS.otherKey),
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
    '401': failed(MODELS.otherKey),
    '403': failed(MODELS.forbidden(403)),
    // A server without a list of models is asked one model.
    '404': signedIn,
    '429': unverified(MODELS.busy),
    '429 with Retry-After': unverified(MODELS.busyFor7),
    '500': unverified(ON_THE_WAY.outage(500)),
    '503': unverified(ON_THE_WAY.outage(503)),
    'a page with 200': failed(MODELS.odd),
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
    ['a list with other things in it', changed({ data: [null, 7, { id: 7 }, { id: 'gpt-4o' }] }), signedIn],
    ['an empty list', changed({ data: [] }), signedIn],
    [
      'no balance',
      answer('402 Payment Required', {}, error('Pay')),
      unverified('Your account at SERVER has no balance left (402). It says: Pay. [Switch model]'),
    ],
    [
      'a refusal that echoes the key',
      answer('403 Forbidden', {}, error(`${'x'.repeat(490)}${KEY}`)),
      failed(`SERVER does not allow this with your key (403). It says: ${'x'.repeat(490)}[redacted]. [Try again]`),
    ],
    [
      'words that would hide something',
      answer('403 Forbidden', {}, error('No\r\n\u001b[31m\u202eway')),
      failed(`SERVER does not allow this with your key (403). It says: No [31m way. [Try again]`),
    ],
  ],
);
