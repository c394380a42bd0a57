import assert from 'node:assert/strict';

import { QWEN_CODE_SETTINGS } from '../../../src/core/config/qwenSettings';
import { ConfigurationError, SignInRequired } from '../../../src/core/base/errors';
import { keyWouldBeLogged } from '../../../src/core/views/logLevel';
import { collectionText, terminalNotice, terminalView } from '../../../src/core/views/terminalView';
import { model } from '../../fakes/models';

const OFF = { isOn: false } as const;
const ON = {
  isOn: true,
  mode: 'key',
  names: [],
  model: model(),
  folder: undefined,
  named: undefined,
  error: undefined,
} as const;

describe('what the panel says of the terminal', () => {
  it('is that it gets nothing, until somebody says so', () => {
    assert.deepEqual(terminalView(OFF), { isOn: false, text: 'New terminals get nothing of your sign-in.' });
  });

  it('names the variables, the model and its server', () => {
    assert.equal(
      terminalView({ ...ON, names: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'] }).text,
      'New terminals get OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL for qwen3-coder-plus at models.example.com.',
    );
  });

  it('names the folder that they belong to', () => {
    assert.match(
      terminalView({ ...ON, folder: 'api', names: ['PLAN_KEY'] }).text,
      /^New terminals of api get PLAN_KEY/,
    );
  });

  it("says which model Qwen Code's own settings would have it take", () => {
    const names = ['OPENAI_API_KEY'];

    assert.match(terminalView({ ...ON, names, named: 'other' }).text, /\. Typed there, qwen takes other, which/);
    assert.doesNotMatch(terminalView({ ...ON, names, named: 'qwen3-coder-plus' }).text, /Typed/);
  });

  it('is that the sign-in is renewed on use', () => {
    assert.equal(terminalView(ON).text, 'The next terminal that you open renews the sign-in.');
  });

  it('is that the gateway answers, with which model, and what stands in its way', () => {
    const through = { ...ON, mode: 'gateway', names: ['OPENAI_API_KEY'] } as const;
    const signedOut = terminalView({ ...through, error: new SignInRequired({ reason: 'noModel' }) });

    assert.equal(
      terminalView(through).text,
      'New terminals get a token for the gateway, and no key. It answers with the model in use, qwen3-coder-plus at ' +
        'models.example.com, and with every other.',
    );
    assert.match(signedOut.text, /^New terminals get a token for the gateway/);
    assert.notEqual(signedOut.problem, undefined);
    assert.equal(terminalView({ ...ON, mode: 'gateway' }).text, 'New terminals get nothing yet.');
  });

  it('is why there is nothing, and what mends it', () => {
    const mixedUp = terminalView({
      ...ON,
      error: new ConfigurationError({ part: QWEN_CODE_SETTINGS }, 'It would be mixed up.'),
    });
    const signedOut = terminalView({ ...ON, error: new SignInRequired({ reason: 'signedOut' }) });

    assert.equal(mixedUp.text, 'New terminals get nothing right now.');
    assert.deepEqual(mixedUp.problem, {
      message: 'It would be mixed up.',
      action: { label: 'Write Qwen Code settings…', intent: { type: 'writeQwenCodeSettings' } },
    });
    assert.equal(signedOut.problem?.action?.intent.type, 'showMethod');
  });
});

describe('the notice about terminals', () => {
  it('says that the key would stand in the logs of VS Code, and where that is set', () => {
    const view = terminalView({ ...ON, error: keyWouldBeLogged() });

    assert.match(
      terminalNotice(view) ?? '',
      /^New terminals get nothing right now\. VS Code's log level is Debug or Trace/,
    );
    assert.deepEqual(view.problem?.action, { label: 'Set log level', intent: { type: 'setLogLevel' } });
  });

  it('is none where terminals get what they should, or something else is wrong', () => {
    assert.equal(terminalNotice(terminalView(ON)), undefined);
    assert.equal(
      terminalNotice(terminalView({ ...ON, error: new SignInRequired({ reason: 'signedOut' }) })),
      undefined,
    );
  });
});

describe('what VS Code says of the variables', () => {
  it('is their names alone', () => {
    assert.equal(
      collectionText(['PLAN_KEY', 'OPENAI_MODEL'], true),
      'Sets `PLAN_KEY` and `OPENAI_MODEL` for the model in use. Puts `qwen-auth` on the PATH.',
    );
    assert.equal(collectionText([], false), undefined);
  });
});
