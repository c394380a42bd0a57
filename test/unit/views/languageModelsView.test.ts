import assert from 'node:assert/strict';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import { languageModel, languageModelId, languageModelsView } from '../../../src/core/views/languageModelsView';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const account = keyAccount();
const own = model({ id: 'glm-5', baseUrl: account.baseUrl });
const elsewhere = model({ id: 'glm-5', baseUrl: 'https://api.openai.com/v1' });
const state = snapshot({ accounts: [account], models: [own, elsewhere], selected: elsewhere });

const idsOf = (views: readonly { readonly id: string }[]) => views.map(({ id }) => id);

describe('the language models of the chat', () => {
  it('are all models, the one in use first', () => {
    assert.deepEqual(
      languageModelsView(state).map(({ name, detail }) => [name, detail]),
      [
        ['glm-5', 'OpenAI'],
        ['glm-5', 'Coding Plan · China (Beijing)'],
      ],
    );
  });

  it('are told apart by their server, whatever else there is', () => {
    const ids = languageModelsView(state).map(({ id }) => id);

    assert.deepEqual(ids, ['glm-5@api.openai.com/v1', 'glm-5@coding.dashscope.aliyuncs.com/v1']);
    assert.deepEqual(
      ids.map((id) => languageModel(id, state)),
      [elsewhere, own],
    );
  });

  it('hold the one in use even where no list names it', () => {
    const typed = model({ id: 'typed', baseUrl: account.baseUrl });

    const all = languageModelsView({ ...state, selected: typed });

    assert.deepEqual(
      all.map(({ family }) => family),
      ['typed', 'glm-5', 'glm-5'],
    );
    assert.equal(languageModel(languageModelId(typed), { ...state, selected: typed }), typed);
  });

  it('are nothing that VS Code, which trusts their Markdown, makes a link, an element or an icon of', () => {
    const name = '[Free](command:evil) <a href="command:evil">x</a> <command:evil> ![i](http://x) $(check) `a` \u202E';
    const hostile = model({ id: name, name: `${name}!`, description: name, baseUrl: account.baseUrl });
    const hostileState = snapshot({ accounts: [account], models: [hostile] });

    const [view] = languageModelsView(hostileState);

    assert.ok(view);
    for (const shown of [view.id, view.name, view.tooltip])
      assert.doesNotMatch(shown, /[[\]<>`\p{Cf}]|\$\(/u, `${shown} is more than text`);
    assert.equal(languageModel(view.id, hostileState), hostile);
  });

  it('are a way to sign in where there is none', () => {
    const [hint, ...others] = languageModelsView(snapshot());

    assert.deepEqual([hint?.name, others], ['Sign in to Qwen', []]);
    assert.equal(hint && languageModel(hint.id, snapshot()), undefined);
    assert.equal(hint?.warning, 'You are not signed in.');
  });

  it('say which of them has no key', () => {
    const warnings = (environment: Record<string, string>) =>
      languageModelsView({ ...state, configuration: emptyConfiguration(environment) }).map(({ warning }) => warning);

    assert.deepEqual(warnings({}), ['No key is known for OpenAI.', undefined]);
    assert.deepEqual(warnings({ OPENAI_API_KEY: 'sk-0123456789' }), [undefined, undefined]);
  });

  for (const [size, input, output] of [
    [1_000_000, 967_232, 32_768],
    [32_768, 24_576, 8_192],
    [undefined, 98_304, 32_768],
  ] as const) {
    it(`divide ${size ?? 'an unknown number of'} tokens between question and answer`, () => {
      const generationConfig = { ...DEFAULT_GENERATION_CONFIG, contextWindowSize: size };

      const [view] = languageModelsView(snapshot({ models: [model({ generationConfig })] }));

      assert.deepEqual([view?.maxInputTokens, view?.maxOutputTokens], [input, output]);
    });
  }

  it('stay when they are gone, for the chats that have them', () => {
    const signedOut = languageModelsView(snapshot(), idsOf(languageModelsView(state)));

    assert.deepEqual(
      signedOut.map(({ name, warning, gone }) => [name, warning, gone]),
      [
        ['Sign in to Qwen', 'You are not signed in.', undefined],
        ['glm-5', 'This model is not known any more.', true],
        ['glm-5', 'This model is not known any more.', true],
      ],
    );
  });

  it('come back as they were', () => {
    const signedOut = languageModelsView(snapshot(), idsOf(languageModelsView(state)));

    const [first, second, hint] = languageModelsView(state, idsOf(signedOut));

    assert.deepEqual([first, second], languageModelsView(state));
    assert.ok(hint?.gone && hint.warning === undefined);
    assert.equal(languageModel(hint.id, state), elsewhere);
  });

  it('are forgotten with what they came from', () => {
    assert.equal(languageModel(languageModelId(own), snapshot()), undefined);
  });
});
