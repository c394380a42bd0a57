import * as l10n from '@vscode/l10n';
import type { Log } from '../../core/base/ports';
import type { VaultKeeper } from '../../core/credentials/vault';
import { notify } from './notifications';

const USE_IT = l10n.t('Use it all the same');

/** Tells and asks the person about their vault in notifications, and notes in the log what was told. */
export function createVaultKeeper(log: Pick<Log, 'error'>): VaultKeeper {
  return {
    tellPutAside: (sentence) => {
      log.error(sentence);
      void notify('warning', sentence);
    },
    useOlder: async (sentence) => (await notify('warning', sentence, USE_IT)) === USE_IT,
  };
}
