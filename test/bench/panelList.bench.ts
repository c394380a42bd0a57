// How long the panel takes with thousands of models until the next frame is drawn, and what is sent to it at a change.
import type { PanelState } from '../../src/shared/messages';
import { stateChanges } from '../../src/vscode/panel/stateChanges';
import { launchBrowser } from '../host/browser.mjs';
import { openPanel } from '../panel/panelPage';
import { manyModels } from '../panel/states';
import { measure } from './row';

/** The milliseconds from an act in the page to the frame after it. */
const timing = (act: string): string => `(async () => {
  const began = performance.now();
  await (${act})();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - began;
})()`;

/** Something that happens in the page; `before` makes it ready and is not measured. */
interface Act {
  readonly before: string;
  readonly act: string;
}

const typing = (text: string): Act => ({
  before: `globalThis.filter = document.querySelector('.models .text-field').control`,
  act: `() => {
    filter.value = '${text}';
    filter.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }`,
});

const sending = (before: PanelState, after: PanelState): Act => ({
  before: `globalThis.next = JSON.parse(${JSON.stringify(JSON.stringify({ type: 'changes', ...stateChanges(before, after) }))})`,
  act: `() => new Promise((resolve) => {
    addEventListener('message', resolve, { once: true });
    postMessage(next, '*');
  })`,
});

/** The state with another model than the last. */
function withAnother(state: PanelState): PanelState {
  const [group] = state.models;
  const last = group?.models.at(-1);
  if (!group || !last) return state;
  return { ...state, models: [{ ...group, models: [...group.models.slice(0, -1), { ...last, name: 'Another' }] }] };
}

/** The state while another model is in use. */
function withOtherInUse(state: PanelState): PanelState {
  const [group] = state.models;
  const [first] = group?.models ?? [];
  return group && first ? { ...state, modelInUse: { id: first.id, name: first.name, baseUrl: group.baseUrl } } : state;
}

const browser = await launchBrowser();
const panel = await openPanel(browser, 'shipped');
const few = manyModels(10);

/** What a person does, as the page sees it: what comes before it, and the act itself. */
const acts: readonly { readonly what: string; readonly acts: (state: PanelState) => readonly Act[] }[] = [
  { what: 'a key in the filter', acts: () => [typing('vendor-1'), typing('vendor-1/')] },
  { what: 'the filter is cleared', acts: () => [typing('vendor-19/model-9999'), typing('')] },
  {
    what: 'one model changes',
    acts: (state) => [sending(state, withAnother(state)), sending(withAnother(state), state)],
  },
];

/** Does it with these models, and answers how long the last of the acts took. */
async function perform(state: PanelState, steps: readonly Act[]): Promise<number> {
  await panel.reopen({});
  await panel.show(state);
  let time = 0;
  for (const { before, act } of steps) {
    await panel.page.evaluate(`void (${before})`);
    time = await panel.page.evaluate<number>(timing(act));
  }
  return time;
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length / 1000;

try {
  for (const count of [1000, 10_000]) {
    const state = manyModels(count);
    const amount = `${count.toLocaleString('en')} models`;
    for (const { what, acts: steps } of acts) {
      await measure({
        row: `panel with ${amount}: ${what}`,
        unit: 'ms',
        ours: { what: amount, run: async () => await perform(state, steps(state)) },
        beside: { what: '10 models', run: async () => await perform(few, steps(few)) },
        goal: { of: 'figure', atMost: 50 },
      });
    }
    for (const [what, next] of [
      ['another is in use', withOtherInUse(state)],
      ['one model changes', withAnother(state)],
    ] as const) {
      await measure({
        row: `sent to the panel with ${amount} when ${what}`,
        unit: 'KB',
        rounds: 1,
        ours: { what: 'what has changed', run: async () => sizeOf(stateChanges(state, next)) },
        beside: { what: 'the whole state', run: async () => sizeOf(state) },
        goal: { of: 'figure', atMost: 5 },
      });
    }
  }
} finally {
  await browser.close();
}
process.exit();
