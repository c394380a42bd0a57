import { describeColumn, signInWithCode } from './matrix';
import { changed } from './faults';
import { OAUTH, ON_THE_WAY, onTheWay } from './sentences';

const ONCE = 'discovery';
const BOTH = 'discovery discovery';
const failed = (reads: string, asked: string) => ({ state: 'failed', reads, stored: 'nothing', asked });
const noDocument = failed(
  'SERVER has no discovery document, so it is not an authorization server that can be used. Check the address. [Open settings]',
  BOTH,
);

describeColumn(
  'discovery of an authorization server',
  { endpoint: 'discovery', times: 2, act: signInWithCode },
  {
    ...onTheWay((reads) => failed(reads, ONCE)),
    invalid_request: noDocument,
    'invalid_client with 401': noDocument,
    invalid_grant: noDocument,
    unauthorized_client: noDocument,
    unsupported_grant_type: noDocument,
    invalid_scope: noDocument,
    access_denied: noDocument,
    expired_token: noDocument,
    authorization_pending: noDocument,
    slow_down: noDocument,
    'slow_down with 429': failed(OAUTH.busySaying('slow_down'), ONCE),
    server_error: noDocument,
    temporarily_unavailable: noDocument,
    '401': noDocument,
    '403': noDocument,
    '404': noDocument,
    '429': failed(OAUTH.busy, ONCE),
    '429 with Retry-After': failed(OAUTH.busyFor7, ONCE),
    '500': failed(ON_THE_WAY.outage(500), BOTH),
    '503': failed(ON_THE_WAY.outage(503), BOTH),
    'a page with 200': failed(OAUTH.odd, BOTH),
    'an empty body': failed(OAUTH.odd, BOTH),
    'JSON that breaks off': failed(OAUTH.odd, BOTH),
    'JSON that is no object': failed(OAUTH.odd, BOTH),
    'a body of 10 MiB': failed(OAUTH.tooLarge, BOTH),
    'a decompression bomb': failed(OAUTH.tooLarge, BOTH),
    'a redirect to another host': failed(OAUTH.redirected, BOTH),
    'a redirect that makes a GET': failed(OAUTH.redirected, BOTH),
    'another content type': {
      state: 'signedIn',
      reads: 'nothing',
      stored: 'verified',
      asked: 'discovery device poll models chat',
    },
  },
  [
    [
      'the document of another issuer',
      changed({ issuer: 'https://evil.example.com' }),
      failed(
        'The server at SERVER says that it is evil.example.com. Ask whoever runs it for its issuer. [Open settings]',
        BOTH,
      ),
    ],
    [
      'a token endpoint that is not on https',
      changed({ token_endpoint: 'http://evil.example.com/token' }),
      failed('The server at SERVER names no token endpoint on https. [Open settings]', BOTH),
    ],
  ],
);
