import * as l10n from '@vscode/l10n';
import { type Efforts, effortsOf } from '../chat/thinking';
import { isSameModel, type Model } from '../providers/model';
import { groupModels } from '../models/modelList';
import { Kept } from '../base/kept';
import { addressText } from '../base/origin';
import type { HeldModel } from '../models/heldModels';
import type { Snapshot } from '../session/snapshot';
import { inertText } from './inertText';
import { firstOfEachKey, readyModels } from './readyModels';

/** A model as VS Code's chat and other extensions see it; sizes in tokens. */
export interface LanguageModelView {
  /** The same for as long as there is the model, and never that of another. */
  readonly id: string;
  readonly name: string;
  /** The id that its server knows it by. */
  readonly family: string;
  readonly detail: string;
  readonly tooltip: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly imageInput: boolean;
  /** How much it can be told to think; undefined where it cannot be told. */
  readonly efforts: Efforts | undefined;
  /** Why it cannot be used. */
  readonly warning?: string;
  /** It was listed before and is gone. */
  readonly gone?: true;
}

/** What a server takes in where nobody says. */
const DEFAULT_CONTEXT = 131_072;
/** How long an answer may become where nobody says, within a quarter of what the model takes in. */
const LONGEST_ANSWER = 32_768;

/** The id of the entry that stands for the model in use, whichever that is. */
export const IN_USE = 'in-use';

/** What the chat's own picker calls the entry for the model in use. */
export const IN_USE_NAME = l10n.t('Qwen · model of the status bar');

const shown = new Kept<readonly Model[], readonly LanguageModelView[]>();

/**
 * The model in use as an entry of its own, then every known model, the one in use before the others. A new chat begins
 * with the first, and without any entry VS Code runs no `@qwen`, so that nobody could sign in there. Of models that are
 * gone, those that are `held` stay: a chat keeps its model, and nobody could answer in it if that were not there.
 */
export function languageModelsView(snapshot: Snapshot, held: readonly HeldModel[] = []): readonly LanguageModelView[] {
  const { accounts, selected } = snapshot;
  const isReady = readyModels(snapshot);
  const views = groupModels(known(snapshot), accounts).flatMap(({ label, models: own }) => {
    const address = addressText(own[0]?.baseUrl ?? '');
    const place = { label: inertText(label), address, at: inertText(l10n.t('at {address}', { address })) };
    return shown.of(own, [label, ...firstOfEachKey(own).map(isReady)], () =>
      own.map((model) => modelView(model, place, isReady(model))),
    );
  });
  const first = selected && languageModelId(selected);
  const inUse = views.filter(({ id }) => id === first);
  const gone = held.filter(({ id }) => id !== IN_USE && views.every((view) => view.id !== id));
  return [inUseView(snapshot, inUse[0]), ...inUse, ...views.filter(({ id }) => id !== first), ...gone.map(goneView)];
}

function inUseView({ accounts, models }: Snapshot, view: LanguageModelView | undefined): LanguageModelView {
  const isSignedOut = accounts.length === 0 && models.length === 0;
  if (view) {
    const { name, detail, tooltip } = view;
    const which = [name, detail].filter(Boolean).join(' · ');
    const said = l10n.t('Answers with the model that the status bar shows: {which}, {tooltip}', { which, tooltip });
    return { ...view, ...NAMED, detail: which, tooltip: said };
  }
  return {
    ...NAMED,
    ...(isSignedOut && { name: l10n.t('Sign in to Qwen') }),
    detail: l10n.t('no model yet'),
    tooltip: isSignedOut ? l10n.t('Run "Qwen: Sign in", or ask @qwen /auth.') : l10n.t('Run "Qwen: Switch model".'),
    ...UNKNOWN,
    warning: isSignedOut ? l10n.t('You are not signed in.') : l10n.t('No model is chosen.'),
  };
}

const NAMED = { id: IN_USE, name: IN_USE_NAME, family: IN_USE } as const;
const UNKNOWN = {
  maxInputTokens: DEFAULT_CONTEXT - LONGEST_ANSWER,
  maxOutputTokens: LONGEST_ANSWER,
  imageInput: false,
  efforts: undefined,
} as const;

function goneView({ id, name, place }: HeldModel): LanguageModelView {
  const warning = l10n.t('This model of {0} is gone. Choose another one.', place);
  return { id, name, family: name, detail: place, tooltip: warning, ...UNKNOWN, warning, gone: true };
}

/** The model that VS Code knows by that id, as it is to be asked; undefined where it is gone. */
export function languageModel(id: string, snapshot: Snapshot): Model | undefined {
  if (id === IN_USE) return snapshot.selected;
  return known(snapshot).find((model) => id.startsWith(encoded(`${model.id}@`)) && languageModelId(model) === id);
}

/**
 * What VS Code knows a model by. The address is part of it: a choice must never come to mean another server. VS Code
 * shows it as Markdown that may run commands, so what could become a link, an element or an icon is encoded.
 */
export function languageModelId({ id, baseUrl }: Pick<Model, 'id' | 'baseUrl'>): string {
  return encoded(`${id}@${addressText(baseUrl)}`);
}

function encoded(text: string): string {
  return text.replace(/[%[\]<>`$\\\p{Cc}\p{Cf}\s]/gu, encodeURIComponent);
}

/** The models of the lists, and the one in use where its id was typed. */
function known({ models, selected }: Snapshot): readonly Model[] {
  return selected && !models.some((model) => isSameModel(model, selected)) ? [selected, ...models] : models;
}

/** Where models are: `label` is their provider, and `at` tells of the address, for where VS Code reads Markdown. */
interface Place {
  readonly label: string;
  readonly address: string;
  readonly at: string;
}

function modelView(model: Model, { label, address, at }: Place, ready: boolean): LanguageModelView {
  const { name, id, description, generationConfig } = model;
  const { contextWindowSize: context = DEFAULT_CONTEXT, vision } = generationConfig;
  const maxOutputTokens = Math.min(model.maxOutputTokens ?? LONGEST_ANSWER, Math.floor(context / 4));
  return {
    id: encoded(`${id}@${address}`),
    name: inertText(name),
    family: id,
    detail: label,
    tooltip: [name === id ? '' : inertText(id), inertText(description ?? ''), at].filter(Boolean).join(' · '),
    maxInputTokens: context - maxOutputTokens,
    maxOutputTokens,
    imageInput: vision === true,
    efforts: effortsOf(model),
    ...(!ready && { warning: l10n.t('No key is known for {0}.', label) }),
  };
}
