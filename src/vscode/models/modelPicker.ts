import { commands, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { ModelIdentity } from '../../core/providers/model';
import type { Session } from '../../core/session/session';
import { inertText } from '../../core/views/inertText';
import { freeTextTargets, type PickableGroup, pickerView } from '../../core/views/pickerView';

interface Row extends QuickPickItem {
  /** What choosing the row means: a model, or a command; a separator means nothing. */
  readonly choose?: ModelIdentity | { readonly command: string };
}

const REFRESH = { iconPath: new ThemeIcon('refresh'), tooltip: 'Ask the servers for their models again' };
const BUTTONS = [
  { iconPath: new ThemeIcon('pulse'), tooltip: 'Test connection', command: 'qwen.testConnection', args: [] },
  { iconPath: new ThemeIcon('key'), tooltip: 'Open auth panel', command: 'qwen.openPanel', args: [] },
  {
    iconPath: new ThemeIcon('gear'),
    tooltip: 'Open settings',
    command: 'workbench.action.openSettings',
    args: ['@ext:qwen-auth.qwen-auth'],
  },
] as const;

/**
 * Lets the person pick a model by provider, or type one that no list names. Undefined when they go away, or take one of
 * the buttons instead.
 */
export async function pickModel(
  session: Pick<Session, 'snapshot' | 'refreshModels'>,
): Promise<ModelIdentity | undefined> {
  const picker = window.createQuickPick<Row>();
  picker.title = 'Switch model';
  picker.placeholder = 'Type to filter, or type the id of a model that is not listed';
  picker.matchOnDescription = true;
  picker.buttons = [REFRESH, ...BUTTONS];
  picker.keepScrollPosition = true;
  let known = modelRows(pickerView(session.snapshot));
  const targets = freeTextTargets(session.snapshot);
  const show = (): void => {
    picker.items = [...known, ...freeTextRows(picker.value.trim(), known, targets), ...signInRows(known.length > 0)];
  };
  show();
  picker.activeItems = known.filter(({ picked }) => picked);
  const refresh = async (): Promise<void> => {
    picker.busy = true;
    // What a list could not be had for is said beside its age.
    await session.refreshModels().catch(() => undefined);
    known = modelRows(pickerView(session.snapshot));
    show();
    picker.busy = false;
  };
  try {
    const choice = await new Promise<Row['choose']>((resolve) => {
      picker.onDidChangeValue(show);
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.choose));
      picker.onDidTriggerButton((button) => {
        if (button === REFRESH) return void refresh();
        const { command, args } = BUTTONS.find((candidate) => candidate === button) ?? BUTTONS[0];
        void commands.executeCommand(command, ...args);
        resolve(undefined);
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
    if (!choice || !('command' in choice)) return choice;
    await commands.executeCommand(choice.command);
    return undefined;
  } finally {
    picker.dispose();
  }
}

function modelRows(groups: readonly PickableGroup[]): readonly Row[] {
  return groups.flatMap(({ label, host, age, models }) => [
    { label: inertText([label, host, age].filter(Boolean).join(' · ')), kind: QuickPickItemKind.Separator },
    ...models.map(({ model, detail, selected }) => ({
      label: inertText(model.name),
      iconPath: new ThemeIcon(selected ? 'check' : 'blank'),
      description: inertText([detail, selected && 'in use'].filter(Boolean).join(' · ')),
      picked: selected,
      choose: { id: model.id, baseUrl: model.baseUrl },
    })),
  ]);
}

function freeTextRows(
  id: string,
  known: readonly Row[],
  targets: readonly { readonly baseUrl: string; readonly label: string }[],
): readonly Row[] {
  if (id === '' || known.some(({ choose }) => choose && 'id' in choose && choose.id === id)) return [];
  return targets.map(({ baseUrl, label }) => ({
    label: `Use "${inertText(id)}"`,
    iconPath: new ThemeIcon('edit'),
    description: label,
    alwaysShow: true,
    choose: { id, baseUrl },
  }));
}

function signInRows(hasModels: boolean): readonly Row[] {
  return [
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: hasModels ? 'Sign in to another provider' : 'Sign in',
      iconPath: new ThemeIcon(hasModels ? 'add' : 'key'),
      choose: { command: 'qwen.signIn' },
    },
  ];
}
