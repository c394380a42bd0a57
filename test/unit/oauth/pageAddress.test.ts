import assert from 'node:assert/strict';

import { pageAddress } from '../../../src/core/oauth/pageAddress';

const ISSUER = 'https://issuer.example.com';
const HERE = 'http://127.0.0.1:8080';

describe('an address that a server names', () => {
  for (const address of [
    'https://issuer.example.com/device',
    'https://issuer.example.com:8443/device?user_code=AB-CD#top',
    'https://issuer.example.com',
    'https://login.localhost.example.com/device',
    'https://issuer.example.com/@user?mail=a@example.com',
    'https://issuer.example.com/a%20b?redirect=https%3A%2F%2Fexample.org',
  ]) {
    it(`is opened as it came: ${address}`, () => {
      assert.equal(pageAddress(address, ISSUER), address);
    });
  }

  it('is opened in ASCII', () => {
    assert.equal(
      pageAddress('https://bücher.example.com/größe', ISSUER),
      'https://xn--bcher-kva.example.com/gr%C3%B6%C3%9Fe',
    );
    assert.match(pageAddress('https://\u0430pple.com/', ISSUER) ?? '', /^https:\/\/xn--/);
  });

  it('is on this machine, by plain http or not, for an issuer of this machine alone', () => {
    assert.equal(pageAddress('https://localhost/device', HERE), 'https://localhost/device');
    assert.equal(pageAddress(`${HERE}/device`, HERE), `${HERE}/device`);
    assert.equal(pageAddress(`${HERE}/device`, ISSUER), undefined);
    assert.equal(pageAddress(`${HERE}/device`, 'https://localhost:8443'), undefined);
  });

  for (const address of [
    'https://issuer.example.com@evil.example.org/device',
    'https://user:password@issuer.example.com/device',
    'https://:@issuer.example.com/',
    'https://@issuer.example.com/',
    'https://issuer.example.com /device',
    'https://issuer.example.com/de vice',
    'https://issuer.example.com/de\tvice',
    'https://issuer.example.com/\n',
    'https://issuer.example.com/\u0000',
    'https://issuer.example.com/\u001b]8;;',
    'https://issuer.example.com/\u202egro.live',
    'https://issuer.example.com/\u200b',
    'https://issuer.example.com/\ud800',
    'https://issuer.example.com\\@evil.example.org/',
    'https:\\\\issuer.example.com',
    ...Array.from('"<>^`{|}', (sign) => `https://issuer.example.com/${sign}&calc`),
    'https:issuer.example.com',
    'https:///issuer.example.com',
    'http://issuer.example.com/device',
    'https://127.0.0.1:8443/admin',
    'https://2130706433/',
    'https://localhost/admin',
    'https://LOCALHOST./',
    'https://admin.localhost/',
    'https://localhost.localdomain/',
    'https://localhost6.localdomain6/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:0.0.0.0]/',
    'https://0.0.0.0/',
    'https://[::]/',
    'ftp://issuer.example.com',
    'javascript:alert(1)//https://issuer.example.com',
    'vscode://file/etc/passwd',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    '',
  ]) {
    it(`is not opened: ${JSON.stringify(address)}`, () => {
      assert.equal(pageAddress(address, ISSUER), undefined);
    });
  }
});
