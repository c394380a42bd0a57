import assert from 'node:assert/strict';

import { helpText } from '../../../src/cli/help';
import { commandNames, COMMANDS, COMMON_OPTIONS } from '../../../src/cli/options';

describe('help', () => {
  it('of the program names every command and what goes with all of them', () => {
    const text = helpText(undefined);

    for (const name of commandNames()) assert.match(text, new RegExp(`^  ${name} +\\w`, 'm'));
    for (const name of COMMON_OPTIONS) assert.match(text, new RegExp(`^  --${name}\\b`, 'm'));
  });

  for (const name of commandNames()) {
    it(`of ${name} names its options`, () => {
      const text = helpText(name);

      assert.match(text, new RegExp(`^Usage: qwen-auth ${name}\\b`));
      for (const option of COMMANDS[name].options) assert.match(text, new RegExp(`^  --${option}\\b.* {2}\\w`, 'm'));
    });
  }

  it('fits a terminal of 120 columns', () => {
    for (const text of [undefined, ...commandNames()].map(helpText))
      assert.ok(
        text.split('\n').every((line) => line.length <= 120),
        text,
      );
  });
});
