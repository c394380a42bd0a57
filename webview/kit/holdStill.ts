/**
 * Does something to the page, and scrolls it so that what is under the pointer stays there: who is about to press a button
 * presses no other one, whatever has come above it meanwhile.
 */
export function holdStill(change: () => void): void {
  const pointedAt = [...document.querySelectorAll(':hover')].reverse();
  const before = new Map(pointedAt.map((element) => [element, element.getBoundingClientRect().top]));
  change();
  const left = pointedAt.find((element) => element.isConnected && element.checkVisibility());
  const top = left && before.get(left);
  if (left === undefined || top === undefined) return;
  const moved = left.getBoundingClientRect().top - top;
  if (moved !== 0) window.scrollBy(0, moved);
}
