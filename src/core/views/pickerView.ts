import * as l10n from '@vscode/l10n';
import { Kept } from '../base/kept';
import { addressText, hostOf } from '../base/origin';
import { isSameModel, type Model, type ModelIdentity } from '../providers/model';
import { type ModelGroup, groupModels } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import { cutText } from './cutList';
import { firstOfEachKey, readyModels } from './readyModels';
import { agoText } from './timeText';
import { clausesText } from '../../language/clausesText';

/** A model in a list to choose from. */
export interface PickableModel {
  readonly model: Model;
  readonly detail: string;
  readonly selected: boolean;
  /** False where no source has a key for it. */
  readonly ready: boolean;
}

/** The models of one base URL. */
export interface PickableGroup extends Pick<ModelGroup, 'label' | 'host'> {
  readonly baseUrl: string;
  readonly models: readonly PickableModel[];
  /** Of what time the server's own list is, and whether it could be had last; undefined where none was asked for. */
  readonly age: string | undefined;
}

const pickable = new Kept<readonly Model[], readonly PickableModel[]>();

/** Every model that may be chosen, by provider, as things are at `now`, in milliseconds since the epoch. */
export function pickerView(snapshot: Snapshot, now: number = Date.now()): readonly PickableGroup[] {
  const { models, accounts, selected } = snapshot;
  const isReady = readyModels(snapshot);
  const typed = typedModel(snapshot);
  return groupModels(typed ? [...models, typed] : models, accounts).map(({ label, host, models: own }) => {
    const baseUrl = own[0]?.baseUrl ?? '';
    const named = namedIds(baseUrl, snapshot);
    return {
      label,
      // A server that nobody has given a name to is called by its host.
      host: host === label ? '' : host,
      baseUrl,
      age: listAge(baseUrl, snapshot, now),
      models: pickable.of(
        own,
        [named, selected?.baseUrl === baseUrl && selected.id, ...firstOfEachKey(own).map(isReady)],
        () => own.map((model) => pickableModel(model, { named, selected, isReady })),
      ),
    };
  });
}

/** The model in use where somebody has typed it: it is in no list of any server or file. */
export function typedModel({ models, selected }: Pick<Snapshot, 'models' | 'selected'>): Model | undefined {
  return selected && !models.some((model) => isSameModel(model, selected)) ? selected : undefined;
}

/** What the person has marked, and what they chose last; each a model that may be gone. */
export interface Preferred {
  readonly favourites: readonly ModelIdentity[];
  readonly recent: readonly ModelIdentity[];
}

/**
 * The favourites, and then what was chosen last and is neither of them nor in use:
 * each under a heading, in its group's name.
 */
export function preferredModels(
  groups: readonly Pick<PickableGroup, 'label' | 'models'>[],
  { favourites, recent }: Preferred,
): readonly Pick<PickableGroup, 'label' | 'models'>[] {
  const all = groups.flatMap(({ label, models }) =>
    models.map((one) => ({ ...one, detail: [label, one.detail].filter(Boolean).join(' · ') })),
  );
  const found = (wanted: readonly ModelIdentity[]): readonly PickableModel[] =>
    wanted.flatMap((identity) => all.filter(({ model }) => isSameModel(model, identity)));
  const latest = found(recent).filter(
    ({ model, selected }) => !selected && favourites.every((one) => !isSameModel(one, model)),
  );
  return [
    { label: l10n.t('Favourites'), models: found(favourites) },
    { label: l10n.t('Recent'), models: latest },
  ].filter(({ models }) => models.length > 0);
}

/**
 * What each group is called in a narrow list:
 * without what stands in brackets, and without its host, unless two were alike.
 */
export function shortNames(groups: readonly Pick<PickableGroup, 'label' | 'host'>[]): readonly string[] {
  const forms = [
    ({ label }: Pick<PickableGroup, 'label'>) => label.replaceAll(/ \([^)]*\)|（[^）]*）/g, ''),
    ({ label }: Pick<PickableGroup, 'label'>) => label,
    ({ label, host }: Pick<PickableGroup, 'label' | 'host'>) => [label, host].filter(Boolean).join(' · '),
  ];
  return groups.map((group) => {
    const isAlone = (form: (one: typeof group) => string): boolean =>
      groups.filter((one) => form(one) === form(group)).length === 1;
    return (forms.find(isAlone) ?? forms[2])?.(group) ?? group.label;
  });
}

function pickableModel(
  model: Model,
  around: {
    readonly named: ReadonlySet<string> | undefined;
    readonly selected: Model | undefined;
    readonly isReady: (model: Model) => boolean;
  },
): PickableModel {
  const ready = around.isReady(model);
  const isFromCatalogue = model.source.kind === 'catalogue' && around.named?.has(model.id) === false;
  return {
    model,
    detail: modelDetail(model, ready, isFromCatalogue),
    selected: around.selected !== undefined && isSameModel(model, around.selected),
    ready,
  };
}

/**
 * The models in which each word of the text occurs, or in their group, in any case and order: the first ones, as many
 * as `most`, and the one in use. `left` is how many more there are.
 */
export function matchingModels(
  groups: readonly PickableGroup[],
  text: string,
  most: number,
): { readonly groups: readonly PickableGroup[]; readonly left: number } {
  const words = text.toLowerCase().split(/\s+/);
  let found = 0;
  let shown = 0;
  const matching = groups.map((group) => ({
    ...group,
    models: group.models.filter(({ model: { name, id }, detail, selected }) => {
      const said = `${name} ${id} ${detail} ${group.label}`.toLowerCase();
      if (!words.every((word) => said.includes(word))) return false;
      found += 1;
      const isShown = found <= most || selected;
      if (isShown) shown += 1;
      return isShown;
    }),
  }));
  return { groups: matching.filter(({ models }) => models.length > 0), left: found - shown };
}

/** Of what time the list of the server at that base URL is at `now`, and whether it could be had last. */
export function listAge(
  baseUrl: string,
  { accounts, discovered }: Pick<Snapshot, 'accounts' | 'discovered'>,
  now: number = Date.now(),
): string | undefined {
  const places = [...accounts.filter((account) => account.baseUrl === baseUrl).map(({ id }) => id), baseUrl];
  const kept = places.map((place) => discovered.get(place)).find(Boolean);
  const { askedAt, failedAt } = kept ?? {};
  const asked = askedAt !== undefined && l10n.t('as of {0}', agoText(askedAt, now));
  const failed = failedAt !== undefined && l10n.t('could not be refreshed {0}', agoText(failedAt, now));
  return clausesText(asked, kept && cutText(kept), failed) || undefined;
}

/**
 * The accounts' base URLs at which an id that no list names could be tried, the one in use first, with a name for each.
 */
export function freeTextTargets({
  accounts,
  models,
  selected,
}: Snapshot): readonly { readonly baseUrl: string; readonly label: string }[] {
  const known = groupModels(models, accounts);
  const inUse = accounts.filter(({ baseUrl }) => baseUrl === selected?.baseUrl);
  const targets = [...new Set([...inUse, ...accounts].map(({ baseUrl }) => baseUrl))].map((baseUrl) => ({
    baseUrl,
    label: known.find(({ models: own }) => own[0]?.baseUrl === baseUrl)?.label ?? hostOf(baseUrl),
  }));
  return targets.map(({ baseUrl, label }) => {
    const isAlone = targets.filter((target) => target.label === label).length === 1;
    return { baseUrl, label: isAlone ? label : `${label} · ${addressText(baseUrl)}` };
  });
}

const idsOf = new Kept<readonly object[], ReadonlySet<string>>();

/** The ids of all models that the server at a base URL names; undefined where it was not asked, or named too many. */
function namedIds(baseUrl: string, { accounts, discovered }: Snapshot): ReadonlySet<string> | undefined {
  const account = accounts.find((one) => one.baseUrl === baseUrl);
  const { models = [], leftOut = 0 } = (account && discovered.get(account.id)) ?? {};
  return models.length > 0 && leftOut === 0
    ? idsOf.of(models, [], () => new Set(models.map(({ id }) => id)))
    : undefined;
}

function modelDetail(
  { name, id, description, generationConfig, thinking, isBestForCode }: Model,
  ready: boolean,
  isFromCatalogue: boolean,
): string {
  const { contextWindowSize, vision } = generationConfig;
  return [
    ready ? undefined : l10n.t('no key'),
    name === id ? undefined : id,
    description,
    isBestForCode && l10n.t('best for code'),
    contextWindowSize && l10n.t('{0} tokens', tokens(contextWindowSize)),
    vision && l10n.t('images'),
    thinking && l10n.t('thinking'),
    isFromCatalogue && l10n.t('from the catalogue'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `1M`, `262k`: as providers write it. */
function tokens(count: number): string {
  return count >= 1_000_000 ? `${Number((count / 1_000_000).toFixed(1))}M` : `${Math.round(count / 1000)}k`;
}
