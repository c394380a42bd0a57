import './menuButton.css';
import { action } from './actions';
import { el, uniqueId } from './dom';
import type { IconName } from './icons';

/** What a menu offers; one that cannot be done at the moment is shown all the same. */
export interface MenuItem {
  readonly label: string;
  readonly isPossible?: boolean;
  readonly onClick: () => void;
}

/** A button with a menu of further actions (ARIA menu button pattern); its label is its name and its tooltip. */
export function menuButton(options: {
  readonly icon: IconName;
  readonly label: string;
  readonly key: string;
  readonly items: readonly MenuItem[];
}): HTMLElement {
  const { label, key } = options;
  const opener = action(options.icon, label, key, () => undefined);
  const menu = el('div', { id: uniqueId('menu'), class: 'menu', role: 'menu', popover: 'auto', 'aria-label': label });
  const items = options.items.map((item) => menuItem(item, key, () => close()));
  const close = () => {
    menu.hidePopover();
    opener.focus();
  };
  opener.ariaHasPopup = 'menu';
  opener.ariaExpanded = 'false';
  opener.popoverTargetElement = menu;
  menu.append(...items);
  menu.addEventListener('toggle', () => {
    const isOpen = menu.matches(':popover-open');
    opener.ariaExpanded = String(isOpen);
    if (!isOpen) return;
    place(menu, opener);
    if (!menu.contains(document.activeElement)) items[0]?.focus();
  });
  menu.addEventListener('keydown', (event) => {
    const next = moved(items, event.key);
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (next) next.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el('span', { class: 'menu-place' }, opener, menu);
}

function menuItem({ label, isPossible = true, onClick }: MenuItem, key: string, close: () => void): HTMLElement {
  const item = el('button', { type: 'button', role: 'menuitem', tabindex: '-1', 'data-key': `${key} ${label}` }, label);
  item.ariaDisabled = String(!isPossible);
  item.addEventListener('click', () => {
    if (!isPossible) return;
    close();
    onClick();
  });
  return item;
}

/** The item that a key leads to from the one that has the focus; undefined for other keys. */
function moved(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.findIndex((item) => item === document.activeElement);
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at((at - 1) % items.length);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
}

/** Below its button, and above it where there is no room; its right edge is that of the button. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height <= innerHeight ? at.bottom : Math.max(0, at.top - height);
  menu.style.setProperty('top', `${below}px`);
  menu.style.setProperty('left', `${Math.max(0, at.right - width)}px`);
}
