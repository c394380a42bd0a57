import * as l10n from '@vscode/l10n';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import { isInBrowser } from '../../core/signIn/browserSignIn';
import { readMethod, readSignInFields, type SignInRequest } from '../../core/signIn/signInRequest';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { attendSignIn, type SignInOutcome } from './attendedSignIn';
import { completeSignIn, type PromptParts } from './signInPrompts';

/** What a sign-in needs. */
export interface SignInParts extends AnswerParts, PromptParts {
  /** Signs in as a text says that the person pastes. */
  readonly paste: () => Promise<CommandResult<SignInOutcome>>;
}

/** The error for an unknown method. */
export const NO_METHOD = l10n.t('The method must be "qwen-oauth", "coding-plan" or "api-key".');
const NO_FLOW = l10n.t('The flow must be "loopback", "uriHandler", "device", "paste" or "key".');

/** `qwen.signIn`: signs in as its argument says, and asks for what that leaves open. */
export async function signIn(parts: SignInParts, argument: unknown): Promise<CommandResult<SignInOutcome>> {
  const method = isRecord(argument) ? readMethod(argument['method']) : undefined;
  const given = { ...(method && { method }), ...readSignInFields(argument) };
  const isNamed = (name: string): boolean => isRecord(argument) && argument[name] !== undefined;
  if (isNamed('method') && !given.method) return await refuse(parts, 'method', NO_METHOD);
  if (isNamed('flow') && !given.flow) return await refuse(parts, 'flow', NO_FLOW);
  return await askAndSignIn(parts, given);
}

/** Signs in after the person was asked for what is left open, or shows them the panel where they prefer that. */
export async function askAndSignIn(
  parts: SignInParts,
  given: Partial<SignInRequest>,
): Promise<CommandResult<SignInOutcome>> {
  const occasion = { during: 'signIn', method: given.method ?? 'api-key' } as const;
  const asked = await answer(parts, occasion, async () => ({ request: await completeSignIn(given, parts) }));
  if (!asked.ok) return asked;
  const { request } = asked;
  if (request === 'paste') return await parts.paste();
  return await answer(parts, occasion, async () => {
    if (request !== 'panel') return await perform(parts, request);
    parts.panel.show();
    throw new Cancelled();
  });
}

/** Signs in without a question. */
export async function signInWith(parts: AnswerParts, request: SignInRequest): Promise<CommandResult<SignInOutcome>> {
  return await answer(parts, { during: 'signIn', method: request.method }, () => perform(parts, request));
}

async function perform(parts: AnswerParts, request: SignInRequest): Promise<SignInOutcome> {
  parts.log.info(`Signing in: ${request.method} ${request.provider ?? ''}`);
  return await attendSignIn(parts, !isInBrowser(request), () => parts.session.signIns.signIn(request));
}

async function refuse(parts: AnswerParts, field: string, message: string): Promise<CommandResult<never>> {
  return await answer(parts, { during: 'signIn', method: 'api-key' }, async () => {
    throw new ConfigurationError({ field }, message);
  });
}
