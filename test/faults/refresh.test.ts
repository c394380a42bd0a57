import { type Cell, type Column, describeColumn, signInWithCode } from './matrix';
import { answer, changed, oauthError } from './faults';
import { OAUTH, ON_THE_WAY, onTheWay } from './sentences';

const HOUR = 3_600_000;
/** What Aliyun's web application firewall answers, cut short. */
const WHY = '很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。';
const PAGE = `<!doctypehtml><html lang="zh-cn"><title>405</title><body>${WHY}`;
const BLOCKED = `405 · ${WHY}`;

/** What is no refusal ends no sign-in: it is kept, and renewed as soon as that can be. */
const kept = (reads: string): Cell => ({ state: 'expired, offline', reads, stored: 'offline', asked: 'refresh' });
const renewed: Cell = { state: 'signedIn', reads: 'nothing', stored: 'verified, renewed', asked: 'refresh chat' };
const ended: Cell = {
  state: 'expired, ended',
  reads: 'Your sign-in at SERVER has ended. [Sign in again]',
  stored: 'ended',
  asked: 'refresh',
};

const COLUMN: Column = {
  endpoint: 'refresh',
  before: async (bench) => {
    await signInWithCode(bench);
    bench.clock.advance(7 * HOUR);
  },
  act: ({ session }) => session.testConnection(),
};

describeColumn(
  'refresh of an access token',
  COLUMN,
  {
    ...onTheWay(kept),
    invalid_request: ended,
    'invalid_client with 401': ended,
    invalid_grant: ended,
    unauthorized_client: ended,
    unsupported_grant_type: ended,
    invalid_scope: ended,
    access_denied: ended,
    expired_token: ended,
    authorization_pending: kept(OAUTH.refused('authorization_pending')),
    slow_down: kept(OAUTH.refused('it gets too many requests right now')),
    'slow_down with 429': kept(OAUTH.refused('it gets too many requests right now')),
    server_error: kept(OAUTH.refused('it has a problem of its own right now')),
    temporarily_unavailable: kept(OAUTH.refused('it is too busy right now')),
    '401': ended,
    '403': kept(OAUTH.forbidden(403)),
    '404': kept(OAUTH.noAddress),
    '429': kept(OAUTH.busy),
    '429 with Retry-After': kept(OAUTH.busyFor7),
    '500': kept(ON_THE_WAY.outage(500)),
    '503': kept(ON_THE_WAY.outage(503)),
    'a page with 200': kept(OAUTH.odd),
    'an empty body': kept(OAUTH.odd),
    'JSON that breaks off': kept(OAUTH.odd),
    'JSON that is no object': kept(OAUTH.odd),
    'a body of 10 MiB': kept(OAUTH.tooLarge),
    'a decompression bomb': kept(OAUTH.tooLarge),
    'a redirect to another host': kept(OAUTH.redirected),
    'a redirect that makes a GET': kept(OAUTH.redirected),
    'another content type': renewed,
  },
  [
    [
      'words without an end',
      answer('403 Forbidden', {}, JSON.stringify({ error: 'e', error_description: 'eyJ-'.repeat(200_000) })),
      kept(OAUTH.refused('eyJ-'.repeat(125))),
    ],
    ['an empty 400, as at Glewlwyd', answer('400 Bad Request', {}, ''), ended],
    ['a page of a firewall with 400', answer('400 Bad Request', {}, PAGE), kept(OAUTH.blocked(400, BLOCKED))],
    ['a page of a firewall with 405', answer('405 Method Not Allowed', {}, PAGE), kept(OAUTH.blocked(405, BLOCKED))],
    ['expires_in of zero', changed({ expires_in: 0 }), renewed],
    ['a huge expires_in', changed({ expires_in: 1e300 }), renewed],
    ['no expires_in', changed({ expires_in: undefined }), renewed],
    ['no refresh token', changed({ refresh_token: undefined }), renewed],
    ['no access token', changed({ access_token: undefined }), kept(OAUTH.odd)],
    ['a token that no header can hold', changed({ access_token: 'a\r\nX-Evil: 1' }), kept(OAUTH.odd)],
    ['tokens of another type', changed({ token_type: 'mac' }), kept(OAUTH.otherType)],
    [
      'an error beside its tokens',
      changed({ error: 'invalid_request' }),
      kept(OAUTH.refused('it did not understand the request')),
    ],
    ['a resource_url that is not on https', changed({ resource_url: 'http://evil.example.com' }), renewed],
  ],
);

describeColumn(
  'second refresh of an access token',
  {
    ...COLUMN,
    before: async (bench) => {
      await COLUMN.before?.(bench);
      await bench.session.testConnection();
      bench.clock.advance(7 * HOUR);
    },
  },
  undefined,
  [
    // The server revokes a sign-in whose rotated refresh token comes back: the newest one alone is shown.
    ['a rotation of the refresh token', changed({}), renewed],
    ['a refresh token that came back after its rotation', oauthError('invalid_grant'), ended],
  ],
);
