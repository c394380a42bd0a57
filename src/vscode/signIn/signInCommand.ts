import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import { isInBrowser } from '../../core/signIn/browserSignIn';
import type { SignedIn } from '../../core/signIn/signIn';
import { readMethod, readSignInFields, type SignInRequest } from '../../core/signIn/signInRequest';
import { answer, type CommandParts, type CommandResult } from '../answers/commandAnswer';
import { saySignedIn, signInOutcome } from './signInOutcome';
import { completeSignIn } from './signInPrompts';
import { withSignInProgress } from './signInProgress';

/** The error for an unknown method. */
export const NO_METHOD = 'The method must be "qwen-oauth", "coding-plan" or "api-key".';
const NO_FLOW = 'The flow must be "loopback", "uriHandler", "device", "paste" or "key".';

/** `qwen.signIn`: asks for what its argument leaves open, and says how it went. */
export async function signIn(
  parts: CommandParts,
  argument: unknown,
): Promise<CommandResult<ReturnType<typeof signInOutcome>>> {
  const { session, settings, panel, log } = parts;
  const given = readArgument(argument);
  return await answer(parts, { during: 'signIn', method: given.method ?? 'api-key' }, async () => {
    if (isRecord(argument) && argument['method'] !== undefined && !given.method) {
      throw new ConfigurationError({ field: 'method' }, NO_METHOD);
    }
    if (isRecord(argument) && argument['flow'] !== undefined && !given.flow) {
      throw new ConfigurationError({ field: 'flow' }, NO_FLOW);
    }
    const request = await completeSignIn(given, settings);
    if (request === 'panel') {
      panel.show();
      throw new Cancelled();
    }
    log.info(`Signing in: ${request.method} ${request.provider ?? ''}`);
    const work = (): Promise<SignedIn> => session.signIns.signIn(request);
    const isShort = !isInBrowser(request);
    const signedIn = await (panel.isVisible('signIn') ? work() : withSignInProgress(session, isShort, work));
    void saySignedIn(signedIn, session);
    return signInOutcome(signedIn, session);
  });
}

function readArgument(argument: unknown): Partial<SignInRequest> {
  const method = isRecord(argument) ? readMethod(argument['method']) : undefined;
  return { ...(method && { method }), ...readSignInFields(argument) };
}
