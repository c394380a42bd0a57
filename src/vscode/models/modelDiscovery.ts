import type { Disposable } from 'vscode';
import type { Session } from '../../core/session/session';

/**
 * Asks the server of the variables for a model where none is named: once for each configuration, and only then. Lists
 * of models that have grown old are asked for again when a model is used.
 */
export function followModelDiscovery(session: Session): Disposable {
  const stopping = new AbortController();
  const asked = new WeakSet<object>();
  const ask = (): void => {
    const { configuration, loaded } = session.snapshot;
    if (!loaded || asked.has(configuration)) return;
    asked.add(configuration);
    void session.discovery.discoverModel(stopping.signal);
  };
  ask();
  let refreshing: Promise<unknown> | undefined;
  const refresh = (): void => {
    refreshing ??= session.discovery
      .refresh('due')
      .catch(() => undefined)
      .finally(() => (refreshing = undefined));
  };
  const subscriptions = [session.onDidChange(ask), session.onDidEndChat(refresh)];
  return {
    dispose: () => {
      stopping.abort();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
