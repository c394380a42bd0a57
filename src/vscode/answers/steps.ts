import * as l10n from '@vscode/l10n';
import {
  type InputBoxValidationMessage,
  type QuickInput,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  window,
} from 'vscode';
import { Cancelled } from '../../core/base/errors';
import { withoutLinks } from '../../core/views/inertText';

/** Where a question stands among those of one work. */
export interface Step {
  readonly title: string;
  /** Counts from 1. */
  readonly number: number;
  readonly total: number;
}

/** The person wants to answer the question before once more. */
export const BACK = Symbol('back');

/** How long a person has not typed before what stands there is judged, in milliseconds. */
const PAUSE_MS = 700;

/** A list to pick from. */
interface PickStep<T extends QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** The label of the row that has the focus at first. */
  readonly active?: string | undefined;
  /** The button of a row was taken; what it answers is the answer to the question. */
  readonly ofButton?: (row: T) => T;
}

/** Lets the person pick a row. Throws `Cancelled` when they go away. */
export async function pickStep<T extends QuickPickItem>(step: Step, question: PickStep<T>): Promise<T | typeof BACK> {
  const picker = window.createQuickPick<T>();
  show(picker, step);
  picker.buttons = step.number > 1 ? [QuickInputButtons.Back] : [];
  picker.placeholder = question.placeholder;
  picker.matchOnDescription = true;
  picker.items = question.items;
  const active = question.items.filter(({ label }) => label === question.active);
  if (active.length > 0) picker.activeItems = active;
  return await answered<T | typeof BACK>(picker, (resolve) => {
    picker.onDidAccept(() => picker.selectedItems[0] && resolve(picker.selectedItems[0]));
    picker.onDidTriggerButton(() => resolve(BACK));
    picker.onDidTriggerItemButton(({ item }) => resolve(question.ofButton?.(item) ?? item));
  });
}

/** A text to type. */
interface TypeStep {
  readonly prompt: string;
  readonly placeholder: string;
  /** What stands there at first. */
  readonly value: string;
  readonly isSecret: boolean;
  /** What is wrong with a text, or a hint; asked once the person has stopped typing, and before the text is taken. */
  readonly judge: (text: string) => string | InputBoxValidationMessage | undefined;
  /** Hears of each change. */
  readonly note: (text: string) => void;
  readonly buttons: readonly (QuickInputButton & { readonly press: () => unknown })[];
}

/** Lets the person type a text that nothing is wrong with. Throws `Cancelled` when they go away. */
export async function typeStep(step: Step, question: TypeStep): Promise<string | typeof BACK> {
  const input = window.createInputBox();
  show(input, step);
  input.prompt = withoutLinks(question.prompt);
  input.placeholder = question.placeholder;
  input.password = question.isSecret;
  input.value = question.value;
  input.buttons = [...(step.number > 1 ? [QuickInputButtons.Back] : []), ...question.buttons];
  let pause: ReturnType<typeof setTimeout> | undefined;
  const judge = (): boolean => {
    clearTimeout(pause);
    const judged = question.judge(input.value);
    input.validationMessage = judged && shown(judged);
    return typeof judged !== 'string' || judged === '';
  };
  if (input.value !== '') judge();
  try {
    return await answered<string | typeof BACK>(input, (resolve) => {
      input.onDidChangeValue((text) => {
        question.note(text);
        input.validationMessage = undefined;
        clearTimeout(pause);
        pause = setTimeout(judge, PAUSE_MS);
      });
      input.onDidAccept(() => judge() && resolve(input.value));
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) resolve(BACK);
        else void question.buttons.find((one) => one === button)?.press();
      });
    });
  } finally {
    clearTimeout(pause);
  }
}

/** VS Code runs commands by links in these texts, and an address that was pasted may look like one. */
function shown(judged: string | InputBoxValidationMessage): string | InputBoxValidationMessage {
  if (typeof judged === 'string') return withoutLinks(judged);
  return { ...judged, message: withoutLinks(judged.message) };
}

function show(input: QuickInput, { title, number, total }: Step): void {
  input.title = total > 1 ? l10n.t('{title} ({number} of {total})', { title, number, total }) : title;
  input.ignoreFocusOut = true;
}

async function answered<T>(input: QuickInput, listen: (resolve: (answer: T) => void) => void): Promise<T> {
  try {
    return await new Promise<T>((resolve, reject) => {
      listen(resolve);
      input.onDidHide(() => reject(new Cancelled()));
      input.show();
    });
  } finally {
    input.dispose();
  }
}
