import * as l10n from '@vscode/l10n';
import { env, type QuickPickItem, ThemeIcon, window, workspace } from 'vscode';
import { readModelProviders } from '../../core/config/modelProviders';
import { putEntries } from '../../core/config/putEntries';
import type { Settings } from '../../core/config/settings';
import { MaskedText } from '../../core/plainWords/maskedText';
import { readPlainWords } from '../../core/plainWords/plainWords';
import { describePlainWords, type Row } from '../../core/plainWords/describe';
import type { Meaning } from '../../core/plainWords/meaning';
import { targetOf } from '../../core/plainWords/providerNames';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { stringIn } from '../../core/base/json';
import { findProvider } from '../../core/providers/catalogue';
import { withoutLinks } from '../../core/views/inertText';
import { answer } from '../answers/answer';
import type { CommandResult } from '../answers/answerParts';
import { changeSetting } from '../platform/changeSetting';
import type { SignInOutcome } from './attendedSignIn';
import { askAndSignIn, type SignInParts } from './signInCommand';

/** How long a key that was pasted can be read, in milliseconds. */
const MASK_MS = 300;

type Understood = Exclude<Meaning, { readonly kind: 'nothing' }>;

/** What became of a sign-in that a text asked for. */
type TriedSignIn = CommandResult<SignInOutcome>;

/** What a text came to: what was understood, the sign-ins in their order, and why the first failed that did. */
interface Configured {
  readonly understood: readonly string[];
  readonly signIns: readonly TriedSignIn[];
  readonly error: string | undefined;
}

const OCCASION = { during: 'signIn', method: 'api-key' } as const;

/** `qwen.configureFromText`: configures what its argument, or else a text that the person brings, says. */
export async function configure(
  parts: SignInParts,
  argument: unknown,
): Promise<CommandResult<{ readonly understood: readonly string[] }>> {
  const done = await answer(parts, OCCASION, () => configureFromText(parts, stringIn(argument, 'text')));
  if (!done.ok) return done;
  const { understood, error } = done;
  return error === undefined ? { ok: true, understood } : { ok: false, error };
}

/** Signs in as a text says that the person brings; one that only adds models signs in to nothing. */
export async function pasteSignIn(parts: SignInParts): Promise<CommandResult<SignInOutcome>> {
  const done = await answer(parts, OCCASION, () => configureFromText(parts, undefined));
  if (!done.ok) return done;
  const [first = { ok: false, error: l10n.t('Cancelled.') }] = done.signIns;
  return done.signIns.find(({ ok }) => ok) ?? first;
}

/**
 * Configures what a pasted text says: shows what was understood, and does it after a yes. Throws `ConfigurationError`
 * for a text that says nothing, `Cancelled` when the person goes away. Answers what was understood, without a key, and
 * what became of the sign-ins, which the person has been told.
 */
export async function configureFromText(parts: SignInParts, given: string | undefined): Promise<Configured> {
  const understood = readPlainWords(given ?? (await askForText(parts)));
  if (understood.kind === 'nothing') throw new ConfigurationError({ field: 'text' }, understood.why);
  const rows = describe(understood, parts.settings);
  const lines = rows.map(lineOf);
  const yes = understood.kind === 'signIn' ? l10n.t('Sign in') : l10n.t('Add models');
  const title = l10n.t('This is what was understood');
  const chosen = await window.showInformationMessage(title, { modal: true, detail: lines.join('\n') }, yes);
  if (chosen !== yes) throw new Cancelled();
  const signIns = await (understood.kind === 'signIn' ? signInAs(parts, understood) : addModels(parts, understood));
  return { understood: lines, signIns, error: signIns.flatMap((one) => (one.ok ? [] : one.error))[0] };
}

interface TextRow extends QuickPickItem {
  readonly read: () => Promise<string>;
}

/** Several lines do not fit the field, so they come from the clipboard or from what is selected. */
async function askForText(parts: SignInParts): Promise<string> {
  const { document, selection } = window.activeTextEditor ?? {};
  const selected = document && selection && !selection.isEmpty ? document.getText(selection) : undefined;
  const picker = window.createQuickPick<TextRow>();
  const masked = new MaskedText();
  const usual: readonly TextRow[] = [
    {
      read: async () => await env.clipboard.readText(),
      label: l10n.t('From the clipboard'),
      iconPath: new ThemeIcon('clippy'),
    },
    ...(selected
      ? [{ read: async () => selected, label: l10n.t('From the selected text'), iconPath: new ThemeIcon('selection') }]
      : []),
  ];
  picker.title = l10n.t('Configure from text');
  picker.placeholder = l10n.t('Paste or type: a sentence, lines such as OPENAI_API_KEY=…, a snippet or a curl command');
  picker.ignoreFocusOut = true;
  picker.items = usual;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    picker.items = picker.value.trim() === '' ? usual : [typedRow(masked.whole(picker.value), parts)];
    clearTimeout(pause);
    // Whoever types goes on at the end; a key that is pasted is not left to be read.
    pause = setTimeout(() => {
      const shown = masked.shown(picker.value);
      if (shown !== picker.value) picker.value = shown;
    }, MASK_MS);
  };
  try {
    return await new Promise<string>((resolve, reject) => {
      picker.onDidChangeValue(follow);
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.read() ?? masked.whole(picker.value)));
      picker.onDidHide(() => reject(new Cancelled()));
      picker.show();
    });
  } finally {
    clearTimeout(pause);
    picker.dispose();
  }
}

/** What was typed, with what is understood of it. */
function typedRow(text: string, { settings }: SignInParts): TextRow {
  const words = readPlainWords(text);
  // The dialog that follows has the whole; an address would leave no room for the rest.
  const rows = words.kind === 'nothing' ? [] : describe(words, settings, 'withoutAddress');
  return {
    read: async () => text,
    label: l10n.t('Use this text'),
    description: '↵',
    detail: withoutLinks(words.kind === 'nothing' ? words.why : rows.map(lineOf).join(' · ')),
    iconPath: new ThemeIcon('arrow-right'),
    alwaysShow: true,
  };
}

function describe(words: Understood, settings: Settings, extent?: 'withoutAddress'): readonly Row[] {
  return describePlainWords(words, (provider, region) => settings.endpoint(provider, region).baseUrl, extent);
}

const lineOf = ({ label, text }: Row): string => l10n.t('{label}: {text}', { label, text });

async function signInAs(
  parts: SignInParts,
  { request, apiKey }: Extract<Understood, { readonly kind: 'signIn' }>,
): Promise<readonly TriedSignIn[]> {
  // The region that was shown, so that it is not asked for again.
  const region = request.region ?? findProvider(request.provider)?.regions[0].id;
  return [await askAndSignIn(parts, { ...request, ...(region && { region }), ...(apiKey && { apiKey }) })];
}

/** Puts the entries into the settings, then signs in with the keys that came along. */
async function addModels(
  parts: SignInParts,
  { modelProviders, env: keys }: Extract<Understood, { readonly kind: 'modelProviders' }>,
): Promise<readonly TriedSignIn[]> {
  const signIns: TriedSignIn[] = [];
  const before = workspace.getConfiguration('qwen').inspect<unknown>('modelProviders')?.globalValue;
  await changeSetting('qwen.modelProviders', putEntries(before, modelProviders));
  const { entries } = readModelProviders(modelProviders);
  for (const { name, key } of keys) {
    const entry = entries.find(({ envKey }) => envKey === name);
    if (!entry) continue;
    const { provider, region } = targetOf(entry.baseUrl, undefined);
    const signedIn = await askAndSignIn(parts, {
      method: provider.method,
      provider: provider.id,
      ...(region && { region: region.id }),
      ...(provider.baseUrl === 'required' && { baseUrl: entry.baseUrl }),
      apiKey: key,
      model: entry.id,
    });
    signIns.push(signedIn);
  }
  return signIns;
}
