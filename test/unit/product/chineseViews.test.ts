import assert from 'node:assert/strict';
import { config } from '@vscode/l10n';

import { RequestError } from '../../../src/core/base/errors';
import { describeSource } from '../../../src/core/providers/source';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { quotaRow } from '../../../src/core/views/quotaRow';
import { agoText, durationText, momentText, timeText } from '../../../src/core/views/timeText';
import { collectionText } from '../../../src/core/views/terminalView';
import { listAge } from '../../../src/core/views/pickerView';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';
import { chinese } from '../../l10n/sentences.mjs';

const NOON = new Date(2026, 5, 1, 12).getTime();
const MINUTE = 60_000;

/** What a person reads of an error. */
function textOf(error: unknown): string {
  const problem = problemOf(error, { during: 'test' });
  return problem ? problemText(problem) : '';
}

describe('the views in Chinese', () => {
  before(() => config({ contents: chinese() }));
  after(() => config({ contents: {} }));

  it('put sentences one after another without a space, and leave the words of a server as they are', () => {
    const refused = (text: string) => new RequestError('api.example.com', 'status', { status: 503, text });

    assert.equal(textOf(refused('Too busy')), 'api.example.com 目前出现故障（503）。服务器返回：Too busy。');
    assert.equal(textOf(refused('系统异常！')), 'api.example.com 目前出现故障（503）。服务器返回：系统异常！');
  });

  it('have no plural', () => {
    const textAt = (used: number) => quotaRow({ kind: 'requests', used, window: 'day' }, NOON)?.text;

    assert.deepEqual([textAt(1), textAt(1200)], ['1 次请求', '1,200 次请求']);
  });

  it('say times, dates and durations as they are written there', () => {
    assert.deepEqual(
      [momentText(NOON, NOON), momentText(NOON, NOON - 24 * 60 * MINUTE), timeText(NOON, NOON)],
      ['12:00', '6月1日 12:00', '12:00:00'],
    );
    assert.deepEqual(
      [agoText(NOON - 5 * MINUTE, NOON), agoText(NOON, NOON), durationText(7200)],
      ['5 分钟前', '刚刚', '2 小时'],
    );
  });

  it('put the place that a value comes from in brackets, so that no space is beside Chinese', () => {
    const at = { name: 'modelProviders', file: '/home/me/settings.json', line: 4 };

    assert.equal(describeSource({ kind: 'qwenSettings', ...at }), 'modelProviders（/home/me/settings.json 第 4 行）');
    assert.equal(describeSource({ kind: 'settings', ...at }), '设置 modelProviders（/home/me/settings.json 第 4 行）');
  });

  it('separate names and clauses by marks of their own', () => {
    const { baseUrl } = model({ id: 'a' });
    const discovered = new Map([[baseUrl, { models: [], askedAt: NOON - 5 * MINUTE, failedAt: NOON }]]);

    assert.equal(collectionText(['A_KEY', 'B_KEY', 'C'], false), '为当前模型设置 `A_KEY`、`B_KEY` 和 `C`。');
    assert.equal(listAge(baseUrl, snapshot({ discovered }), NOON), '5 分钟前更新，刚刚刷新失败');
  });
});
