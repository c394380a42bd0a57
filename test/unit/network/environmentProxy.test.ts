import assert from 'node:assert/strict';

import { environmentProxy } from '../../../src/core/network/environmentProxy';

const API = 'https://api.example.com/v1';

describe('the proxy of the environment', () => {
  for (const [what, environment, url, proxy] of [
    ['none', {}, API, undefined],
    ['for https', { HTTPS_PROXY: 'http://proxy.example.com:3128' }, API, 'http://proxy.example.com:3128/'],
    ['for http', { HTTP_PROXY: 'http://one:1' }, 'http://api.example.com', 'http://one:1/'],
    ['not that for http', { HTTP_PROXY: 'http://one:1' }, API, undefined],
    ['for all', { ALL_PROXY: 'http://one:1' }, API, 'http://one:1/'],
    ['first in small letters', { https_proxy: 'http://one:1', HTTPS_PROXY: 'http://two:2' }, API, 'http://one:1/'],
    ['without a scheme', { HTTPS_PROXY: 'proxy.example.com:3128' }, API, 'http://proxy.example.com:3128/'],
    ['none of a kind that nobody here speaks', { HTTPS_PROXY: 'socks5://one:1' }, API, undefined],
    ['none for this machine', { HTTPS_PROXY: 'http://one:1' }, 'https://127.0.0.1:8443', undefined],
    ['none for its name', { HTTP_PROXY: 'http://one:1' }, 'http://localhost:11434/v1', undefined],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(environmentProxy(environment)(new URL(url))?.href, proxy);
    });
  }

  for (const [rule, excepted] of [
    ['*', true],
    ['api.example.com', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['other.com, example.com', true],
    ['other.com example.com', true],
    ['API.example.com:443', true],
    ['api.example.com:8443', false],
    ['ample.com', false],
    ['example.com.evil', false],
    ['', false],
  ] as const) {
    it(`is ${excepted ? 'none' : 'asked'} where NO_PROXY is "${rule}"`, () => {
      const proxyFor = environmentProxy({ HTTPS_PROXY: 'http://one:1', NO_PROXY: rule });

      assert.equal(proxyFor(new URL(API)) === undefined, excepted);
    });
  }
});
