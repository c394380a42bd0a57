import assert from 'node:assert/strict';
import { request } from 'node:https';
import { PassThrough } from 'node:stream';
import { TLSSocket } from 'node:tls';

import { certificateFault, isUnknownIssuer, speaksTls } from '../../../src/core/network/certificate';
import { type NodeRequest, platformRequest } from '../../../src/core/network/nodeRequest';
import { createAuthority } from '../../fakes/certificates';
import { holdLongTimers } from '../../fakes/longTimers';
import { endlessly, startRawServer } from '../../fakes/rawServer';
import { startTlsServer } from '../../fakes/tlsServer';

const HERE = new URL('https://api.example.com/');

/** A way to a server that shows this, on which the handshake is over before anybody listens. */
const showing =
  (certificate: object): NodeRequest =>
  async (url) =>
    request(url, {
      createConnection: (_, done) => {
        const socket = Object.assign(new TLSSocket(new PassThrough()), { getPeerCertificate: () => certificate });
        setImmediate(done, null, socket);
        return undefined;
      },
    });

describe('what is wrong with a certificate', () => {
  for (const [code, why, isUnknown] of [
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'selfSigned', true],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknownIssuer', true],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknownIssuer', true],
    ['UNABLE_TO_GET_ISSUER_CERT', 'unknownIssuer', true],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknownIssuer', true],
    ['CERT_UNTRUSTED', 'unknownIssuer', true],
    ['CERT_HAS_EXPIRED', 'expired', false],
    ['CERT_NOT_YET_VALID', 'notYetValid', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'otherHost', false],
    ['CERT_REVOKED', 'unusable', false],
  ] as const) {
    it(`is told by the code ${code}, also where it cannot be read`, async () => {
      const unable: NodeRequest = () => Promise.reject(new Error('no way there'));

      assert.deepEqual(await certificateFault(HERE, code, unable), { why });
      assert.equal(isUnknownIssuer(code), isUnknown);
    });
  }

  const [short, long] = ['n'.repeat(64), 'n'.repeat(65)];
  const times = { valid_from: 'Nov  1 00:00:00 2026 GMT', valid_to: 'Dec 31 23:59:59 2026 GMT' };
  for (const [what, shown, code, read] of [
    ['its issuer', { issuer: { CN: 'A', O: 'B', OU: 'C' }, subject: {} }, 'CERT_REVOKED', { issuer: 'A' }],
    ['the organization of one without a name', { issuer: { O: 'B', OU: 'C' }, subject: {} }, '', { issuer: 'B' }],
    ['its unit where that is all', { issuer: { OU: 'C' }, subject: {} }, '', { issuer: 'C' }],
    ['all names of an issuer', { issuer: { CN: ['A', 'B'] }, subject: {} }, '', { issuer: 'A,B' }],
    ['no issuer without a name', { issuer: {}, subject: {} }, '', {}],
    ['an issuer in plain words', { issuer: { CN: ' "A"B\r\n\u202eC' }, subject: {} }, '', { issuer: 'A B C' }],
    ['a whole name', { issuer: { CN: short }, subject: {} }, '', { issuer: short }],
    ['the beginning of a long name', { issuer: { CN: long }, subject: {} }, '', { issuer: `${short}…` }],
    ['whom it is for', { issuer: {}, subject: { CN: 'one.example.com' } }, '', { names: 'one.example.com' }],
    [
      'all names that it is for',
      { issuer: {}, subject: { CN: 'x' }, subjectaltname: 'DNS:xDNS:y, DNS:one.example.com, IP Address:127.0.0.1' },
      '',
      { names: 'xDNS:y, one.example.com, 127.0.0.1' },
    ],
    ['its last day', { issuer: {}, subject: {}, ...times }, 'CERT_HAS_EXPIRED', { day: '2026-12-31' }],
    ['its first day', { issuer: {}, subject: {}, ...times }, 'CERT_NOT_YET_VALID', { day: '2026-11-01' }],
    ['no day where its time is good', { issuer: {}, subject: {}, ...times }, 'CERT_REVOKED', {}],
    ['no day that is none', { issuer: {}, subject: {}, valid_to: 'Bad time value' }, 'CERT_HAS_EXPIRED', {}],
  ] as const) {
    it(`comes with ${what}`, async () => {
      const { why: _, ...rest } = await certificateFault(HERE, code, showing(shown));

      assert.deepEqual(rest, read);
    });
  }

  it('is all that is known where nobody is there, or speaks no TLS', async () => {
    const plain = await startRawServer(endlessly('HTTP/1.1 200 OK\r\n\r\n'));
    const url = new URL(plain.origin.replace('http', 'https'));
    const overHttp: NodeRequest = (_, options) => platformRequest(new URL(plain.origin), options);

    assert.deepEqual(await certificateFault(url, '', platformRequest), { why: 'unusable' });
    assert.deepEqual(await certificateFault(url, '', overHttp), { why: 'unusable' });
    await plain.stop();
    assert.deepEqual(await certificateFault(url, '', platformRequest), { why: 'unusable' });
  });
});

describe('a look at a certificate', () => {
  it('is over after 5 s where a server is silent', async () => {
    let reached = (): void => undefined;
    const connected = new Promise<void>((resolve) => (reached = resolve));
    const silent = await startRawServer(() => reached());
    const timers = holdLongTimers();
    try {
      const looking = certificateFault(new URL(silent.origin.replace('http', 'https')), '', platformRequest);
      await connected;
      timers.goOff(5000);

      assert.deepEqual(await looking, { why: 'unusable' });
    } finally {
      timers.release();
      await silent.stop();
    }
  });

  it('sends no request, and leaves no connection open', async () => {
    const server = await startTlsServer(createAuthority('Acme').issue(['127.0.0.1']));
    const begun: Awaited<ReturnType<NodeRequest>>[] = [];
    const begin: NodeRequest = async (url, options) => {
      const one = await platformRequest(url, options);
      begun.push(one);
      return one;
    };

    assert.equal(await speaksTls(new URL(`http://127.0.0.1:${server.port}/v1`), begin), true);
    const { issuer, names } = await certificateFault(new URL(`https://127.0.0.1:${server.port}/v1`), '', begin);
    assert.deepEqual([issuer, names], ['Acme', '127.0.0.1']);
    assert.deepEqual(
      begun.map(({ destroyed }) => destroyed),
      [true, true],
    );
    assert.deepEqual(server.asked, []);
    await server.stop();
  });

  it('is had at the port of http where an address names none', async () => {
    const looked: string[] = [];
    const begin: NodeRequest = (url) => {
      looked.push(url.href);
      return Promise.reject(new Error('nobody is there'));
    };

    assert.equal(await speaksTls(new URL('http://api.example.com/v1'), begin), false);
    assert.deepEqual(looked, ['https://api.example.com:80/']);
  });
});
