import { focusedElement, focusOn } from './focus';

type Child = Node | string | undefined;

/** An element with attributes and children; a child that is undefined is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Stands in a sentence where an element goes. */
const PLACE = '\uFFFC';

/** A sentence with an element in it, wherever its language puts that; `sentence` is given what stands for the element. */
export function around(element: Node, sentence: (place: string) => string): readonly (Node | string)[] {
  const [before = '', after = ''] = sentence(PLACE).split(PLACE);
  return [before, element, after];
}

/** Wraps `render` so that it runs only when what it is given differs from the last time, compared as JSON. */
export function whenChanged<T>(render: (value: T) => void): (value: T) => void {
  let last: string | undefined;
  return (value) => {
    const next = JSON.stringify(value) ?? '';
    if (next === last) return;
    last = next;
    render(value);
  };
}

/**
 * Replaces the children of `parent`. Focus stays on the element with the same `data-key`;
 * where that one is gone, it goes to `fallback` instead of being lost to the page.
 */
export function replaceKeepingFocus(
  parent: HTMLElement,
  children: readonly Child[],
  fallback: HTMLElement | (() => void),
): void {
  const focused = focusedElement();
  const key = parent.contains(focused) ? focused?.getAttribute('data-key') : undefined;
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  if (key === undefined) return;
  const same = [...parent.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === key);
  if (same) focusOn(same);
  else if (typeof fallback === 'function') fallback();
  else focusOn(fallback);
}

/** Makes these the children of `parent`, and moves only those that are out of their place, with the focus that they have. */
export function setChildren(parent: HTMLElement, children: readonly Element[]): void {
  const left = new Set(children);
  for (const child of Array.from(parent.children).filter((one) => !left.has(one))) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else moveBefore(parent, child, next);
  }
}

/** Puts a child before that one, with the focus that it has; where the browser cannot move it so, the focus is brought back. */
export function moveBefore(parent: Element, child: Element, next: Element | null): void {
  const canMove = 'moveBefore' in Element.prototype && parent.isConnected && child.isConnected;
  if (canMove) return parent.moveBefore(child, next);
  const focused = focusedElement();
  parent.insertBefore(child, next);
  if (focused instanceof HTMLElement && child.contains(focused)) focusOn(focused);
}

/** An id that no other element of the page has. */
export const uniqueId = (() => {
  let count = 0;
  return (prefix: string) => `${prefix}-${++count}`;
})();

/** Submits a form when Enter is pressed in one of its fields. */
export const onEnter = (submit: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') submit();
};
