import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { systemClock } from '../../core/base/clock';
import { DeferredSecretStore } from '../../core/credentials/deferredSecretStore';
import { moveRecords } from '../../core/credentials/moveRecords';
import { Vault, type VaultKeeper } from '../../core/credentials/vault';
import { computerName } from './computer';
import { createStateStore } from './stateStore';
import { windowFiles } from './windowFiles';
import type { Log } from '../../core/base/ports';
import { describeError } from './log';

const KEY = 'vault/key';
const DOMAIN = 'vault/domain';

/**
 * The vault that the windows of one person share: a sealed file in the extension's storage, its key in VS Code's
 * keychain. It is opened in the background. Takes over what earlier versions left in the keychain itself; where that
 * fails, it is tried again next time.
 */
export function openSecretStore(
  context: ExtensionContext,
  keeper: VaultKeeper,
  log: Pick<Log, 'error'>,
): DeferredSecretStore {
  return new DeferredSecretStore(openVault(context, keeper, log));
}

async function openVault(context: ExtensionContext, keeper: VaultKeeper, log: Pick<Log, 'error'>): Promise<Vault> {
  const { secrets, globalStorageUri } = context;
  // The keychain is that of the computer in front of the person, and so is the vault.
  const domain = (await Promise.resolve(secrets.get(DOMAIN)).catch(() => undefined)) ?? computerName();
  const vault = new Vault(path.join(globalStorageUri.fsPath, 'vault', domain), {
    files: windowFiles,
    clock: systemClock,
    state: createStateStore(context.globalState),
    keeper,
    keychain: {
      get: () => secrets.get(KEY),
      store: async (key) => {
        // VS Code may name this computer differently one day; whoever has the key finds its file all the same.
        await secrets.store(DOMAIN, domain);
        await secrets.store(KEY, key);
      },
    },
  });
  const keychain = {
    keys: async () => await secrets.keys(),
    get: async (key: string) => await secrets.get(key),
    delete: async (key: string) => await secrets.delete(key),
  };
  await moveRecords(keychain, vault).catch((error: unknown) => log.error(describeError(error)));
  return vault;
}
