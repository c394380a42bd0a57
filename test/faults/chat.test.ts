import { type Cell, describeColumn, signInWithCode } from './matrix';
import { answer, endless, type FaultName } from './faults';
import { MODELS, ON_THE_WAY, onTheWay } from './sentences';

/** A test that fails says nothing of the sign-in, unless the server minds the key. */
const failed = (reads: string): Cell => ({ state: 'signedIn', reads, stored: 'verified', asked: 'chat' });
const refused = (said?: string): Cell => {
  return { state: 'failed', reads: MODELS.otherKey(said), stored: 'refused', asked: 'chat' };
};
const answered: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified', asked: 'chat' };
const cells: Readonly<Record<FaultName, Cell>> = {
  ...onTheWay(failed, ON_THE_WAY.silent),
  invalid_request: failed(MODELS.refused('invalid_request')),
  'invalid_client with 401': refused('invalid_client'),
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
  '401': refused(),
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
  'another content type': answered,
};
const event = (json: object): string => `data: ${JSON.stringify(json)}\n\n`;

describeColumn(
  'chat completion',
  {
    endpoint: 'chat',
    before: (bench) => bench.signInWithKey('openai'),
    act: ({ session }) => session.testConnection(),
  },
  cells,
  [
    [
      'no balance',
      answer('402 Payment Required', {}, JSON.stringify({ error: { message: 'Pay' } })),
      failed('Your account at SERVER has no balance or quota left (402). It says: Pay. [Switch model]'),
    ],
    [
      'a refusal that echoes the key',
      answer('403 Forbidden', {}, JSON.stringify({ error: { message: `${'x'.repeat(490)}sk-sandbox-openai` } })),
      failed(`SERVER does not allow this with your key (403). It says: ${'x'.repeat(490)}[redacted]. [Try again]`),
    ],
    [
      'words that would hide something',
      answer('403 Forbidden', {}, JSON.stringify({ error: { message: 'No\r\n\u001b[31m\u202eway' } })),
      failed('SERVER does not allow this with your key (403). It says: No [31mway. [Try again]'),
    ],
    [
      'a line of 10 MiB',
      answer('200 OK', {}, `data: "${'x'.repeat(10 * 1024 * 1024)}"\n\n`),
      failed(MODELS.tooLarge(1)),
    ],
    [
      'an event that is no JSON',
      answer('200 OK', {}, 'data: {"choices":\n\n'),
      failed(MODELS.oddly('an event of it is no JSON.')),
    ],
    [
      'an event of another shape',
      answer('200 OK', {}, event({ choices: 7 })),
      failed(MODELS.unusable('it holds no answer')),
    ],
    ['an event without choices', answer('200 OK', {}, event({})), failed(MODELS.oddly('it holds no answer.'))],
    [
      'an error in the stream',
      answer('200 OK', {}, event({ error: { message: 'Overloaded' } })),
      failed(MODELS.overloaded),
    ],
    // It was asked for one sentence: what goes beyond all measure is cut, and is an answer still.
    ['a stream that never ends', endless(event({ choices: [{ delta: { content: 'Hello '.repeat(50) } }] })), answered],
    [
      'a stream that ends without a reason',
      answer('200 OK', {}, event({ choices: [{ delta: { content: 'Hel' } }] })),
      failed(MODELS.unusable('it broke off')),
    ],
  ],
);

/** The API has to mind two access tokens in a row. */
const renewed: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified, renewed', asked: 'chat refresh chat' };

describeColumn(
  'chat completion with an access token',
  { endpoint: 'chat', before: signInWithCode, act: ({ session }) => session.testConnection() },
  { ...cells, 'invalid_client with 401': renewed, '401': renewed },
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
