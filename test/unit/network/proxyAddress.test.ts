import assert from 'node:assert/strict';

import { Obstacle, proxyObstacle } from '../../../src/core/base/obstacle';
import { proxyProblem, readProxy, unusableProxy, VSCODE_CLIENT } from '../../../src/core/network/proxyAddress';

describe('the address of a proxy', () => {
  for (const [text, own, vscode] of [
    ['http://one:1', 'http://one:1/', 'http://one:1/'],
    [' HTTPS://one ', 'https://one/', 'https://one/'],
    ['one:1', 'http://one:1/', undefined],
    ['one:1/?to=http://two', 'http://one:1/?to=http://two', undefined],
    ['"http://one:1"', 'http://one:1/', undefined],
    ['socks://one:1', undefined, 'socks://one:1'],
    ['socks4://one:1', undefined, 'socks4://one:1'],
    ['socks4a://one:1', undefined, 'socks4a://one:1'],
    ['socks5://one:1', undefined, 'socks5://one:1'],
    ['socks5h://one:1', undefined, 'socks5h://one:1'],
    ['socks5://', undefined, undefined],
    ['ftp://one', undefined, undefined],
    ['', undefined, undefined],
  ] as const) {
    it(`is ${own ?? 'none'} in ${JSON.stringify(text)}, and ${vscode ?? 'none'} to VS Code`, () => {
      assert.deepEqual([readProxy(text)?.href, readProxy(text, VSCODE_CLIENT)?.href], [own, vscode]);
    });
  }

  for (const [text, why] of [
    ['one:1', /^Its address does not begin with http:\/\/$/],
    ['me:hunter2@one:1', /^It is no address; a sign in its login may have to be written as %23 and so on$/],
    ['http://one two', /^It is no address$/],
    ['see ftp://one', /^Its address does not begin with http:\/\/$/],
    [' "FTP://one"', /^A proxy of the kind ftp is not spoken here, only http, https, socks, .* socks5h$/],
    ['svn+ssh://one', /^A proxy of the kind svn\+ssh is not spoken here/],
  ] as const) {
    it(`lets no request of VS Code go straight where its setting is ${JSON.stringify(text)}`, () => {
      const obstacle = unusableProxy('http.proxy', text, VSCODE_CLIENT);

      assert.ok(obstacle && 'proxy' in obstacle.about);
      assert.equal(obstacle.code, 'PROXY_UNUSABLE');
      const { name, why: said = '' } = obstacle.about.proxy.set ?? {};
      assert.equal(name, 'http.proxy');
      assert.match(said, why);
      assert.doesNotMatch(said, /hunter/);
    });
  }

  it('is no obstacle where it can be used, or is empty', () => {
    for (const text of ['', ' ', 'socks5://one:1'])
      assert.equal(unusableProxy('http.proxy', text, VSCODE_CLIENT), undefined);
  });

  it('is a problem of the setting or the variable that it stands in', () => {
    const problemOf = (name: string) => {
      const obstacle = unusableProxy(name, 'http://');
      return obstacle && proxyProblem(obstacle);
    };
    const rest =
      'It is no address. Requests that would go by this proxy are not sent. ' +
      'Write it like http://proxy.example.com:8080, or take it out.';
    const [setting, variable] = [problemOf('http.proxy'), problemOf('HTTPS_PROXY')];

    assert.deepEqual(
      [setting?.message, setting?.where],
      [`The setting http.proxy: ${rest}`, { setting: 'http.proxy' }],
    );
    assert.deepEqual(
      [variable?.message, variable?.where],
      [`The environment variable HTTPS_PROXY: ${rest}`, { variable: 'HTTPS_PROXY' }],
    );
  });

  it('is no problem of the configuration where the proxy itself is in the way', () => {
    for (const obstacle of [new Obstacle('EPROTO', { speaks: 'http' }), proxyObstacle('one:1', 407)])
      assert.equal(proxyProblem(obstacle), undefined);
  });
});
