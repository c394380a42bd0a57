import assert from 'node:assert/strict';

import { modelNamed, modelNames } from '../../../src/core/gateway/modelNames';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const [CHINA, OTHER] = ['https://coding.dashscope.aliyuncs.com/v1', 'https://models.example.com/v1'];

describe('the names of models', () => {
  const [plus, glm, other] = [
    model({ id: 'qwen3.7-plus', baseUrl: CHINA }),
    model({ id: 'glm-5', baseUrl: CHINA }),
    model({ id: 'glm-5', baseUrl: OTHER }),
  ];
  const known = snapshot({ accounts: [keyAccount()], models: [plus, glm, other] });

  it('are those of providers, and ids where only one has them', () => {
    assert.deepEqual(
      modelNames(known).map(({ name }) => name),
      ['qwen3.7-plus', 'coding-plan/china/qwen3.7-plus', 'coding-plan/china/glm-5', 'models.example.com/glm-5'],
    );
  });

  it('tell two addresses of one host apart', () => {
    const more = [model({ id: 'a', baseUrl: OTHER }), model({ id: 'a', baseUrl: 'https://models.example.com/v2' })];

    assert.deepEqual(
      modelNames(snapshot({ models: more })).map(({ name }) => name),
      ['models.example.com/a', 'models.example.com/v2/a'],
    );
  });

  it('mean the model of that name, and of an id that several have the one where the model in use is', () => {
    assert.equal(modelNamed('models.example.com/glm-5', known), other);
    assert.equal(modelNamed('glm-5', { ...known, selected: plus }), glm);
    assert.throws(() => modelNamed('glm-5', known), {
      message: 'More than one has "glm-5": ask for coding-plan/china/glm-5 or models.example.com/glm-5.',
    });
  });

  it('go for any id behind the name of an account', () => {
    const found = modelNamed('coding-plan/china/brand-new', known);

    assert.deepEqual([found.id, found.baseUrl], ['brand-new', CHINA]);
  });

  it('never take what stands for the model in use', () => {
    const taken = snapshot({ models: [model({ id: 'qwen-auth', baseUrl: OTHER }), plus] });

    assert.ok(!modelNames(taken).some(({ name }) => name === 'qwen-auth'));
    assert.throws(() => modelNamed('qwen-auth', taken), { name: 'SignInRequired' });
  });

  it('are said where none is meant, and a key that stands in the place of one is not', () => {
    assert.throws(() => modelNamed('gpt-17', known), {
      message: /^No model "gpt-17" is known\. Known are qwen-auth, /,
    });
    assert.throws(() => modelNamed('sk-0123456789abcdef0123', known), { message: /^No such model is known\./ });
  });
});
