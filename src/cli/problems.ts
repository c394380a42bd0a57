import { findVariables } from '../core/config/variables';
import { ConfigurationError, SignInRequired } from '../core/base/errors';
import { FAMILIES } from '../core/config/families';
import { hostOf } from '../core/base/origin';
import { redact } from '../core/base/redaction';
import type { Snapshot } from '../core/session/snapshot';
import { withElsewhere } from '../core/views/elsewhere';
import { problemOf, problemText } from '../core/views/problem';
import { offerText } from './usedUp';

const [FIRST, ...OTHERS] = FAMILIES.map(({ key, baseUrl, models }) => [key, baseUrl, models[0]]);
const [KEY, BASE_URL, MODEL] = FIRST ?? [];
const SET_VARIABLES =
  `set ${KEY}, and where needed ${BASE_URL} and ${MODEL}, in the environment or in a .qwen/.env file ` +
  `(${OTHERS.map((names) => names.join(', ')).join('; ')} work too)`;

/** What is done about settings in which the key of one model would go to another's server. */
const TELL_APART =
  'Give each of them an entry of its own in those settings, with a variable (envKey) of its own that is set.';

/** What is said where a sign-in would need a person and there is none. */
export const NEEDS_PERSON = new ConfigurationError(
  { part: 'login' },
  'Signing in with a code needs a person at a terminal, and there is none. Where somebody reads this output, ' +
    `qwen-auth login --no-browser shows them the code. Without anybody, ${SET_VARIABLES}.`,
);

/** One sentence or two for an error: what happened, and what to do about it here. */
export function sentenceFor(error: unknown, snapshot: Snapshot | undefined, isInteractive: boolean): string {
  if (error instanceof SignInRequired) return signInSentence(error, snapshot, isInteractive);
  const problem = problemOf(error, { during: 'test' });
  if (problem?.action?.intent.type === 'writeQwenCodeSettings') return `${problemText(problem)} ${TELL_APART}`;
  if (!problem || problem.action?.intent.type === 'showLog')
    return `Something went wrong that should not have: ${redact(String(error))}`;
  const offer = snapshot ? offerText(withElsewhere(problem, error, snapshot).action?.intent, snapshot) : '';
  return [inOptions(problemText(problem)), offer].filter(Boolean).join(' ');
}

/** What a text calls a setting of VS Code is an option here. */
const OPTIONS_FOR_SETTINGS: readonly (readonly [setting: string, option: string])[] = [
  ['in qwen.endpoints, as "qwen-oauth"', 'with --api'],
  ['qwen.endpoints["qwen-oauth"]', '--api'],
  ['in qwen.oauth.scopes', 'with --scopes'],
];

function inOptions(text: string): string {
  return OPTIONS_FOR_SETTINGS.reduce((rest, [setting, option]) => rest.replaceAll(setting, option), text);
}

function signInSentence(error: SignInRequired, snapshot: Snapshot | undefined, isInteractive: boolean): string {
  const problem = problemOf(error, { during: 'test' });
  const text = problem ? problemText(problem) : '';
  switch (error.reason) {
    case 'signedOut':
    case 'noKey':
    case 'noModel':
      // What is broken explains what is missing.
      return [...(snapshot?.problems ?? []).map(({ message }) => message), whatIsMissing(snapshot, isInteractive)]
        .filter(Boolean)
        .join(' ');
    case 'notAllowed':
      return `${text} Run it again with ${allowance(error)} if that is right.`;
    case 'ended':
    case 'interrupted':
    case 'expired':
      return `${text} Run qwen-auth login.`;
    case 'gone':
    case 'refused':
    case 'goodElsewhere':
    case 'foreignKey':
      return text;
  }
}

function whatIsMissing(snapshot: Snapshot | undefined, isInteractive: boolean): string {
  const { selected, credential, configuration } = snapshot ?? {};
  if (!selected && credential?.account) {
    return `No model is known at ${hostOf(credential.account.baseUrl)}, where you are signed in: give --model.`;
  }
  if (selected && !credential) {
    return `No key is known for ${hostOf(selected.baseUrl)}: set ${selected.envKey ?? KEY}, or give --openai-api-key.`;
  }
  if (snapshot?.environmentServer) {
    const why = whyUndiscovered(snapshot);
    if (why) return why;
    return `No model is named, and the address does not tell: set ${MODEL}, or give --model.`;
  }
  const isSet = (name: string): boolean =>
    configuration !== undefined && findVariables(name, configuration.variables).length > 0;
  // What is wrong with them has been said.
  if (FAMILIES.some(({ key, baseUrl }) => isSet(key) || isSet(baseUrl))) return '';
  return `No key is configured: ${SET_VARIABLES}.${isInteractive ? ' Or sign in with qwen-auth login.' : ''}`;
}

/** Why the server could not say which models it has; without a key it was not asked, and a name is what is missing. */
function whyUndiscovered({ undiscovered: error }: Snapshot): string | undefined {
  const isSignIn = error instanceof SignInRequired;
  const problem = isSignIn && error.reason === 'noKey' ? undefined : problemOf(error, { during: 'test' });
  if (!error || !problem) return undefined;
  const how =
    isSignIn && error.reason === 'notAllowed' ? `Run it again with ${allowance(error)} if that is right.` : '';
  return `${problemText(problem)} ${how}`.trim();
}

/** What lets the key go for one run. A variable that is no provider's has to be named. */
function allowance({ about }: SignInRequired): string {
  const variable = about.reason === 'notAllowed' ? about.variable : undefined;
  return variable && !variable.isUsual ? `--allow-workspace=${variable.name}` : '--allow-workspace';
}
