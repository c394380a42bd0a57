import type { Disposable } from 'vscode';
import type { Session } from '../core/session/session';

/** Asks the server of the variables for a model where none is named: once for each configuration, and only then. */
export function followModelDiscovery(session: Session): Disposable {
  const stopping = new AbortController();
  let asked: unknown;
  const ask = (): void => {
    const { configuration, loaded } = session.snapshot;
    if (!loaded || asked === configuration) return;
    asked = configuration;
    void session.discoverModel(stopping.signal);
  };
  ask();
  const subscription = session.onDidChange(ask);
  return {
    dispose: () => {
      stopping.abort();
      subscription.dispose();
    },
  };
}
