import { el } from './dom';

/** How many rows there are above and below those in view, for a scroll that is drawn before they are. */
const BEYOND = 12;
const EDGE_PX = 4;

/** A list that scrolls, of rows of one height, of which only those in view are in the page. */
export interface RowWindow {
  /** What the rows are put into, each at its place by `placeRow`. */
  readonly canvas: HTMLElement;
  /** How many rows there are. */
  count: number;
  /** Draws the rows in view anew. */
  draw(): void;
  /** Scrolls until the rows of these indexes are in view, the last one before all. */
  reveal(first: number, last: number): void;
}

/**
 * Makes a window of the list. `draw` is to put the rows from one index up to another, and no others, into the canvas; it is
 * called whenever others are in view. How high a row is, only the style says: `--row-height`.
 */
export function createRowWindow(list: HTMLElement, draw: (from: number, to: number) => void): RowWindow {
  const canvas = el('div', { class: 'canvas' });
  let count = 0;
  const rowHeight = () => canvas.getBoundingClientRect().height / Math.max(count, 1);
  const drawInView = () => {
    // A list that is not seen has no height, and hears when it gets one.
    const height = rowHeight();
    if (height === 0) return draw(0, 0);
    const first = Math.floor(list.scrollTop / height) - BEYOND;
    const last = Math.ceil((list.scrollTop + list.clientHeight) / height) + BEYOND;
    draw(Math.max(0, first), Math.min(count, last));
  };
  list.append(canvas);
  list.addEventListener('scroll', drawInView);
  new ResizeObserver(drawInView).observe(list);
  return {
    canvas,
    get count() {
      return count;
    },
    set count(next) {
      count = next;
      canvas.style.setProperty('--rows', String(count));
    },
    draw: drawInView,
    // Not `scrollIntoView`: that would move the page too, while somebody reads elsewhere in it.
    reveal(first, last) {
      const height = rowHeight();
      const top = Math.min(list.scrollTop, first * height);
      list.scrollTop = Math.max(top, (last + 1) * height + 2 * EDGE_PX - list.clientHeight);
      drawInView();
    },
  };
}

/** Puts a row at the place of that index. */
export const placeRow = (row: HTMLElement, index: number): void => row.style.setProperty('--row', String(index));
