import type { Disposable } from '../core/base/events';
import { Gateway } from '../core/gateway/gateway';
import { gatewayVariables } from '../core/gateway/gatewayVariables';
import { modelInUse } from '../core/session/snapshot';
import type { Context } from './commands/command';
import { askForConsent } from './consents';
import { sentenceFor } from './problems';
import { sayWhatIsUsedUp } from './usedUp';

/** A gateway for one program or one person, and the variables by which it is found; it listens until it is disposed. */
interface OpenGateway extends Disposable {
  readonly baseUrl: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Aborted once its token is ended, as by a sign-out. */
  readonly ended: AbortSignal;
}

/**
 * Opens a gateway to the models, once the person has allowed what a file of the folder wants. Throws what stands in the
 * way of the model in use, and `ConfigurationError` where the port cannot be had.
 */
export async function openGateway({ session, request, ports }: Context): Promise<OpenGateway> {
  await askForConsent(session, ports, request.allowWorkspace);
  modelInUse(session.snapshot);
  sayWhatIsUsedUp(session.snapshot, ports);
  const describe = (error: unknown): string => sentenceFor(error, session.snapshot, false);
  const gateway = new Gateway({ session, describe });
  const access = await gateway.open(() => session.snapshot, request.port);
  return {
    baseUrl: access.baseUrl,
    variables: gatewayVariables(access, ports.environment),
    ended: access.ended,
    dispose: () => gateway.dispose(),
  };
}
