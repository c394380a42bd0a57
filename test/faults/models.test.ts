import { type Cell, describeColumn, signInWithCode } from './matrix';
import { answer, changed, type FaultName } from './faults';
import { MODELS, onTheWay } from './sentences';

const PAGE = '<!doctype html><title>Blocked</title>';
const error = (message: string): string => JSON.stringify({ error: { message } });

/** What becomes of a sign-in whose list of models is asked for. */
interface Outcomes {
  /** What says nothing of the key keeps it, and says so. */
  readonly unverified: (reads: string) => Cell;
  /** A list that is refused or odd does not decide: the chat does. */
  readonly signedIn: Cell;
  /** The key or the access token is refused. */
  readonly refused: (said?: string) => Cell;
  readonly redirected: Cell;
}

const cells = ({ unverified, signedIn, refused, redirected }: Outcomes): Readonly<Record<FaultName, Cell>> => ({
  ...onTheWay(unverified),
  invalid_request: signedIn,
  'invalid_client with 401': refused('invalid_client'),
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
  '401': refused(),
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
  'a redirect to another host': redirected,
  'a redirect that makes a GET': redirected,
  'another content type': signedIn,
});

const failed = (reads: string, asked: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked });
const unverified =
  (asked: string) =>
  (reads: string): Cell => ({ state: 'signedIn, not verified', reads, stored: 'unverified', asked });
const signedIn: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified', asked: 'models chat' };

describeColumn(
  'list of models at the sign-in with a key',
  { endpoint: 'models', act: (bench) => bench.signInWithKey('openai') },
  cells({
    unverified: unverified('models'),
    signedIn,
    refused: (said) => failed(MODELS.otherKey(said), 'models'),
    redirected: failed(MODELS.redirected, 'models'),
  }),
  [
    ['a list with other things in it', changed({ data: [null, 7, { id: 7 }, { id: 'gpt-4o' }] }), signedIn],
    ['an empty list', changed({ data: [] }), signedIn],
    ['no balance', answer('402 Payment Required', {}, error('Pay')), signedIn],
    ['a refusal in words', answer('403 Forbidden', {}, error('Missing scopes: api.model.read')), signedIn],
  ],
);

/** The person did their part, and the tokens are there: they are kept unless the API minds them. */
const CODE = 'discovery device poll models';
const signedInWithCode: Cell = { ...signedIn, asked: `${CODE} chat` };

describeColumn(
  'list of models at the sign-in with a code',
  { endpoint: 'models', act: signInWithCode },
  cells({
    unverified: unverified(CODE),
    signedIn: signedInWithCode,
    refused: () =>
      failed('SERVER refuses requests signed with your sign-in (401). [Sign in again]', `${CODE} revocation`),
    redirected: failed(MODELS.redirected, `${CODE} revocation`),
  }),
  [
    ['a page of a firewall with 403', answer('403 Forbidden', {}, PAGE), signedInWithCode],
    ['a page of a firewall with 405', answer('405 Method Not Allowed', {}, PAGE), signedInWithCode],
  ],
);
