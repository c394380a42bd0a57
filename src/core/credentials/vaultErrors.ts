import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { joinSentences } from '../../language/joinSentences';
import { RecordsClosed, RecordTooLarge } from './accountStore';
import type { Records } from './sealedRecords';

/**
 * A vault's file, or a note of it, as logs may show it: without most of the id of its key that is in its name, which
 * opens what windows hand on to each other.
 */
export function shownFile(file: string): string {
  const name = path.basename(file).replace(/([0-9a-f]{8})[0-9a-f]{24}/, '$1…');
  return path.join(path.dirname(file), name);
}

/** The vault of this key cannot be used as it is. The next record begins a new file, and it is put aside. */
export class VaultUnusable extends RecordsClosed {}

/** The file is sealed with this key, and does not open. */
export class VaultDamaged extends VaultUnusable {
  constructor(vault: string) {
    const file = shownFile(vault);
    super(
      { file },
      l10n.t(
        '{file}, which holds your sign-ins, is damaged or was changed by another program. Sign in again; ' +
          'it is kept beside the new one.',
        { file },
      ),
    );
  }
}

/** The file opens, and is older than what was seen of it. */
export class VaultOlder extends VaultUnusable {
  constructor(
    vault: string,
    readonly records: Records,
  ) {
    const file = shownFile(vault);
    super(
      { file },
      l10n.t(
        '{file} is older than it was: restored from a backup, or put back by another program. ' +
          'Sign in again; it is kept beside the new one.',
        { file },
      ),
    );
  }
}

/** The error for a record that would make the file too large to be read. */
export function vaultTooLarge(vault: string): RecordTooLarge {
  const file = shownFile(vault);
  const advice = l10n.t('Sign out where you need none, or choose another server.');
  return new RecordTooLarge({ file }, joinSentences(l10n.t('A sign-in is too large for {file}.', { file }), advice));
}

/** The error for a file whose key neither the keychain nor another window has. */
export function vaultShut(vault: string): RecordsClosed {
  const file = shownFile(vault);
  return new RecordsClosed(
    { file },
    l10n.t('{file} holds sign-ins, and its key is not in the keychain. Sign in again; the file stays where it is.', {
      file,
    }),
  );
}
