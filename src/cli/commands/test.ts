import { describeSource } from '../../core/credentials/source';
import type { Disposable } from '../../core/events';
import { hostOf } from '../../core/origin';
import type { Session } from '../../core/session/session';
import { askForConsent } from '../consents';
import { table } from '../table';
import type { Terminal } from '../world';
import type { Context } from './command';

/** Asks the model in use for a sentence, prints it as it streams, then how long it took and where all came from. */
export async function test({ session, request, world }: Context): Promise<number> {
  const { terminal, signal } = world;
  await askForConsent(session, world, request.allowWorkspace);
  const streaming = stream(session, terminal);
  const cancel = (): void => session.dispose();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { model, firstTokenMs, sources } = await session.testConnection();
    terminal.out('\n\n');
    terminal.out(
      table([
        ['model', model.id, describeSource(sources.model)],
        ['host', hostOf(model.baseUrl), describeSource(sources.baseUrl)],
        ['key', '', describeSource(sources.key)],
        ['first token', `${Math.round(firstTokenMs)} ms`],
      ]),
    );
    return 0;
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
