import type { Method } from '../../core/base/method';
import { InputBoxValidationSeverity, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { Secret } from '../../core/base/secret';
import { quoted } from '../../core/config/keyShape';
import type { Settings } from '../../core/config/settings';
import { findProvider, PROVIDERS } from '../../core/providers/catalogue';
import { CODING_PLAN } from '../../core/providers/alibaba';
import type { Provider } from '../../core/providers/provider';
import { readApiKey } from '../../core/signIn/apiKey';
import type { Flow } from '../../core/signIn/flows';
import { keyTarget } from '../../core/signIn/signIn';
import type { SignInRequest } from '../../core/signIn/signInRequest';
import { keyPrompt } from '../../core/views/keyPrompt';
import { type MethodView, methodViews } from '../../core/views/methodViews';
import { PROVIDER_GROUPS } from '../../core/views/providerGroups';
import { validationMessage } from '../platform/validationMessage';

const TITLE = 'Sign in to Qwen';

/** A request to sign in whose missing parts the person is asked for, or the wish for the panel instead. */
type PromptedSignIn = SignInRequest | 'panel';

/** Asks for what a request leaves open, one thing at a time. Throws `Cancelled` when the person goes away. */
export async function completeSignIn(given: Partial<SignInRequest>, settings: Settings): Promise<PromptedSignIn> {
  const method = given.method ?? methodOf(given.provider);
  if (method === undefined) {
    const chosen = await askMethod(settings);
    return chosen === 'panel' ? 'panel' : await completeMethod({ ...given, method: chosen.method }, settings, chosen);
  }
  return await completeMethod({ ...given, method }, settings);
}

/** Asks for what is open of a method; of its providers those that it was chosen for. */
async function completeMethod(given: SignInRequest, settings: Settings, chosen?: MethodView): Promise<SignInRequest> {
  const { method } = given;
  if (method === 'qwen-oauth') return { ...given, method };
  const isOpen = given.provider === undefined && given.region === undefined;
  if (method === 'coding-plan' && isOpen)
    return await completeMethod({ ...given, ...(await askPlan(settings)) }, settings);
  const usual = method === 'coding-plan' ? CODING_PLAN.id : undefined;
  const provider = await providerOf(given.provider ?? usual, settings, chosen?.providers);
  if (provider.browserSignIn && given.apiKey === undefined) {
    // Who chose this provider by its name wants the browser.
    const flow = given.flow ?? (chosen?.id === 'openrouter' ? 'loopback' : await askFlow(provider));
    if (flow !== 'key') return { ...given, method, provider: provider.id, flow };
  }
  const region = given.region ?? (await askRegion(provider, settings));
  const partial = { ...given, method, provider: provider.id, ...(region && { region }) };
  const request = { ...partial, ...(await baseUrlOf(partial, provider, settings)) };
  return { ...request, apiKey: given.apiKey ?? (await askKey(provider, request.baseUrl)) };
}

const METHOD_ICONS = {
  'coding-plan': 'rocket',
  'api-key': 'key',
  'own-server': 'vm',
  openrouter: 'globe',
  'qwen-oauth': 'account',
} as const;

async function askMethod(settings: Settings): Promise<MethodView | 'panel'> {
  const methods = methodViews(settings).map((view) => ({
    chosen: view,
    label: view.label,
    iconPath: new ThemeIcon(METHOD_ICONS[view.id]),
    detail: view.notice ?? view.description,
  }));
  const icon = { iconPath: new ThemeIcon('window') };
  const panel = { chosen: 'panel', label: 'Open auth panel', ...icon, detail: 'All of it on one page.' } as const;
  const separator = { chosen: 'panel', label: '', kind: QuickPickItemKind.Separator } as const;
  const picked = await window.showQuickPick([...methods, separator, panel], {
    title: TITLE,
    placeHolder: 'How do you want to sign in?',
    ignoreFocusOut: true,
  });
  if (!picked) throw new Cancelled();
  return picked.chosen;
}

function methodOf(provider: string | undefined): Method | undefined {
  return provider === undefined ? undefined : (findProvider(provider)?.method ?? 'api-key');
}

async function providerOf(
  id: string | undefined,
  settings: Settings,
  offeredIds?: readonly string[],
): Promise<Provider> {
  const given = id === undefined ? undefined : findProvider(id);
  if (given) return given;
  if (id !== undefined)
    throw new ConfigurationError({ field: 'provider' }, `${quoted(id)} is not a provider that is known.`);
  const offered = PROVIDERS.filter(({ id: own, method }) => offeredIds?.includes(own) ?? method === 'api-key');
  const [only] = offered;
  if (only && offered.length === 1) return only;
  const picked = await window.showQuickPick(
    offered.flatMap((provider, index) => {
      const { baseUrl } = settings.endpoint(provider, provider.regions[0]);
      const row = { provider, label: provider.label, description: baseUrl };
      const heading = { provider, label: PROVIDER_GROUPS[provider.group], kind: QuickPickItemKind.Separator };
      return offered[index - 1]?.group === provider.group ? [row] : [heading, row];
    }),
    { title: TITLE, placeHolder: 'Whose key is it?', matchOnDescription: true, ignoreFocusOut: true },
  );
  if (!picked) throw new Cancelled();
  return picked.provider;
}

async function askPlan(settings: Settings): Promise<{ readonly provider: string; readonly region: string }> {
  const plans = PROVIDERS.filter(({ method }) => method === 'coding-plan');
  const picked = await window.showQuickPick(
    plans.flatMap((provider) =>
      provider.regions.map((region) => ({
        place: { provider: provider.id, region: region.id },
        label: `${provider.label} · ${region.label}`,
        description: settings.endpoint(provider, region).baseUrl,
      })),
    ),
    { title: TITLE, placeHolder: 'Which plan and region does the key belong to?', ignoreFocusOut: true },
  );
  if (!picked) throw new Cancelled();
  return picked.place;
}

/** The first flow of the table stands for all: where it does not fit, the next one that does is taken. */
async function askFlow({ label }: Provider): Promise<Flow> {
  const ways = [
    {
      flow: 'loopback',
      label: `Sign in with ${label}`,
      iconPath: new ThemeIcon('globe'),
      detail: 'In your browser, which brings a key back.',
    },
    {
      flow: 'key',
      label: 'Enter an API key',
      iconPath: new ThemeIcon('key'),
      detail: 'One that you have already.',
    },
  ] as const;
  const picked = await window.showQuickPick(ways, {
    title: TITLE,
    placeHolder: `How do you want to sign in to ${label}?`,
    ignoreFocusOut: true,
  });
  if (!picked) throw new Cancelled();
  return picked.flow;
}

async function askRegion(provider: Provider, settings: Settings): Promise<string> {
  const { regions } = provider;
  if (regions.length === 1) return regions[0].id;
  const picked = await window.showQuickPick(
    regions.map((region) => ({ ...region, description: settings.endpoint(provider, region).baseUrl })),
    {
      title: TITLE,
      placeHolder: `Which ${provider.regionsAre.toLowerCase()} does the key belong to?`,
      ignoreFocusOut: true,
    },
  );
  if (!picked) throw new Cancelled();
  return picked.id;
}

async function baseUrlOf(
  given: SignInRequest,
  provider: Provider,
  settings: Settings,
): Promise<{ readonly baseUrl?: string }> {
  if (given.baseUrl !== undefined || provider.baseUrl === 'fixed') return {};
  const preset = settings.endpoint(provider, provider.regions[0]).baseUrl;
  if (given.apiKey !== undefined && preset) return {};
  const typed = await window.showInputBox({
    title: TITLE,
    prompt: `Base URL of ${provider.label}`,
    placeHolder: provider.baseUrlHint,
    value: preset,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return undefined;
      const shown = validationMessage(() => keyTarget({ ...given, baseUrl: text }, settings));
      if (typeof shown === 'string') return shown;
      const message = `Requests go to ${shown.endpoint.baseUrl}`;
      return { message, severity: InputBoxValidationSeverity.Info };
    },
  });
  if (typed === undefined) throw new Cancelled();
  // Accepted as it stands, the catalogue's or the gateway's address stays theirs.
  return typed.trim() === preset ? {} : { baseUrl: typed };
}

async function askKey(provider: Provider, baseUrl: string | undefined): Promise<Secret> {
  const typed = await window.showInputBox({
    title: TITLE,
    prompt: keyPrompt(provider, baseUrl),
    placeHolder: provider.keyHint,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      // What may still become a key is no mistake yet.
      const read = provider.keyPrefix?.startsWith(text)
        ? undefined
        : validationMessage(() => readApiKey(new Secret(text), provider));
      return typeof read === 'string' ? read : undefined;
    },
  });
  if (typed === undefined) throw new Cancelled();
  return new Secret(typed);
}
