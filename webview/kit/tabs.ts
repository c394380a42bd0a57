import './tabs.css';
import { el } from './dom';

/** The pages of the panel, one of them shown, with the tabs to switch by (ARIA tabs pattern). */
interface Tabs<Id extends string> {
  readonly element: HTMLElement;
  show(id: Id): void;
}

/** Tabs by these labels; `onSelect` is asked to show the one that was chosen. */
export function createTabs<Id extends string>(
  label: string,
  labels: readonly { readonly id: Id; readonly label: string }[],
  pages: Readonly<Record<Id, HTMLElement>>,
  onSelect: (id: Id) => void,
): Tabs<Id> {
  const tabs = labels.map(({ id, label: text }) => {
    const tab = el(
      'button',
      { class: 'tab', role: 'tab', type: 'button', id: `tab-${id}`, 'aria-controls': `page-${id}` },
      text,
    );
    const page = pages[id];
    page.id = `page-${id}`;
    page.setAttribute('role', 'tabpanel');
    page.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', () => onSelect(id));
    return { id, tab };
  });
  const element = el('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...tabs.map(({ tab }) => tab));
  element.addEventListener('keydown', (event) => {
    const at = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const to = target(event.key, at, tabs.length);
    const next = to === undefined ? undefined : tabs[to];
    if (next === undefined) return;
    event.preventDefault();
    next.tab.focus();
    onSelect(next.id);
  });
  return {
    element,
    show(id) {
      for (const { id: own, tab } of tabs) {
        tab.setAttribute('aria-selected', String(own === id));
        tab.tabIndex = own === id ? 0 : -1;
        pages[own].hidden = own !== id;
      }
    },
  };
}

/** The tab that a key leads to; undefined for other keys. */
function target(key: string, at: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % length;
    case 'ArrowLeft':
      return (at - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
