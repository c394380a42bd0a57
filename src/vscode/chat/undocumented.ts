// What VS Code reads, gives and takes without asking for a proposal, while its types do not name it. All of it may be
// missing: then a model has no warning, no choice of effort and no visible thinking, and everything else works.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type {
  LanguageModelChatInformation,
  LanguageModelResponsePart,
  PrepareLanguageModelChatModelOptions,
  ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import type { Efforts } from '../../core/chat/thinking';
import { isRecord, stringIn } from '../../core/base/json';
import { inertText } from '../../core/views/inertText';

/** A model with what VS Code shows of it beyond its types. */
export interface ShownLanguageModel extends LanguageModelChatInformation {
  readonly statusIcon?: vscode.ThemeIcon;
  readonly warningText?: string;
  /** Whether it can be chosen; true unless given. */
  readonly isUserSelectable?: boolean;
  /** A JSON schema; VS Code offers the properties of the group `navigation` beside the model. */
  readonly configurationSchema?: object;
}

/** The role of the messages by which Copilot tells a model what it is; the types know `User` and `Assistant`. */
const SYSTEM = 3;
const EFFORT = 'reasoningEffort';

/**
 * Whether the models of a group are asked for, by which a person adds them in "Chat: Manage Language Models". They are
 * asked for without a group too, whether or not there is one.
 */
export function isForGroup(options: PrepareLanguageModelChatModelOptions): boolean {
  return isRecord(options) && options['configuration'] !== undefined;
}

/** Whether a message comes from nobody in the conversation. */
export function isSystemRole(role: number): boolean {
  return role === SYSTEM;
}

/** The extension that asks, by its id; undefined where VS Code does not say. */
export function initiatorOf(options: ProvideLanguageModelChatResponseOptions): string | undefined {
  return stringIn(options, 'requestInitiator');
}

/**
 * The same name, as that of the model with which VS Code begins a new chat:
 * the first by name, and a space is not shown.
 */
export function firstByName(name: string): string {
  return ` ${name}`;
}

/** The conversation of VS Code's own chat that asks; undefined where it does not say. */
export function conversationOf(options: ProvideLanguageModelChatResponseOptions): string | undefined {
  return stringIn(options.modelOptions, '_conversationId');
}

/** What stands alone beside the model's name has to say what it is about. */
const EFFORT_LABELS: Readonly<Record<string, string>> = {
  none: l10n.t('No thinking'),
  on: l10n.t('Thinking'),
  minimal: l10n.t('Minimal'),
  low: l10n.t('Low'),
  medium: l10n.t('Medium'),
  high: l10n.t('High'),
};

/** The choice between these efforts, as VS Code offers it. */
export function effortSchema({ all, usual }: Efforts): object {
  return {
    properties: {
      [EFFORT]: {
        type: 'string',
        title: l10n.t('Thinking effort'),
        enum: all,
        enumItemLabels: all.map(
          (effort) => EFFORT_LABELS[effort] ?? inertText(effort.charAt(0).toUpperCase() + effort.slice(1)),
        ),
        default: usual,
        group: 'navigation',
      },
    },
  };
}

/** The effort that was chosen for a request. */
export function effortOf(options: ProvideLanguageModelChatResponseOptions): string | undefined {
  return isRecord(options) ? stringIn(options['modelConfiguration'], EFFORT) : undefined;
}

/** An image or another file without text that is attached to a message in the chat; undefined for anything else. */
export function binaryIn(
  value: unknown,
): { readonly mimeType: string; readonly data: () => Promise<Uint8Array> } | undefined {
  const mimeType = stringIn(value, 'mimeType');
  const data = isRecord(value) ? value['data'] : undefined;
  if (mimeType === undefined || typeof data !== 'function') return undefined;
  return {
    mimeType,
    data: async () => {
      const bytes: unknown = await Reflect.apply(data, value, []);
      return bytes instanceof Uint8Array ? bytes : new Uint8Array();
    },
  };
}

/** What a model thinks before it answers; undefined where VS Code cannot show it. */
export function thinkingPart(text: string): LanguageModelResponsePart | undefined {
  const ThinkingPart: unknown = Reflect.get(vscode, 'LanguageModelThinkingPart');
  return typeof ThinkingPart === 'function' ? Reflect.construct(ThinkingPart, [text]) : undefined;
}

/** The text of such a part in a message; undefined for any other part. */
export function thinkingIn(part: unknown): string | undefined {
  const ThinkingPart: unknown = Reflect.get(vscode, 'LanguageModelThinkingPart');
  if (typeof ThinkingPart !== 'function' || !(part instanceof ThinkingPart)) return undefined;
  const text: unknown = Reflect.get(part, 'value');
  return Array.isArray(text) ? text.join('') : String(text);
}
