import type { PanelState } from '../../src/shared/messages';
import { el } from './dom';

/** A part of the panel: an element that is built once and follows the state. */
export interface Part {
  readonly element: HTMLElement;
  update(state: PanelState): void;
}

/** A part that the focus can be brought to. */
export interface Page extends Part {
  focus(): void;
}

/** A part that is built when the state first shows it: what nobody sees takes no time. */
export function builtWhenShown(isShown: (state: PanelState) => boolean, build: () => Part & Partial<Page>): Page {
  let part: (Part & Partial<Page>) | undefined;
  const element = el('div');
  return {
    element,
    update(state) {
      if (part === undefined && isShown(state)) {
        part = build();
        element.append(part.element);
      }
      part?.update(state);
    },
    focus: () => part?.focus?.(),
  };
}
