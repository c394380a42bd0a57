import * as l10n from '@vscode/l10n';
import { listText } from '../../src/language/listText';
import type { ActionView } from '../../src/shared/messages';
import { el } from './dom';
import { button } from './toolkit';

/** What stands before the names of the other ways. */
const LEAD = l10n.t('Other ways to sign in:');

/** The other ways to sign in, a button each; undefined where there is none. */
export function otherWays(
  ways: readonly ActionView[],
  act: (intent: ActionView['intent']) => void,
): HTMLElement | undefined {
  if (ways.length === 0) return undefined;
  const buttons = ways.map(({ label, intent }) =>
    button({ label, key: `way ${label}`, appearance: 'link', onClick: () => act(intent) }),
  );
  return el('div', { class: 'row others', role: 'group', 'aria-label': LEAD }, el('span', {}, LEAD), ...buttons);
}

/** The same for who cannot see it; empty where there is none. */
export const otherWaysText = (ways: readonly ActionView[] = []) =>
  ways.length === 0
    ? ''
    : l10n.t('Other ways to sign in: {names}.', { names: listText(ways.map(({ label }) => label)) });
