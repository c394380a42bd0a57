import type { WebviewApi } from 'vscode-webview';

const names = ['page', 'method', 'provider', 'region', 'baseUrl', 'model', 'plan', 'filter', 'measure'] as const;

/** What may be a key that was put into the wrong field, or a part of one, is not kept. */
const MAY_BE_SECRET = /[@?]|\b(?:sk|ms|rk|xai|gsk|hf|key|nvapi)[-_]|\bgh[pousr]_|\bAIza/i;

/** What the person chose or typed in the panel and would miss after a reload. There is no name for a key here. */
type ChoiceName = (typeof names)[number];

/** The choices, kept by VS Code while the panel is hidden. */
export interface Choices {
  /** The choice, or an empty string. */
  get(name: ChoiceName): string;
  set(name: ChoiceName, value: string): void;
}

/** The choices as VS Code kept them; whatever else it holds is ignored. */
export function createChoices(api: WebviewApi<unknown>): Choices {
  const kept = api.getState();
  const values = new Map(
    Object.entries(typeof kept === 'object' && kept !== null ? kept : {}).filter(
      ([name, value]) => names.some((known) => known === name) && typeof value === 'string',
    ),
  );
  return {
    get: (name) => String(values.get(name) ?? ''),
    set(name, value) {
      values.set(name, MAY_BE_SECRET.test(value) ? '' : value);
      api.setState(Object.fromEntries(values));
    },
  };
}
