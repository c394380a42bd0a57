import type { SecretStorage } from 'vscode';
import type { SecretStore } from '../core/ports';

/** VS Code's keychain as the core's. */
export function createSecretStore(secrets: SecretStorage): SecretStore {
  return {
    keys: async () => await secrets.keys(),
    get: async (key) => await secrets.get(key),
    store: async (key, value) => await secrets.store(key, value),
    delete: async (key) => await secrets.delete(key),
    onDidChange: (listener) => secrets.onDidChange(listener),
  };
}
