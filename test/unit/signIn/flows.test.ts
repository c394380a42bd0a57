import assert from 'node:assert/strict';

import { type Abilities, flowsFor, type Host } from '../../../src/core/signIn/flows';

const DESKTOP: Host = { ui: 'desktop', remote: false, knownScheme: true, hasNode: true };
const REMOTE: Host = { ...DESKTOP, remote: true };
const FORK: Host = { ...DESKTOP, knownScheme: false };
const WEB: Host = { ui: 'web', remote: true, knownScheme: false, hasNode: true };
const TERMINAL: Host = { ui: 'none', remote: true, knownScheme: false, hasNode: true };

const LOCAL_TERMINAL: Host = { ...TERMINAL, remote: false, knownScheme: true };

const DEVICE: Abilities = { device: true, code: false, redirectUri: undefined };
const CODE: Abilities = { device: false, code: true, redirectUri: undefined };
const BOTH: Abilities = { device: true, code: true, redirectUri: undefined };
const EXACT_LOOPBACK: Abilities = { ...BOTH, redirectUri: 'http://127.0.0.1:8123/callback' };
const EXACT_ELSEWHERE: Abilities = { ...CODE, redirectUri: 'https://login.example.com/done' };

const rows: readonly (readonly [string, Host, readonly (readonly [string, Abilities, string])[]])[] = [
  [
    'a desktop',
    DESKTOP,
    [
      ['device codes alone, as Qwen', DEVICE, 'device key'],
      ['redirects alone, as OpenRouter', CODE, 'loopback uriHandler paste key'],
      ['both', BOTH, 'loopback device uriHandler paste key'],
      ['one loopback address', EXACT_LOOPBACK, 'loopback device paste key'],
      ['one address elsewhere', EXACT_ELSEWHERE, 'paste key'],
    ],
  ],
  [
    // Remote SSH, WSL and containers: the desktop is here, the extension there.
    'an extension host on another machine',
    REMOTE,
    [
      ['device codes alone', DEVICE, 'device key'],
      ['redirects alone', CODE, 'uriHandler paste key'],
      ['both', BOTH, 'device uriHandler paste key'],
      ['one loopback address', EXACT_LOOPBACK, 'device paste key'],
    ],
  ],
  [
    // code-server, and vscode.dev with a server.
    'a browser in front of a server',
    WEB,
    [
      ['device codes alone', DEVICE, 'device key'],
      ['redirects alone', CODE, 'uriHandler paste key'],
      ['both', BOTH, 'device uriHandler paste key'],
      ['one loopback address', EXACT_LOOPBACK, 'device paste key'],
    ],
  ],
  [
    'a browser alone, without Node',
    { ...WEB, hasNode: false },
    [
      ['device codes alone', DEVICE, 'key'],
      ['redirects alone', CODE, 'uriHandler paste key'],
      ['both', BOTH, 'uriHandler paste key'],
    ],
  ],
  [
    'a fork with a scheme that nobody knows',
    FORK,
    [
      ['device codes alone', DEVICE, 'device key'],
      ['redirects alone', CODE, 'loopback paste key'],
      ['both', BOTH, 'loopback device paste key'],
    ],
  ],
  [
    'such a fork, with its extension host elsewhere',
    { ...FORK, remote: true },
    [
      ['redirects alone', CODE, 'paste key'],
      ['both', BOTH, 'device paste key'],
    ],
  ],
  ['a terminal of this machine', LOCAL_TERMINAL, [['redirects alone', CODE, 'paste key']]],
  [
    'a terminal',
    TERMINAL,
    [
      ['device codes alone', DEVICE, 'device key'],
      ['redirects alone', CODE, 'paste key'],
      ['both', BOTH, 'device paste key'],
    ],
  ],
];

describe('ways to sign in', () => {
  for (const [where, host, servers] of rows) {
    for (const [what, server, flows] of servers) {
      it(`of ${where}, at a server with ${what}: ${flows}`, () => {
        assert.equal(flowsFor(host, server).join(' '), flows);
      });
    }
  }
});
