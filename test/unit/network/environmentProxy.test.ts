import assert from 'node:assert/strict';

import { Obstacle } from '../../../src/core/base/obstacle';
import { environmentProxy, proxyProblems } from '../../../src/core/network/environmentProxy';

const API = 'https://api.example.com/v1';

describe('the proxy of the environment', () => {
  for (const [what, environment, url, proxy] of [
    ['none', {}, API, undefined],
    ['for https', { HTTPS_PROXY: 'http://proxy.example.com:3128' }, API, 'http://proxy.example.com:3128/'],
    ['for http', { HTTP_PROXY: 'http://one:1' }, 'http://api.example.com', 'http://one:1/'],
    ['not that for http', { HTTP_PROXY: 'http://one:1' }, API, undefined],
    ['for all', { ALL_PROXY: 'http://one:1' }, API, 'http://one:1/'],
    ['first in small letters', { https_proxy: 'http://one:1', HTTPS_PROXY: 'http://two:2' }, API, 'http://one:1/'],
    ['that of the scheme first', { ALL_PROXY: 'http://two:2', HTTPS_PROXY: 'http://one:1' }, API, 'http://one:1/'],
    ['none where it is empty in small letters', { https_proxy: '', HTTPS_PROXY: 'http://two:2' }, API, undefined],
    ['that for all where its own is blank', { HTTPS_PROXY: ' ', ALL_PROXY: 'http://two:2' }, API, 'http://two:2/'],
    ['none for what is excepted', { HTTPS_PROXY: 'http://one:1', no_proxy: '.example.com' }, API, undefined],
    ['without a scheme', { HTTPS_PROXY: 'proxy.example.com:3128' }, API, 'http://proxy.example.com:3128/'],
    ['in quotes', { HTTPS_PROXY: '"http://one:1"' }, API, 'http://one:1/'],
    ['none for this machine', { HTTPS_PROXY: 'http://one:1' }, 'https://127.0.0.1:8443', undefined],
    ['none for its name', { HTTP_PROXY: 'http://one:1' }, 'http://localhost:11434/v1', undefined],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(environmentProxy(environment)(new URL(url))?.href, proxy);
    });
  }

  for (const [name, text, said] of [
    ['HTTPS_PROXY', 'socks5://me:hunter2@one:1', /A proxy of the kind socks5 is not spoken here, only http, https/],
    ['https_proxy', 'socks5h://one:1', /of the kind socks5h /],
    ['ALL_PROXY', 'socks4://one:1', /of the kind socks4 /],
    ['https_proxy', 'SOCKS4A://one:1', /of the kind socks4a /],
    ['HTTPS_PROXY', 'ftp://one', /of the kind ftp/],
    ['all_proxy', 'http://', /It is no address/],
    ['HTTPS_PROXY', ':8080', /It is no address/],
    ['HTTPS_PROXY', 'not a proxy', /It is no address/],
    ['HTTPS_PROXY', 'http://me:hun#ter2@one:1', /a sign in its login may have to be written as %23/],
  ] as const) {
    it(`lets no request go straight where ${name} is ${text}`, () => {
      const proxyFor = environmentProxy({ [name]: text });

      assert.throws(
        () => proxyFor(new URL(API)),
        (error) => error instanceof Obstacle && 'proxy' in error.about && error.about.proxy.set?.name === name,
      );
      const [problem] = proxyProblems({ [name]: text });
      assert.match(problem?.message ?? '', said);
      assert.match(
        problem?.message ?? '',
        new RegExp(`^The environment variable ${name}: .*Requests that would go by`),
      );
      assert.doesNotMatch(problem?.message ?? '', /hun/);
    });
  }

  it('does not mind one that cannot be used for this machine, and where it is excepted', () => {
    const proxyFor = environmentProxy({ HTTPS_PROXY: 'socks5://one:1', NO_PROXY: 'example.com' });

    assert.deepEqual([proxyFor(new URL(API)), proxyFor(new URL('https://localhost:1'))], [undefined, undefined]);
  });

  it('has a problem for each that cannot be used', () => {
    const problems = proxyProblems({ ALL_PROXY: 'ftp://one', http_proxy: 'ftp://one', HTTPS_PROXY: 'ftp://one' });

    assert.deepEqual(
      problems.map(({ where }) => where),
      [{ variable: 'HTTPS_PROXY' }, { variable: 'http_proxy' }, { variable: 'ALL_PROXY' }],
    );
  });

  it('has no problems where it can be used', () => {
    assert.deepEqual(proxyProblems({ HTTPS_PROXY: 'one:1', http_proxy: 'https://two', ALL_PROXY: '' }), []);
  });
});
