import * as l10n from '@vscode/l10n';
import { type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { FavouriteModels } from '../../core/models/favouriteModels';
import { isSameModel, type ModelIdentity } from '../../core/providers/model';
import { inertText } from '../../core/views/inertText';
import type { AnswerParts, SignIn } from '../answers/answerParts';
import {
  freeTextTargets,
  matchingModels,
  type PickableGroup,
  type PickableModel,
  pickerView,
  type Preferred,
  preferredModels,
  shortNames,
} from '../../core/views/pickerView';
import { numberText } from '../../language/numbers';

interface Row extends QuickPickItem {
  /** What choosing the row means: a model, or a sign-in; a separator means nothing. */
  readonly choose?: ModelIdentity | 'signIn';
}

const REFRESH = { iconPath: new ThemeIcon('refresh'), tooltip: l10n.t('Ask the servers for their models again') };
const BUTTONS: readonly (QuickInputButton & { readonly press: (parts: PickerParts) => unknown })[] = [
  {
    iconPath: new ThemeIcon('pulse'),
    tooltip: l10n.t('Test connection'),
    press: ({ act }) => act({ type: 'testConnection' }),
  },
  { iconPath: new ThemeIcon('key'), tooltip: l10n.t('Open auth panel'), press: ({ panel }) => panel.show() },
  {
    iconPath: new ThemeIcon('gear'),
    tooltip: l10n.t('Manage providers'),
    press: ({ panel }) => panel.show('providers'),
  },
];
const STAR = { iconPath: new ThemeIcon('star-empty'), tooltip: l10n.t('Add to favourites') };
const UNSTAR = { iconPath: new ThemeIcon('star-full'), tooltip: l10n.t('Remove from favourites') };

/** How many models are listed at once: VS Code gets all rows anew at each key. */
const MOST_MODELS = 200;

/** What the picker works with. */
export interface PickerParts extends AnswerParts {
  readonly signIn: SignIn;
  readonly favourites: FavouriteModels;
}

/**
 * Lets the person pick a model by provider, or type one that no list names. Undefined when they close it or press one
 * of its buttons.
 */
export async function pickModel(parts: PickerParts): Promise<ModelIdentity | undefined> {
  const { session, favourites } = parts;
  const picker = window.createQuickPick<Row>();
  const { folderLabel } = session.snapshot.configuration;
  picker.title =
    folderLabel === undefined
      ? l10n.t('Switch model')
      : l10n.t('Switch model (folder {folder})', { folder: inertText(folderLabel) });
  picker.placeholder = l10n.t('Type to filter, or type the id of a model that is not listed');
  picker.matchOnDescription = true;
  picker.buttons = [REFRESH, ...BUTTONS];
  picker.keepScrollPosition = true;
  let groups = pickerView(session.snapshot);
  const targets = freeTextTargets(session.snapshot);
  const show = (): void => {
    const text = picker.value.trim();
    const preferred = { favourites: favourites.all(), recent: session.recentModels };
    picker.items = [
      ...(text === '' ? preferredRows(groups, preferred) : []),
      ...modelRows(groups, text, preferred),
      ...freeTextRows(text, groups, targets),
      ...signInRows(groups.length > 0),
    ];
  };
  show();
  picker.activeItems = picker.items.filter(({ picked }) => picked).slice(0, 1);
  const refresh = async (): Promise<void> => {
    picker.busy = true;
    // What a list could not be had for is said beside its age.
    await session.discovery.refresh().catch(() => undefined);
    groups = pickerView(session.snapshot);
    show();
    picker.busy = false;
  };
  try {
    const choice = await new Promise<Row['choose']>((resolve) => {
      picker.onDidChangeValue(show);
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.choose));
      picker.onDidTriggerButton((button) => {
        if (button === REFRESH) return void refresh();
        void BUTTONS.find((candidate) => candidate === button)?.press(parts);
        resolve(undefined);
      });
      picker.onDidTriggerItemButton(async ({ item }) => {
        if (typeof item.choose !== 'object') return;
        await favourites.toggle(item.choose);
        show();
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
    if (choice !== 'signIn') return choice;
    await parts.signIn({});
    return undefined;
  } finally {
    picker.dispose();
  }
}

function preferredRows(groups: readonly PickableGroup[], preferred: Preferred): readonly Row[] {
  const named = shortNames(groups).map((label, index) => ({
    ...groups[index],
    label,
    models: groups[index]?.models ?? [],
  }));
  return preferredModels(named, preferred).flatMap(({ label, models }) => [
    separator(label),
    ...models.map((one) => modelRow(one, preferred)),
  ]);
}

function modelRows(all: readonly PickableGroup[], text: string, preferred: Preferred): readonly Row[] {
  const { groups, left } = matchingModels(all, text, MOST_MODELS);
  const more = l10n.t('{count} more: type a part of the name', { count: numberText(left) });
  const names = shortNames(groups);
  return [
    ...groups.flatMap(({ label, age, models }, index) => [
      separator([names[index] ?? label, age].filter(Boolean).join(' · ')),
      ...models.map((one) => modelRow(one, preferred)),
    ]),
    ...(left > 0 ? [separator(more)] : []),
  ];
}

function separator(label: string): Row {
  return { label: inertText(label), kind: QuickPickItemKind.Separator };
}

/** What is said of the row in use begins with that, as the end of a long description is cut off. */
function modelRow({ model, detail, selected }: PickableModel, { favourites }: Preferred): Row {
  const isFavourite = favourites.some((one) => isSameModel(one, model));
  return {
    label: inertText(model.name),
    iconPath: new ThemeIcon(selected ? 'check' : 'blank'),
    description: inertText([selected && l10n.t('in use'), detail].filter(Boolean).join(' · ')),
    picked: selected,
    // VS Code looks for the text as a whole, and not in the group.
    alwaysShow: true,
    choose: { id: model.id, baseUrl: model.baseUrl },
    buttons: [isFavourite ? UNSTAR : STAR],
  };
}

function freeTextRows(
  id: string,
  groups: readonly PickableGroup[],
  targets: readonly { readonly baseUrl: string; readonly label: string }[],
): readonly Row[] {
  if (id === '' || groups.some(({ models }) => models.some(({ model }) => model.id === id))) return [];
  return targets.map(({ baseUrl, label }) => ({
    label: l10n.t('Use "{model}"', { model: inertText(id) }),
    iconPath: new ThemeIcon('edit'),
    description: inertText(label),
    alwaysShow: true,
    choose: { id, baseUrl },
  }));
}

function signInRows(hasModels: boolean): readonly Row[] {
  return [
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: hasModels ? l10n.t('Sign in to another provider') : l10n.t('Sign in'),
      iconPath: new ThemeIcon(hasModels ? 'add' : 'key'),
      choose: 'signIn',
    },
  ];
}
