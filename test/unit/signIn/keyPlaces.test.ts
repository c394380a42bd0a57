import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { createSettings } from '../../../src/core/config/settings';
import { findProvider } from '../../../src/core/providers/catalogue';
import { type KeyPlace, otherPlaces, placeAt, placeName, placeText } from '../../../src/core/signIn/keyPlaces';
import { createMemorySettings } from '../../fakes/memorySettings';

const settingsOf = (endpoints: Readonly<Record<string, string>> = {}) =>
  createSettings(createMemorySettings({ endpoints }));
const INTERNATIONAL = 'https://coding-intl.dashscope.aliyuncs.com/v1';
const nameOf = ({ provider, region }: Pick<KeyPlace, 'provider' | 'region'>): string => `${provider.id}/${region.id}`;

function place(id: string, regionId?: string): Pick<KeyPlace, 'provider' | 'region'> {
  const provider = findProvider(id);
  const region = provider?.regions.find((one) => regionId === undefined || one.id === regionId);
  assert.ok(provider && region);
  return { provider, region };
}

describe('the other places of a key', () => {
  const others = (at: Pick<KeyPlace, 'provider' | 'region'>, endpoints = {}) =>
    otherPlaces(at, new Secret('sk-sp-0123456789'), settingsOf(endpoints));

  it('are those of the same vendor, the regions of its provider first', () => {
    const names = others(place('token-plan', 'international')).map(nameOf);

    assert.equal(names[0], 'token-plan/china');
    assert.ok(names.includes('coding-plan/china') && names.includes('coding-plan/international'));
    assert.ok(!names.includes('token-plan/international'));
    assert.equal(new Set(names).size, names.length);
    assert.ok(others(place('token-plan', 'international')).every(({ provider }) => provider.vendor === 'alibaba'));
  });

  it('are none of a server of one’s own, whose address nobody else knows', () => {
    assert.deepEqual(others(place('ollama')), []);
    assert.deepEqual(others(place('custom')), []);
    const { provider, region } = place('token-plan', 'international');
    const named = others({ provider: { ...provider, baseUrl: 'optional' }, region });
    assert.ok(named.every((one) => one.provider.baseUrl === 'fixed'));
  });

  it('are at the gateways of a company, and none where that cannot be used', () => {
    const [first] = others(place('coding-plan', 'china'), { 'coding-plan/international': 'https://gw.example.com/v1' });
    assert.equal(first?.baseUrl, 'https://gw.example.com/v1');
    const names = others(place('coding-plan', 'china'), { 'coding-plan/international': 'nonsense' }).map(nameOf);

    assert.ok(names.length > 0 && !names.includes('coding-plan/international'));
  });
});

describe('the place of an address', () => {
  const at = (baseUrl: string, endpoints = {}) => {
    const found = placeAt(baseUrl, settingsOf(endpoints));
    return found && [nameOf(found), found.baseUrl];
  };

  it('is that of the catalogue, or of a gateway in its place', () => {
    const gateway = { 'coding-plan/international': 'https://gw.example.com/v1' };

    assert.deepEqual(at(INTERNATIONAL), ['coding-plan/international', INTERNATIONAL]);
    assert.deepEqual(at('https://gw.example.com/v1', gateway), [
      'coding-plan/international',
      'https://gw.example.com/v1',
    ]);
    assert.equal(at(INTERNATIONAL, gateway), undefined);
  });

  it('is none of a server of one’s own', () => {
    assert.equal(at('http://localhost:11434/v1'), undefined);
    assert.equal(at(''), undefined);
  });
});

describe('the name of a place', () => {
  const china = place('coding-plan', 'china');
  const openai = place('openai');

  it('is that of its provider where that has one place, and else with the region', () => {
    assert.equal(placeName(openai), 'OpenAI');
    assert.equal(placeName(openai, openai.provider), 'OpenAI');
    assert.equal(placeName(china), 'Coding Plan, China (Beijing)');
    assert.equal(placeName(china, openai.provider), 'Coding Plan, China (Beijing)');
    assert.equal(placeName(china, china.provider), 'China (Beijing)');
  });

  it('is told with the host that the key is sent to', () => {
    assert.equal(
      placeText({ ...china, baseUrl: 'https://gw.example.com:8443/v1' }, china.provider),
      'China (Beijing) at gw.example.com:8443',
    );
  });
});
