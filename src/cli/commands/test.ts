import * as l10n from '@vscode/l10n';
import { EXIT } from '../exitCodes';
import { describeSource } from '../../core/providers/source';
import type { Disposable } from '../../core/base/events';
import { hostOf } from '../../core/base/origin';
import type { Session } from '../../core/session/session';
import { checkRegions } from '../checkRegions';
import { askForConsent } from '../consents';
import { table } from '../table';
import type { Terminal } from '../ports';
import type { Context } from './command';

/**
 * Asks the model in use for a sentence, prints it as it streams, then how long it took and where all came from. Where
 * the key is refused it may find out where else it is good.
 */
export async function test(context: Context): Promise<number> {
  const { session, request, ports } = context;
  const { terminal, signal } = ports;
  await askForConsent(session, ports, request.allowWorkspace);
  const streaming = stream(session, terminal);
  const cancel = (): void => session.dispose();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { model, firstTokenMs, sources } = await session.testConnection();
    terminal.out('\n\n');
    terminal.out(
      table([
        [l10n.t('model'), model.id, describeSource(sources.model)],
        [l10n.t('host'), hostOf(model.baseUrl), describeSource(sources.baseUrl)],
        [l10n.t('key'), '', describeSource(sources.key)],
        [l10n.t('first token'), l10n.t('{duration} ms', { duration: Math.round(firstTokenMs) })],
      ]),
    );
    return EXIT.done;
  } catch (error) {
    if (await checkRegions(context, error)) return EXIT.failed;
    throw error;
  } finally {
    streaming.dispose();
    signal.removeEventListener('abort', cancel);
  }
}

/** Prints what has come since the last look. */
function stream(session: Session, terminal: Terminal): Disposable {
  let printed = 0;
  return session.onDidChange(() => {
    const { connection } = session.snapshot;
    if (connection.kind !== 'running' || connection.text.length <= printed) return;
    terminal.out(connection.text.slice(printed));
    printed = connection.text.length;
  });
}
