import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/joinSentences';
import { listText, longListText } from '../language/listText';
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
const VARIABLES = {
  key: `${KEY}`,
  baseUrl: `${BASE_URL}`,
  model: `${MODEL}`,
  others: longListText(OTHERS.map((names) => listText(names.flatMap((name) => name ?? [])))),
};

/** What is done about settings in which the key of one model would go to another's server. */
const TELL_APART = l10n.t(
  'Give each of them an entry of its own in those settings, with a variable (envKey) of its own that is set.',
);

/** What is said where a sign-in would need a person and there is none. */
export const NEEDS_PERSON = new ConfigurationError(
  { part: 'login' },
  l10n.t(
    'Signing in with a code needs a person at a terminal, and there is none. Where somebody reads this output, ' +
      'qwen-auth login --no-browser shows them the code. Without anybody, set {key}, and where needed {baseUrl} and ' +
      '{model}, in the environment or in a .qwen/.env file ({others} work too).',
    VARIABLES,
  ),
);

/** One sentence or two for an error: what happened, and what to do about it here. */
export function sentenceFor(error: unknown, snapshot: Snapshot | undefined, isInteractive: boolean): string {
  if (error instanceof SignInRequired) return signInSentence(error, snapshot, isInteractive);
  const problem = problemOf(error, { during: 'test' });
  if (problem?.action?.intent.type === 'writeQwenCodeSettings') return joinSentences(problemText(problem), TELL_APART);
  if (!problem || problem.action?.intent.type === 'showLog')
    return l10n.t('Something went wrong that should not have: {error}', { error: redact(String(error)) });
  const offer = snapshot ? offerText(withElsewhere(problem, error, snapshot).action?.intent, snapshot) : '';
  return joinSentences(inOptions(problemText(problem)), offer);
}

/** What a text calls a setting of VS Code is an option here. In each language these are pieces of whole sentences. */
const optionsForSettings = (): readonly (readonly [setting: string, option: string])[] => [
  [l10n.t('in qwen.endpoints, as "qwen-oauth"'), l10n.t('with --api')],
  ['qwen.endpoints["qwen-oauth"]', '--api'],
  [l10n.t('in qwen.oauth.scopes'), l10n.t('with --scopes')],
];

function inOptions(text: string): string {
  return optionsForSettings().reduce((rest, [setting, option]) => rest.replaceAll(setting, option), text);
}

function signInSentence(error: SignInRequired, snapshot: Snapshot | undefined, isInteractive: boolean): string {
  const problem = problemOf(error, { during: 'test' });
  const text = problem ? problemText(problem) : '';
  switch (error.reason) {
    case 'signedOut':
    case 'noKey':
    case 'noModel':
      // What is broken explains what is missing.
      return joinSentences(
        ...(snapshot?.problems ?? []).map(({ message }) => message),
        whatIsMissing(snapshot, isInteractive),
      );
    case 'notAllowed':
      return joinSentences(text, runAgain(error));
    case 'ended':
    case 'interrupted':
    case 'expired':
      return joinSentences(text, l10n.t('Run qwen-auth login.'));
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
    const host = hostOf(credential.account.baseUrl);
    return l10n.t('No model is known at {host}, where you are signed in: give --model.', { host });
  }
  if (selected && !credential) {
    return l10n.t('No key is known for {host}: set {variable}, or give --openai-api-key.', {
      host: hostOf(selected.baseUrl),
      variable: selected.envKey ?? VARIABLES.key,
    });
  }
  if (snapshot?.environmentServer) {
    const why = whyUndiscovered(snapshot);
    if (why) return why;
    return l10n.t('No model is named, and the address does not tell: set {variable}, or give --model.', {
      variable: VARIABLES.model,
    });
  }
  const isSet = (name: string): boolean =>
    configuration !== undefined && findVariables(name, configuration.variables).length > 0;
  // What is wrong with them has been said.
  if (FAMILIES.some(({ key, baseUrl }) => isSet(key) || isSet(baseUrl))) return '';
  return joinSentences(
    l10n.t(
      'No key is configured: set {key}, and where needed {baseUrl} and {model}, in the environment or in a .qwen/.env ' +
        'file ({others} work too).',
      VARIABLES,
    ),
    isInteractive ? l10n.t('Or sign in with qwen-auth login.') : '',
  );
}

/** Why the server could not say which models it has; without a key it was not asked, and a name is what is missing. */
function whyUndiscovered({ undiscovered: error }: Snapshot): string | undefined {
  const isSignIn = error instanceof SignInRequired;
  const problem = isSignIn && error.reason === 'noKey' ? undefined : problemOf(error, { during: 'test' });
  if (!error || !problem) return undefined;
  const how = isSignIn && error.reason === 'notAllowed' ? runAgain(error) : '';
  return joinSentences(problemText(problem), how);
}

/** What lets the key go for one run. A variable that is no provider's has to be named. */
function runAgain({ about }: SignInRequired): string {
  const variable = about.reason === 'notAllowed' ? about.variable : undefined;
  const option = variable && !variable.isUsual ? `--allow-workspace=${variable.name}` : '--allow-workspace';
  return l10n.t('Run it again with {option} if that is right.', { option });
}
