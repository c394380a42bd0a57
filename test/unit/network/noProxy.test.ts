import assert from 'node:assert/strict';

import { noProxyRules } from '../../../src/core/network/noProxy';

describe('what NO_PROXY excepts', () => {
  for (const [rules, url, excepted] of [
    ['*', 'https://api.example.com', true],
    ['api.example.com', 'https://api.example.com', true],
    ['example.com', 'https://api.example.com', true],
    ['.example.com', 'https://api.example.com', true],
    ['*.example.com', 'https://api.example.com', true],
    ['other.com, example.com', 'https://api.example.com', true],
    ['other.com example.com', 'https://api.example.com', true],
    ['other.com;example.com.', 'https://api.example.com', true],
    ['https://api.example.com/', 'https://api.example.com', true],
    ['http://api.example.com', 'https://api.example.com', true],
    ['API.example.com:443', 'https://api.example.com', true],
    ['api.example.com:8443', 'https://api.example.com', false],
    ['api.example.com:443x', 'https://api.example.com', false],
    ['ample.com', 'https://api.example.com', false],
    ['example.com.evil', 'https://api.example.com', false],
    ['', 'https://api.example.com', false],
    ['example.com', 'https://api.example.com.', true],
    ['api-*.example.com', 'https://api-eu.example.com', true],
    ['api-*.example.com', 'https://my-api-eu.example.com', false],
    ['api-*.example.com', 'https://api-eu.example.com.evil.example', false],
    ['api-*.example.com', 'https://api-eu.exampleXcom', false],
    ['*.example.*', 'https://api.example.com', true],
    ['*.example.*', 'https://api.exampleX.com', false],
    ['*:443', 'https://api.example.com', true],
    ['*:8443', 'https://api.example.com', false],
    ['api.*:8443', 'https://api.example.com', false],
    ['192.168.0.0/16', 'http://192.168.7.9', true],
    ['10.0.0.0/8', 'http://192.168.7.9', false],
    ['10.0.0.0/8', 'https://api.example.com', false],
    ['10.0.0.0/8', 'http://[fd00::1]', false],
    ['0.0.0.0/0', 'http://192.168.7.9', true],
    ['192.168.7.9/32', 'http://192.168.7.9', true],
    ['192.168.7.9/33', 'http://192.168.7.9', false],
    ['x10.0.0.0/8', 'http://10.1.2.3', false],
    ['10.0.0.0/8x', 'http://10.1.2.3', false],
    ['10.*', 'http://10.1.2.3:8000', true],
    ['10.1.2.3:8000', 'http://10.1.2.3:8000', true],
    ['fd00::1', 'http://[fd00::1]:8000', true],
    ['[fd00::1]', 'http://[fd00::1]:8000', true],
    ['[fd00::1]:8000', 'http://[fd00::1]:8000', true],
    ['[fd00::1]:9000', 'http://[fd00::1]:8000', false],
    ['fd00::/8', 'http://[fd00::1]:8000', true],
    ['[fd00::]/8', 'http://[fd00::1]:8000', true],
    ['fd00::/8', 'http://192.168.7.9', false],
    ['fd00::1/128', 'http://[fd00::1]', true],
    ['fd00::12/128', 'http://[fd00::12]', true],
    ['fd00::1/129', 'http://[fd00::1]', false],
    ['<local>', 'http://gateway:8000', true],
    ['<local>', 'http://gateway.example.com', false],
    ['<LOCAL>', 'http://gateway-2', true],
  ] as const) {
    it(`is ${excepted ? '' : 'not '}${url} by "${rules}"`, () => {
      assert.equal(noProxyRules(rules)(new URL(url)), excepted);
    });
  }
});
