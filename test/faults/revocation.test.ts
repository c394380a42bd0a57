import { problemOf } from '../../src/core/views/problem';
import { type Cell, describeColumn, signInWithCode, withoutHost } from './matrix';

let read = 'nothing';
/** What is forgotten here is forgotten, whoever could be told. */
const notTold = (reads: string): Cell => ({
  state: 'signedOut',
  reads,
  stored: 'nothing',
  asked: 'discovery revocation',
});
/** Only the status counts (RFC 7009 §2.2). */
const told = notTold('nothing');
const TOO_LARGE = 'SERVER does not answer as an authorization server does: the answer is larger than 1 MiB.';

describeColumn(
  'revocation at the sign-out',
  {
    endpoint: 'revocation',
    before: signInWithCode,
    act: async ({ session, sandbox }) => {
      read = 'nothing';
      session.onDidNotRevoke(({ error }) => {
        read = withoutHost(problemOf(error, { during: 'test' })?.message ?? '', sandbox);
      });
      await session.signOut(['qwen-oauth']);
      await session.finishSignOuts();
    },
    reads: () => read,
  },
  {
    'a host that is not found': notTold('SERVER was not found.'),
    'a port where nobody listens': notTold('Nothing answers at SERVER.'),
    'a reset of the connection at once': notTold('SERVER ended the connection before it had answered.'),
    'a reset before the headers': notTold('SERVER ended the connection before it had answered.'),
    'a reset behind the headers': notTold('SERVER ended the connection before it had answered.'),
    'a reset within the body': notTold('SERVER ended the connection before it had answered.'),
    'an end within the body': notTold('SERVER ended the connection before it had answered.'),
    'no answer at all': notTold('SERVER took too long to answer.'),
    'a body that stands still': notTold('SERVER took too long to answer.'),
    invalid_request: notTold('SERVER did not accept the request (400).'),
    'invalid_client with 401': notTold('SERVER does not allow this (401).'),
    invalid_grant: notTold('SERVER did not accept the request (400).'),
    unauthorized_client: notTold('SERVER did not accept the request (400).'),
    unsupported_grant_type: notTold('SERVER did not accept the request (400).'),
    invalid_scope: notTold('SERVER did not accept the request (400).'),
    access_denied: notTold('SERVER does not allow this (400).'),
    expired_token: notTold('SERVER did not accept the request (400).'),
    authorization_pending: notTold('SERVER did not accept the request (400).'),
    slow_down: notTold('SERVER did not accept the request (400).'),
    'slow_down with 429': notTold('SERVER gets too many requests right now (429).'),
    server_error: notTold('SERVER did not accept the request (400).'),
    temporarily_unavailable: notTold('SERVER did not accept the request (400).'),
    '401': notTold('SERVER does not allow this (401).'),
    '403': notTold('SERVER does not allow this (403).'),
    '404': notTold('SERVER has no such address (404).'),
    '429': notTold('SERVER gets too many requests right now (429).'),
    '429 with Retry-After': notTold('SERVER gets too many requests right now (429).'),
    '500': notTold('SERVER has a problem of its own right now (500).'),
    '503': notTold('SERVER has a problem of its own right now (503).'),
    'a page with 200': told,
    'an empty body': told,
    'JSON that breaks off': told,
    'JSON that is no object': told,
    'a body of 10 MiB': notTold(TOO_LARGE),
    'a decompression bomb': notTold(TOO_LARGE),
    'a redirect to another host': notTold(
      'SERVER sends requests on to another address, which your sign-in is not meant for.',
    ),
    'a redirect that makes a GET': notTold(
      'SERVER sends requests on to another address, which your sign-in is not meant for.',
    ),
    'another content type': told,
  },
);
