import { isDeepStrictEqual } from 'node:util';
import type { PanelState, StateChanges } from '../../shared/messages';

/** The changes that turn one state into the next. A field that is the same object is not looked into. */
export function stateChanges(before: PanelState, after: PanelState): StateChanges {
  const old = new Map<string, unknown>(Object.entries(before));
  const fields = new Map<string, unknown>(Object.entries(after).filter(([, value]) => value !== undefined));
  return {
    changed: Object.fromEntries([...fields].filter(([name, value]) => !isDeepStrictEqual(old.get(name), value))),
    gone: [...old].filter(([name, value]) => value !== undefined && !fields.has(name)).map(([name]) => name),
  };
}
