import type { ChoiceName, Choices } from '../kit/choices';
import { textField, type TextFieldPart } from '../kit/toolkit';

/** A field whose text is there again after a reload, and in another window. */
export interface KeptField extends TextFieldPart {
  /** Fills it in, and keeps that. */
  fill(text: string): void;
  /** Fills in what was kept. */
  restore(): void;
}

/** The field; its text is kept under that name. */
export function keptField(choices: Choices, name: ChoiceName, options: Parameters<typeof textField>[0]): KeptField {
  const onInput = () => {
    choices.set(name, field.value);
    options.onInput?.();
  };
  const field = textField({ ...options, onInput });
  return Object.assign(field, {
    fill: (text: string) => choices.set(name, (field.value = text)),
    restore: () => void (field.value = choices.get(name)),
  });
}
