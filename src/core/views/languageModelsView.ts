import { type Efforts, effortsOf } from '../chat/thinking';
import { isSameModel, type Model } from '../providers/model';
import { groupModels } from '../models/modelList';
import { addressText } from '../base/origin';
import type { Snapshot } from '../session/snapshot';
import { inertText } from './inertText';
import { readyModels } from './readyModels';

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

/** The only entry of an empty list: without any model VS Code shows no chat, and nobody could sign in there. */
const SIGN_IN: LanguageModelView = {
  id: 'sign-in',
  name: 'Sign in to Qwen',
  family: 'sign-in',
  detail: 'no model yet',
  tooltip: 'Run "Qwen: Sign in", or ask @qwen /auth.',
  maxInputTokens: DEFAULT_CONTEXT - LONGEST_ANSWER,
  maxOutputTokens: LONGEST_ANSWER,
  imageInput: false,
  efforts: undefined,
  warning: 'You are not signed in.',
};

/**
 * Every known model, the one in use first; never none. Models of which the ids are `held` stay though they are gone: a chat
 * keeps its model, and nobody, `@qwen` included, could answer in it if that were not there.
 */
export function languageModelsView(snapshot: Snapshot, held: readonly string[] = []): readonly LanguageModelView[] {
  const { accounts, selected } = snapshot;
  const isReady = readyModels(snapshot);
  const views = groupModels(known(snapshot), accounts).flatMap(({ label, models: own }) => {
    const address = addressText(own[0]?.baseUrl ?? '');
    const place = { label: inertText(label), address, at: inertText(`at ${address}`) };
    return own.map((model) => modelView(model, place, isReady(model)));
  });
  const first = selected && languageModelId(selected);
  const ordered = [...views.filter(({ id }) => id === first), ...views.filter(({ id }) => id !== first)];
  const all = views.length > 0 ? ordered : [SIGN_IN];
  const gone = held.filter((id) => all.every((view) => view.id !== id));
  return [...all, ...gone.map(goneView)];
}

function goneView(id: string): LanguageModelView {
  const name = id.replace(/@[^@]*$/, '');
  // After a sign-in the model in use answers.
  const { warning: _, ...signIn } = SIGN_IN;
  if (id === SIGN_IN.id) return { ...signIn, gone: true };
  return { ...signIn, id, name, family: name, detail: '', warning: 'This model is not known any more.', gone: true };
}

/** The model that VS Code knows by that id; undefined where it is gone. */
export function languageModel(id: string, snapshot: Snapshot): Model | undefined {
  if (id === SIGN_IN.id) return snapshot.selected;
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
    ...(!ready && { warning: `No key is known for ${label}.` }),
  };
}
