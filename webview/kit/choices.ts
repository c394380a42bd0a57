import type { WebviewApi } from 'vscode-webview';

const names = ['page', 'method', 'provider', 'region', 'plan', 'filter', 'measure'] as const;

/** What the person chose in the panel and would miss after it was hidden. There is no name for a key here. */
export type ChoiceName = (typeof names)[number];

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
      values.set(name, value);
      api.setState(Object.fromEntries(values));
    },
  };
}
