import * as l10n from '@vscode/l10n';
import type { TerminalView, ToHost } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import { problemBox, type ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

/** What new terminals get of the sign-in, and the ways to use it there. */
export function createTerminal(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): Part {
  const heading = el('h2', { tabindex: '-1' }, l10n.t('Terminal'));
  const content = el('div');
  const element = el('section', { class: 'terminal' }, heading, content);
  const render = whenChanged((terminal: TerminalView | undefined) => {
    if (terminal === undefined) return;
    const { isOn, text, problem } = terminal;
    const buttons = [
      button({
        label: isOn ? l10n.t('Stop using my sign-in there') : l10n.t('Use my sign-in in the terminal'),
        key: 'terminal use',
        appearance: 'secondary',
        onClick: () => post({ type: 'useInTerminal', on: !isOn }),
      }),
      button({
        label: l10n.t('Write Qwen Code settings…'),
        key: 'terminal write',
        appearance: 'link',
        onClick: () => post({ type: 'writeQwenCodeSettings' }),
      }),
    ];
    const children = [
      el('p', {}, text),
      problem && problemBox(problem, 'warning', act),
      el('div', { class: 'row' }, ...buttons),
    ];
    replaceKeepingFocus(content, children, heading);
  });
  return {
    element,
    update({ terminal, models }) {
      element.hidden = terminal === undefined || models.length === 0;
      render(terminal);
    },
  };
}
