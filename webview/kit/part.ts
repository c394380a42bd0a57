import type { PanelState } from '../../src/shared/messages';

/** A part of the panel: an element that is built once and follows the state. */
export interface Part {
  readonly element: HTMLElement;
  update(state: PanelState): void;
}
