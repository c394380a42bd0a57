import { el } from './dom';

/** How many rows there are above and below those in view, for a scroll that is drawn before they are. */
const BEYOND = 12;
/** How far from the edge of the view a row is brought. */
const EDGE_PX = 8;

/** A list in a page that scrolls, of rows of one height, of which only those in view are in the page. */
interface RowWindow {
  /** What the rows are put into, each at its place by `placeRow`. */
  readonly canvas: HTMLElement;
  /** How many rows there are. */
  count: number;
  /** Draws the rows in view anew. */
  draw(): void;
  /** Scrolls the page until the rows of these indexes are in view, the last one before all. */
  reveal(first: number, last: number): void;
}

/**
 * Makes a window of the list. `draw` is to put the rows from one index up to another, and no others, into the canvas; it is
 * called whenever others are in view. How high a row is, only the style says: `--row-height`.
 */
export function createRowWindow(list: HTMLElement, draw: (from: number, to: number) => void): RowWindow {
  const canvas = el('div', { class: 'canvas' });
  let count = 0;
  const drawInView = () => {
    const { top, height } = canvas.getBoundingClientRect();
    const row = height / Math.max(count, 1);
    // A list that is not seen has no height, and hears when it gets one.
    const from = row === 0 ? 0 : Math.max(0, Math.floor(-top / row) - BEYOND);
    const to = row === 0 ? 0 : Math.min(count, Math.ceil((innerHeight - top) / row) + BEYOND);
    draw(from, to);
  };
  list.append(canvas);
  window.addEventListener('scroll', drawInView, { passive: true });
  window.addEventListener('resize', drawInView);
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
    reveal(first, last) {
      const { top, height } = canvas.getBoundingClientRect();
      const row = height / Math.max(count, 1);
      const above = top + first * row - EDGE_PX;
      const below = top + (last + 1) * row + EDGE_PX - innerHeight;
      if (below > 0) window.scrollBy(0, below);
      else if (above < 0) window.scrollBy(0, above);
      drawInView();
    },
  };
}

/** Puts a row at the place of that index. */
export const placeRow = (row: HTMLElement, index: number): void => row.style.setProperty('--row', String(index));
