import assert from 'node:assert/strict';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import {
  IN_USE,
  languageModel,
  languageModelId,
  languageModelsView,
  type LanguageModelView,
} from '../../../src/core/views/languageModelsView';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const account = keyAccount();
const own = model({ id: 'glm-5', baseUrl: account.baseUrl });
const elsewhere = model({ id: 'glm-5', baseUrl: 'https://api.openai.com/v1' });
const state = snapshot({ accounts: [account], models: [own, elsewhere], selected: elsewhere });

/** What a chat holds that has one of these models. */
const held = (views: readonly LanguageModelView[]) =>
  views.map(({ id, name, detail }) => ({ id, name, place: detail }));
/** Those beside the entry for the model in use. */
const others = (...given: Parameters<typeof languageModelsView>) => languageModelsView(...given).slice(1);

describe('the language models of the chat', () => {
  it('are the one in use as an entry of its own, then all models, the one in use before the others', () => {
    assert.deepEqual(
      languageModelsView(state).map(({ name, detail }) => [name, detail]),
      [
        ['Qwen · model of the status bar', 'glm-5 · OpenAI'],
        ['glm-5', 'OpenAI'],
        ['glm-5', 'Coding Plan · China (Beijing)'],
      ],
    );
  });

  it('have one entry that is whichever model is in use, under one id and name', () => {
    const [before] = languageModelsView(state);
    const [after] = languageModelsView({ ...state, selected: own });

    assert.deepEqual([before?.id, before?.name, before?.family], [after?.id, after?.name, after?.family]);
    assert.equal(languageModel(IN_USE, state), elsewhere);
    assert.equal(languageModel(IN_USE, { ...state, selected: own }), own);
  });

  it('can do in that entry what the model in use can', () => {
    const generationConfig = { ...DEFAULT_GENERATION_CONFIG, contextWindowSize: 32_768, vision: true };
    const blind = model({ id: 'blind', baseUrl: account.baseUrl });
    const seeing = model({ id: 'seeing', baseUrl: account.baseUrl, generationConfig });
    const known = snapshot({ accounts: [account], models: [blind, seeing], selected: seeing });

    const [inUse] = languageModelsView(known);
    const [other] = languageModelsView({ ...known, selected: blind });

    assert.deepEqual([inUse?.imageInput, inUse?.maxInputTokens], [true, 24_576]);
    assert.equal(other?.imageInput, false);
  });

  it('are told apart by their server, whatever else there is', () => {
    const ids = others(state).map(({ id }) => id);

    assert.deepEqual(ids, ['glm-5@api.openai.com/v1', 'glm-5@coding.dashscope.aliyuncs.com/v1']);
    assert.deepEqual(
      ids.map((id) => languageModel(id, state)),
      [elsewhere, own],
    );
  });

  it('hold the one in use even where no list names it', () => {
    const typed = model({ id: 'typed', baseUrl: account.baseUrl });

    const all = others({ ...state, selected: typed });

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

    const [, view] = languageModelsView(hostileState);

    assert.ok(view);
    for (const shown of [view.id, view.name, view.tooltip])
      assert.doesNotMatch(shown, /[[\]<>`\p{Cf}]|\$\(/u, `${shown} is more than text`);
    assert.equal(languageModel(view.id, hostileState), hostile);
  });

  it('have their id, what is said of them and their address whole in the tooltip', () => {
    const described = model({ id: 'glm-5', name: 'GLM 5', description: 'Thinks for long.', baseUrl: account.baseUrl });

    const tooltips = [described, own].map(
      (one) => others(snapshot({ accounts: [account], models: [one] }))[0]?.tooltip,
    );

    const at = 'at coding.dashscope.aliyuncs.com/v1';
    assert.deepEqual(tooltips, [`glm-5 · Thinks for long. · ${at}`, at]);
  });

  it('are a way to sign in where there is none', () => {
    const [hint, ...rest] = languageModelsView(snapshot());

    assert.deepEqual([hint?.id, hint?.name, rest], [IN_USE, 'Sign in to Qwen', []]);
    assert.equal(languageModel(IN_USE, snapshot()), undefined);
    assert.equal(hint?.warning, 'You are not signed in.');
  });

  it('say that none is chosen where somebody is signed in', () => {
    const [hint] = languageModelsView(snapshot({ accounts: [account] }));

    assert.deepEqual([hint?.name, hint?.warning], ['Qwen · model of the status bar', 'No model is chosen.']);
  });

  it('say which of them has no key', () => {
    const warnings = (environment: Record<string, string>) =>
      others({ ...state, configuration: emptyConfiguration(environment) }).map(({ warning }) => warning);

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

      const [, view] = languageModelsView(snapshot({ models: [model({ generationConfig })] }));

      assert.deepEqual([view?.maxInputTokens, view?.maxOutputTokens], [input, output]);
    });
  }

  it('stay under their own names when they are gone, for the chats that hold them', () => {
    const signedOut = languageModelsView(snapshot(), held(others(state)));

    assert.deepEqual(
      signedOut.map(({ name, warning, gone }) => [name, warning, gone]),
      [
        ['Sign in to Qwen', 'You are not signed in.', undefined],
        ['glm-5', 'This model of OpenAI is gone. Choose another one.', true],
        ['glm-5', 'This model of Coding Plan · China (Beijing) is gone. Choose another one.', true],
      ],
    );
  });

  it('are not there when they are gone and no chat holds them', () => {
    assert.deepEqual(
      languageModelsView(snapshot()).map(({ id }) => id),
      [IN_USE],
    );
  });

  it('come back as they were', () => {
    assert.deepEqual(languageModelsView(state, held(languageModelsView(state))), languageModelsView(state));
  });

  it('are forgotten with what they came from', () => {
    assert.equal(languageModel(languageModelId(own), snapshot()), undefined);
  });
});
