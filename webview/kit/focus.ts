/** Where the focus belongs once the page has it again. */
let awaited: HTMLElement | undefined;

/** The element that has the focus, or has it once the person is back. */
export function focusedElement(): Element | null {
  return awaited?.isConnected ? awaited : document.activeElement;
}

/**
 * Brings the focus to an element: now, or with the next frame where it is only then that it is enabled again. Where the
 * person works elsewhere, in an editor or in a list of VS Code, it comes only once they are back: what they type
 * meanwhile is not for this page.
 */
export function focusOn(element: HTMLElement): void {
  if (!document.hasFocus()) {
    if (!awaited) addEventListener('focus', welcome, { once: true });
    awaited = element;
    return;
  }
  element.focus();
  if (document.activeElement !== element) requestAnimationFrame(() => document.hasFocus() && element.focus());
}

function welcome(): void {
  // A click brings it to what was clicked, which must not move away below the mouse.
  if (awaited?.isConnected) awaited.focus({ preventScroll: true });
  awaited = undefined;
}
