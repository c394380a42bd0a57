import assert from 'node:assert/strict';

import { parseJson } from '../../../src/core/base/json';
import { quietDefaults } from '../../../src/core/terminal/qwenCodeDefaults';

const MODELS = { modelProviders: { 'qwen-auth': [{ id: 'a' }] }, providerProtocol: { 'qwen-auth': 'openai' } };
const FILE = '/etc/qwen-code/system-defaults.json';

describe("Qwen Code's defaults for a terminal", () => {
  it('list our models, and keep it from asking', () => {
    assert.deepEqual(parseJson(quietDefaults(MODELS)), { ide: { hasSeenNudge: true }, ...MODELS });
  });

  it("have all that a company's own say", () => {
    const theirs = { modelProviders: { openai: [{ id: 'b' }] }, providerProtocol: { b: 'openai' } };
    const text = `// Ours\n${JSON.stringify({ $version: 4, ide: { hasSeenNudge: false, enabled: true }, ...theirs })}`;

    assert.deepEqual(parseJson(quietDefaults(MODELS, { file: FILE, text })), {
      $version: 4,
      ide: { hasSeenNudge: false, enabled: true },
      modelProviders: { ...theirs.modelProviders, ...MODELS.modelProviders },
      providerProtocol: { ...theirs.providerProtocol, ...MODELS.providerProtocol },
    });
  });

  it("say which file is in the way, where a company's own cannot be read", () => {
    for (const text of ['{', '[]', ''])
      assert.throws(() => quietDefaults(MODELS, { file: FILE, text }), {
        name: 'ConfigurationError',
        message: /system-defaults\.json/,
      });
  });
});
