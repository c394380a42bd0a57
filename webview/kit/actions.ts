import './actions.css';
import { el } from './dom';
import { icon, type IconName } from './icons';

/** A quiet button with an icon; a row has many, so it is the browser's own. */
export function action(name: IconName, label: string, key: string, onClick: () => void): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'icon-action', 'data-key': key }, icon(name));
  button.ariaLabel = button.title = label;
  button.addEventListener('click', onClick);
  return button;
}

/** A quiet button with words. */
export function textAction(label: string, key: string, onClick: () => void): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'text-action', 'data-key': key }, label);
  button.addEventListener('click', onClick);
  return button;
}
