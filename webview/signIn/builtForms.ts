import type { PanelState, ToHost } from '../../src/shared/messages';
import type { MethodView } from '../../src/shared/signInViews';
import type { Choices } from '../kit/choices';
import { createApiKeyForm } from './apiKeyForm';
import { createCodingPlanForm } from './codingPlanForm';
import { createQwenOAuthForm } from './qwenOAuthForm';
import type { SignInForm } from './signInForm';

/** The row of a method. */
export type RowId = MethodView['id'];

/** The forms of the rows. A form is built when it is first wanted: what nobody sees takes no time. */
export interface BuiltForms {
  of(id: RowId): SignInForm;
  update(state: PanelState): void;
  /** Says to all forms but that one that the person is elsewhere. */
  leave(but?: RowId): void;
  /** Hides all forms but that one. */
  showOnly(id: RowId | undefined): void;
}

/** The forms, each put into the body of its row. */
export function createForms(
  post: (intent: ToHost) => void,
  choices: Choices,
  bodyOf: (id: RowId) => HTMLElement,
): BuiltForms {
  let state: PanelState | undefined;
  const forms = new Map<RowId, SignInForm>();
  return {
    of(id) {
      const form = forms.get(id) ?? BUILD[id](post, choices);
      if (!forms.has(id)) {
        forms.set(id, form);
        bodyOf(id).append(form.element);
        if (state) form.update(state);
      }
      return form;
    },
    update(next) {
      state = next;
      for (const form of forms.values()) form.update(next);
    },
    leave(but) {
      for (const [own, form] of forms) if (own !== but) form.left?.();
    },
    showOnly(id) {
      for (const [own, { element }] of forms) element.hidden = own !== id;
    },
  };
}

const BUILD: Readonly<Record<RowId, (post: (intent: ToHost) => void, choices: Choices) => SignInForm>> = {
  'coding-plan': createCodingPlanForm,
  'api-key': (post, choices) => createApiKeyForm('api-key', post, choices),
  'own-server': (post, choices) => createApiKeyForm('own-server', post, choices),
  openrouter: (post, choices) => createApiKeyForm('openrouter', post, choices),
  'qwen-oauth': createQwenOAuthForm,
};
