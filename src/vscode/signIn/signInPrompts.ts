import * as l10n from '@vscode/l10n';
import { commands, InputBoxValidationSeverity, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import { Cancelled } from '../../core/base/errors';
import { Secret } from '../../core/base/secret';
import type { Settings } from '../../core/config/settings';
import { PROVIDERS } from '../../core/providers/catalogue';
import type { Provider } from '../../core/providers/provider';
import { readApiKey } from '../../core/signIn/apiKey';
import {
  countOpenQuestions,
  openQuestion,
  providerOf,
  requestOf,
  type SignInDraft,
  type SignInQuestion,
} from '../../core/signIn/openQuestions';
import { keyTarget } from '../../core/signIn/signIn';
import type { SignInRequest } from '../../core/signIn/signInRequest';
import type { TypedSignIn } from '../../core/signIn/typedSignIn';
import { keyPrompt } from '../../core/views/keyPrompt';
import { PROVIDER_GROUPS } from '../../core/views/providerGroups';
import { type SignInWay, signInWays } from '../../core/views/signInWays';
import { BACK, pickStep, type Step, typeStep } from '../answers/steps';
import { userAgent } from '../platform/userAgent';
import { validationMessage } from '../platform/validationMessage';

/** A request to sign in whose missing parts the person was asked for, or what they want in its place. */
type PromptedSignIn = SignInRequest | 'panel' | 'paste';

/** What a person is asked with. */
export interface PromptParts {
  readonly settings: Settings;
  /** What was typed in sign-ins that were left. */
  readonly typed: TypedSignIn;
  /** Says which environment file is there and not read, because the workspace is not trusted. */
  readonly unreadFile: () => string | undefined;
}

/** A question, with what is known before it. */
interface Asked extends PromptParts {
  readonly draft: SignInDraft;
  readonly step: Step;
}

type Answer = SignInDraft | 'panel' | 'paste' | typeof BACK;

/**
 * Asks for what a request leaves open, one thing at a time, with a way back.
 * Throws `Cancelled` when the person goes away.
 */
export async function completeSignIn(given: Partial<SignInRequest>, parts: PromptParts): Promise<PromptedSignIn> {
  const { settings } = parts;
  const before: SignInDraft[] = [];
  let draft: SignInDraft = given;
  for (;;) {
    const question = openQuestion(draft, settings);
    if (question === undefined) return requestOf(draft);
    const total = before.length + countOpenQuestions(draft, settings);
    const step = { title: titleOf(draft), number: before.length + 1, total };
    const answer = await ASK[question]({ ...parts, draft, step });
    if (answer === 'panel' || answer === 'paste') return answer;
    if (answer === BACK) draft = before.pop() ?? draft;
    else {
      before.push(draft);
      draft = { ...draft, ...answer };
    }
  }
}

const ASK: Readonly<Record<SignInQuestion, (asked: Asked) => Promise<Answer>>> = {
  way: askWay,
  plan: askPlan,
  provider: askProvider,
  flow: askFlow,
  region: askRegion,
  baseUrl: askBaseUrl,
  key: askKey,
};

/** What was chosen so far. */
function titleOf(draft: SignInDraft): string {
  const provider = providerOf(draft);
  const region = provider?.regions.find(({ id }) => id === draft.region)?.label;
  if (!provider) return l10n.t('Sign in to Qwen');
  return l10n.t('Sign in: {provider}', { provider: [provider.label, region].filter(Boolean).join(' · ') });
}

interface Row extends QuickPickItem {
  readonly answer: SignInDraft | 'panel' | 'paste' | 'trust';
}

const ICONS: Readonly<Record<SignInWay['id'], string>> = {
  'coding-plan': 'rocket',
  'api-key': 'key',
  ollama: 'vm',
  'lm-studio': 'vm',
  'own-server': 'server',
  openrouter: 'globe',
  paste: 'clippy',
  'qwen-oauth': 'account',
};

async function askWay({ step, settings, typed, unreadFile }: Asked): Promise<Answer> {
  const edit = { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Another address, or with a key') };
  const changes = new Map<Row, SignInDraft>();
  const rows = signInWays(settings).map(({ id, label, detail, start, change }): Row => {
    const row = {
      label,
      detail,
      iconPath: new ThemeIcon(ICONS[id]),
      answer: start,
      ...(change && { buttons: [edit] }),
    };
    if (change) changes.set(row, change);
    return row;
  });
  const panel = l10n.t('All of it on one page.');
  const unread = unreadFile();
  const items: readonly Row[] = [
    ...rows,
    { label: '', kind: QuickPickItemKind.Separator, answer: 'panel' },
    ...(unread === undefined ? [] : [trustRow(unread)]),
    { label: l10n.t('Open auth panel'), detail: panel, iconPath: new ThemeIcon('window'), answer: 'panel' },
  ];
  const picked = await pickRow('way', step, typed, {
    placeholder: l10n.t('How do you want to sign in?'),
    items,
    ofButton: (row) => ({ ...row, answer: changes.get(row) ?? row.answer }),
  });
  if (picked !== 'trust') return picked;
  await commands.executeCommand('workbench.trust.manage');
  throw new Cancelled();
}

function trustRow(detail: string): Row {
  return { label: l10n.t('Manage Trust'), detail, iconPath: new ThemeIcon('shield'), answer: 'trust' };
}

async function askPlan({ step, settings, typed }: Asked): Promise<Answer> {
  const plans = PROVIDERS.filter(({ method }) => method === 'coding-plan');
  const items = plans.flatMap((provider) =>
    provider.regions.map((region) => ({
      label: `${provider.label} · ${region.label}`,
      description: settings.endpoint(provider, region).baseUrl,
      answer: { provider: provider.id, region: region.id },
    })),
  );
  const placeholder = l10n.t('Which plan and region does the key belong to?');
  return draftOf(await pickRow('plan', step, typed, { placeholder, items }));
}

async function askProvider({ draft: { providers }, step, settings, typed }: Asked): Promise<Answer> {
  const offered = PROVIDERS.filter(({ id, method }) => providers?.includes(id) ?? method === 'api-key');
  const items = offered.flatMap((provider, index): readonly Row[] => {
    const { baseUrl } = settings.endpoint(provider, provider.regions[0]);
    const row = { label: provider.label, description: baseUrl, answer: { provider: provider.id } };
    const heading = { label: PROVIDER_GROUPS[provider.group], kind: QuickPickItemKind.Separator, answer: {} };
    return offered[index - 1]?.group === provider.group ? [row] : [heading, row];
  });
  return draftOf(await pickRow('provider', step, typed, { placeholder: l10n.t('Whose key is it?'), items }));
}

/** The first flow of the table stands for all: where it does not fit, the next one that does is taken. */
async function askFlow({ draft, step, typed }: Asked): Promise<Answer> {
  const { label = '' } = providerOf(draft) ?? {};
  const items: readonly Row[] = [
    {
      label: l10n.t('Sign in with {provider}', { provider: label }),
      iconPath: new ThemeIcon('globe'),
      detail: l10n.t('In your browser, which brings a key back.'),
      answer: { flow: 'loopback' },
    },
    {
      label: l10n.t('Enter an API key'),
      iconPath: new ThemeIcon('key'),
      detail: l10n.t('One that you have already.'),
      answer: { flow: 'key' },
    },
  ];
  const placeholder = l10n.t('How do you want to sign in to {provider}?', { provider: label });
  return draftOf(await pickRow('flow', step, typed, { placeholder, items }));
}

async function askRegion({ draft, step, settings, typed }: Asked): Promise<Answer> {
  const provider = providerOf(draft);
  const items = (provider?.regions ?? []).map((region) => ({
    label: region.label,
    ...(provider && { description: settings.endpoint(provider, region).baseUrl }),
    answer: { region: region.id },
  }));
  const placeholder =
    provider?.regionsAre === 'plan'
      ? l10n.t('Which plan does the key belong to?')
      : l10n.t('Which region does the key belong to?');
  return draftOf(await pickRow('region', step, typed, { placeholder, items }));
}

async function askBaseUrl({ draft, step, settings, typed }: Asked): Promise<Answer> {
  const provider = providerOf(draft);
  if (!provider) return BACK;
  const preset = settings.endpoint(provider, provider.regions[0]).baseUrl;
  const text = await typeStep(step, {
    prompt: l10n.t('Base URL of {provider}', { provider: provider.label }),
    placeholder: provider.baseUrlHint,
    value: typed.address(draft) ?? preset,
    isSecret: false,
    note: (value) => typed.noteAddress(draft, value),
    judge: (value) => {
      if (value.trim() === '')
        return preset ? undefined : l10n.t('Enter the base URL, such as {example}.', { example: provider.baseUrlHint });
      const shown = validationMessage(() => keyTarget({ ...requestOf(draft), baseUrl: value }, settings));
      if (typeof shown === 'string') return shown;
      const message = l10n.t('Requests go to {baseUrl}', { baseUrl: shown.endpoint.baseUrl });
      return { message, severity: InputBoxValidationSeverity.Info };
    },
    buttons: [],
  });
  if (text === BACK) return BACK;
  // Accepted as it stands, the catalogue's or the gateway's address stays theirs.
  return text.trim() === preset || text.trim() === '' ? { hasUsualAddress: true } : { baseUrl: text };
}

async function askKey({ draft, step, typed }: Asked): Promise<Answer> {
  const provider = providerOf(draft);
  if (!provider) return BACK;
  const text = await typeStep(step, {
    prompt: keyPrompt(provider, draft.baseUrl),
    placeholder: provider.keyHint,
    value: typed.key(draft)?.reveal() ?? '',
    isSecret: true,
    note: (value) => typed.noteKey(draft, new Secret(value)),
    judge: (value) => {
      const read = validationMessage(() => readApiKey(new Secret(value), provider));
      return typeof read === 'string' ? read : undefined;
    },
    buttons: keyPageButtons(provider, draft),
  });
  return text === BACK ? BACK : { apiKey: new Secret(text) };
}

function keyPageButtons(provider: Provider, { region }: SignInDraft) {
  const { consoleUrl } = provider.regions.find(({ id }) => id === region) ?? provider.regions[0];
  const icon = { iconPath: new ThemeIcon('link-external'), tooltip: l10n.t('Get a key') };
  return consoleUrl === undefined ? [] : [{ ...icon, press: () => userAgent.open(consoleUrl) }];
}

/** The row that was chosen when the sign-in was left has the focus. */
async function pickRow(
  question: SignInQuestion,
  step: Step,
  typed: TypedSignIn,
  list: Pick<Parameters<typeof pickStep<Row>>[1], 'placeholder' | 'items' | 'ofButton'>,
): Promise<Row['answer'] | typeof BACK> {
  const picked = await pickStep(step, { ...list, active: typed.choice(question) });
  if (picked === BACK) return BACK;
  typed.noteChoice(question, picked.label);
  return picked.answer;
}

/** Lists beside the first have rows with drafts alone. */
function draftOf(answer: Row['answer'] | typeof BACK): Answer {
  return answer === 'trust' ? BACK : answer;
}
