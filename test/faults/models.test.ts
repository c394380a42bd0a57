import { type Cell, describeColumn } from './matrix';
import { answer, changed } from './faults';
import { MODELS, ON_THE_WAY } from './sentences';

/** What says nothing of the key keeps it, and says so. */
const unverified = (reads: string): Cell => ({
  state: 'signedIn, not verified',
  reads,
  stored: 'unverified',
  asked: 'models',
});
const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: 'models' });
/** A list that is refused or odd does not decide: the chat does. */
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
    invalid_request: signedIn,
    'invalid_client with 401': failed(MODELS.otherKey),
    invalid_grant: signedIn,
    unauthorized_client: signedIn,
    unsupported_grant_type: signedIn,
    invalid_scope: signedIn,
    access_denied: signedIn,
    expired_token: signedIn,
    authorization_pending: signedIn,
    slow_down: signedIn,
    'slow_down with 429': signedIn,
    server_error: signedIn,
    temporarily_unavailable: signedIn,
    '401': failed(MODELS.otherKey),
    '403': signedIn,
    '404': signedIn,
    '429': signedIn,
    '429 with Retry-After': signedIn,
    '500': signedIn,
    '503': signedIn,
    'a page with 200': signedIn,
    'an empty body': signedIn,
    'JSON that breaks off': signedIn,
    'JSON that is no object': signedIn,
    'a body of 10 MiB': signedIn,
    'a decompression bomb': signedIn,
    'a redirect to another host': failed(MODELS.redirected),
    'a redirect that makes a GET': failed(MODELS.redirected),
    'another content type': signedIn,
  },
  [
    ['a list with other things in it', changed({ data: [null, 7, { id: 7 }, { id: 'gpt-4o' }] }), signedIn],
    ['an empty list', changed({ data: [] }), signedIn],
    ['no balance', answer('402 Payment Required', {}, error('Pay')), signedIn],
    ['a refusal in words', answer('403 Forbidden', {}, error('Missing scopes: api.model.read')), signedIn],
  ],
);
