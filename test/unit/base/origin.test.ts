import assert from 'node:assert/strict';

import { addressText, hostOf, isPrivate, isSecure, originOf } from '../../../src/core/base/origin';

describe('origin of a URL', () => {
  it('is scheme, host and port', () => {
    assert.equal(originOf('https://Example.com:443/v1?x#y'), 'https://example.com');
    assert.equal(originOf('http://localhost:11434/v1'), 'http://localhost:11434');
  });

  it('is read by its host', () => {
    assert.deepEqual(
      [hostOf('https://example.com/v1'), hostOf('http://[::1]:80/'), hostOf('text')],
      ['example.com', '[::1]', 'text'],
    );
  });

  const long = (letter: string): string => letter.repeat(63);
  const hosts: readonly (readonly [title: string, host: string, shown: string])[] = [
    ['whole', `api.${long('a')}.evil.example`, `api.${long('a')}.evil.example`],
    [
      'with its end',
      `api.openai.com.${long('a')}.${long('b')}.${long('c')}.evil.example`,
      `api.openai.com.aaaaaaaaa…${long('b')}.${long('c')}.evil.example`,
    ],
    [
      'with what is registered below a long suffix',
      `api.openai.com.${'a.'.repeat(60)}evil.s3-accesspoint-fips.dualstack.us-gov-east-1.amazonaws.com:8443`,
      'api.openai.com.a.a.a.a.a…a.evil.s3-accesspoint-fips.dualstack.us-gov-east-1.amazonaws.com:8443',
    ],
    [
      'with what is registered below a label of any length',
      `api.openai.com.${'a.'.repeat(40)}evil.${long('b')}.compute.amazonaws.com.cn`,
      `api.openai.com.a.a.a.a.a…evil.${long('b')}.compute.amazonaws.com.cn`,
    ],
  ];
  for (const [title, host, shown] of hosts) {
    it(`shows a long host ${title}`, () => {
      assert.equal(hostOf(`https://${host}/v1`), shown);
      assert.equal(addressText(`https://${host}/v1`), `${shown}/v1`);
    });
  }

  for (const [url, secure] of [
    ['https://example.com', true],
    ['http://localhost:1', true],
    ['http://127.0.0.1:1', true],
    ['http://[::1]:1', true],
    ['http://192.168.1.5', false],
    ['http://example.com', false],
    ['http://localhost.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['javascript:alert(1)', false],
    ['vscode://x', false],
    ['', false],
  ] as const) {
    it(`is ${secure ? 'safe' : 'not safe'} for a token at "${url}"`, () => {
      assert.equal(isSecure(url), secure);
    });
  }

  for (const [host, inside] of [
    ['localhost', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.0.1', true],
    ['100.64.0.1', true],
    ['100.127.255.255', true],
    ['100.128.0.1', false],
    ['169.254.1.1', true],
    ['[fe80::1]', true],
    ['[febf::1]', true],
    ['[fec0::1]', false],
    ['[fd12::1]', true],
    ['[2001:db8::1]', false],
    ['[::ffff:a00:1]', true],
    ['[::ffff:808:808]', false],
    ['box.tail1234.ts.net', true],
    ['ts.net.example.com', false],
    ['llm.local.', true],
    ['localhost.', true],
    ['example.com.', false],
    ['llm.local', true],
    ['llm.internal', true],
    ['10.example.com', false],
    ['192.168.evil.com', false],
    ['example.com', false],
    ['8.8.8.8', false],
  ] as const) {
    it(`stays ${inside ? 'in' : 'out of'} the house as ${host}`, () => {
      assert.equal(isPrivate(host), inside);
    });
  }
});
