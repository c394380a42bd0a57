import * as l10n from '@vscode/l10n';
import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  type LanguageModelChatProvider,
  type LanguageModelChatRequestMessage,
  LanguageModelChatToolMode,
  type LanguageModelResponsePart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  lm,
  type PrepareLanguageModelChatModelOptions,
  type Progress,
  type ProvideLanguageModelChatResponseOptions,
  ThemeIcon,
} from 'vscode';
import type { ChatPart } from '../../core/chat/parts';
import type { ChatMessage, ChatRequest } from '../../core/chat/request';
import { resolveCredential } from '../../core/credentials/resolve';
import { SignInRequired } from '../../core/base/errors';
import type { Model } from '../../core/providers/model';
import type { HeldModel, HeldModels } from '../../core/models/heldModels';
import type { Session } from '../../core/session/session';
import { noModel, type Snapshot } from '../../core/session/snapshot';
import {
  IN_USE,
  languageModel,
  languageModelId,
  type LanguageModelView,
  languageModelsView,
} from '../../core/views/languageModelsView';
import { CHOOSE_MODEL } from '../../core/views/action';
import { problemOf, problemText } from '../../core/views/problem';
import { unseenImagesText } from '../../core/views/unseenImagesText';
import { abortSignal } from '../platform/abortSignal';
import { chatMessages, chatTools } from './chatMessages';
import { CHAT_EXTENSION, VENDOR } from './chatSetup';
import type { AnswerParts } from '../answers/answerParts';
import { languageModelError } from './languageModelError';
import { describeError } from '../platform/log';
import { showError } from '../answers/errorNotice';
import { notify } from '../answers/notifications';
import { MovedChat } from './movedChat';
import {
  conversationOf,
  effortOf,
  effortSchema,
  firstByName,
  initiatorOf,
  isForGroup,
  type ShownLanguageModel,
  thinkingPart,
} from './undocumented';

/** What models are provided from. */
interface LanguageModelParts extends AnswerParts {
  readonly spending: {
    /** Called before each request of an extension. Throws for one that the person has blocked. */
    admit(initiator: string): Promise<void>;
  };
  /** What chats hold on to. */
  readonly held: HeldModels;
}

/** Provides every known model to VS Code's chat and to other extensions. */
export function registerLanguageModels(parts: LanguageModelParts): Disposable {
  const provider = new LanguageModels(parts);
  const registration = lm.registerLanguageModelChatProvider(VENDOR, provider);
  // Before it knows one model, VS Code runs no participant of the chat, and thus no `@qwen`.
  void lm.selectChatModels({ vendor: VENDOR });
  return Disposable.from(registration, provider);
}

class LanguageModels implements LanguageModelChatProvider<ShownLanguageModel> {
  readonly #parts: LanguageModelParts;
  readonly #failures: Failures;
  readonly #changed = new EventEmitter<void>();
  readonly #movedChat: MovedChat;
  readonly #subscription: Pick<Disposable, 'dispose'>;
  #listed: readonly LanguageModelView[];
  /** The list as text, by which a change of it is seen. */
  #written: string;

  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;

  constructor(parts: LanguageModelParts) {
    const { session } = parts;
    this.#parts = parts;
    this.#failures = new Failures(parts);
    this.#listed = this.#view();
    this.#written = JSON.stringify(this.#listed);
    const idOfInUse = (): string | undefined => session.snapshot.selected && languageModelId(session.snapshot.selected);
    this.#movedChat = new MovedChat(parts, idOfInUse);
    this.#subscription = session.onDidChange(() => this.#follow());
  }

  async provideLanguageModelChatInformation(
    options: PrepareLanguageModelChatModelOptions,
  ): Promise<ShownLanguageModel[]> {
    await this.#parts.session.loaded();
    return isForGroup(options) ? [] : this.#listed.map(shown);
  }

  async provideLanguageModelChatResponse(
    { id }: ShownLanguageModel,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    const { session, spending } = this.#parts;
    await session.loaded();
    const initiator = initiatorOf(options) ?? 'unknown';
    await spending.admit(initiator);
    if (isChat(initiator)) this.#hold(id, conversationOf(options));
    const signal = abortSignal(token);
    let reportedAt: number | undefined;
    try {
      const chat = chatRequest(chatMessages(messages), options);
      if (id === IN_USE) await session.discovery.discoverModel(signal);
      const request = { model: this.#modelOf(id), chat, initiator };
      for await (const part of session.chat(request, signal)) {
        if (part.kind === 'unseen') void warn(this.#parts, unseenImagesText(request.model, part));
        const reported = responsePart(part);
        if (!reported) continue;
        progress.report(reported);
        reportedAt = performance.now();
      }
      this.#failures.forget();
    } catch (error) {
      this.#failures.tell(error, id);
      await handedOn(reportedAt);
      throw languageModelError(error, initiator, askedFor(id, session));
    }
  }

  async provideTokenCount(
    { id }: ShownLanguageModel,
    counted: string | LanguageModelChatRequestMessage,
  ): Promise<number> {
    const { session } = this.#parts;
    const model = languageModel(id, session.snapshot) ?? { id, baseUrl: '' };
    const said = typeof counted === 'string' ? [counted] : chatMessages([counted]);
    return said.reduce((sum, one) => sum + session.countTokens(model, one), 0);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#movedChat.dispose();
    this.#changed.dispose();
  }

  #view(): readonly LanguageModelView[] {
    const { session, held } = this.#parts;
    return languageModelsView(session.snapshot, held.all());
  }

  #follow(): void {
    this.#listed = this.#view();
    const before = this.#written;
    this.#written = JSON.stringify(this.#listed);
    if (this.#written !== before) this.#changed.fire();
  }

  /** A chat asks a model: of what it held before, nothing need stay. */
  #hold(id: string, conversation: string | undefined): void {
    const { held } = this.#parts;
    const before = JSON.stringify(held.all());
    const model = id === IN_USE ? undefined : heldModel(id, this.#listed);
    this.#movedChat.note(model);
    held.hold(conversation ?? CHAT_EXTENSION, model);
    if (JSON.stringify(held.all()) !== before) this.#follow();
  }

  /** Throws what is missing. */
  #modelOf(id: string): Model {
    const { snapshot } = this.#parts.session;
    const model = languageModel(id, snapshot);
    if (model) return model;
    if (id === IN_USE || snapshot.models.length === 0) throw noModel(snapshot);
    const { name = id, place = l10n.t('an account') } = heldModel(id, this.#listed) ?? {};
    throw new SignInRequired({ reason: 'gone', model: name, place });
  }
}

function isChat(initiator: string): boolean {
  return initiator.toLowerCase() === CHAT_EXTENSION.toLowerCase();
}

function heldModel(id: string, listed: readonly LanguageModelView[]): HeldModel | undefined {
  const view = listed.find((one) => one.id === id);
  return view && { id, name: view.name, place: view.detail };
}

/** How long VS Code takes at most to hand on what was reported, in milliseconds. */
const HAND_ON_MS = 100;

/**
 * Waits until VS Code has handed on the last part: readers get nothing of a failed answer that comes after its error.
 */
async function handedOn(reportedAt: number | undefined): Promise<void> {
  const left = reportedAt === undefined ? 0 : reportedAt + HAND_ON_MS - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

function shown({ imageInput, warning, efforts, gone, ...view }: LanguageModelView): ShownLanguageModel {
  return {
    ...view,
    name: view.id === IN_USE ? firstByName(view.name) : view.name,
    version: '1',
    capabilities: { imageInput, toolCalling: true },
    isUserSelectable: !gone,
    ...(efforts && { configurationSchema: effortSchema(efforts) }),
    ...(warning && { statusIcon: new ThemeIcon('warning'), warningText: warning }),
  };
}

function chatRequest(messages: readonly ChatMessage[], options: ProvideLanguageModelChatResponseOptions): ChatRequest {
  return {
    messages,
    tools: chatTools(options.tools),
    toolChoice: options.toolMode === LanguageModelChatToolMode.Required ? 'required' : 'auto',
    effort: effortOf(options),
    options: options.modelOptions,
  };
}

function responsePart(part: ChatPart): LanguageModelResponsePart | undefined {
  switch (part.kind) {
    case 'text':
      return new LanguageModelTextPart(part.text);
    case 'thinking':
      return thinkingPart(part.text);
    case 'toolCall':
      return new LanguageModelToolCallPart(part.id, part.name, part.input);
    case 'unseen':
    case 'usage':
      return undefined;
  }
}

/** Says what was not done as it was meant, where another model would do it. */
async function warn({ act }: LanguageModelParts, text: string): Promise<void> {
  const { label, intent } = CHOOSE_MODEL;
  if ((await notify('warning', text, label)) === label) await act(intent);
}

/**
 * Logs what fails, and says it aloud where a button mends it: whoever asked shows words at best. An agent asks many
 * times in a minute, so what was said already is not said again before a request has gone well.
 */
class Failures {
  readonly #parts: LanguageModelParts;
  #said: string | undefined;

  constructor(parts: LanguageModelParts) {
    this.#parts = parts;
  }

  /** A request to the model of that id has failed. */
  tell(error: unknown, id: string): void {
    const { session, log } = this.#parts;
    const problem = problemOf(error, { during: 'test' });
    if (!problem) return;
    log.error(describeError(error));
    const isMendable = problem.action !== undefined && problem.action.intent.type !== 'testConnection';
    if (!isMendable || problemText(problem) === this.#said) return;
    this.#said = problemText(problem);
    void showError(this.#parts, error, { during: 'test' }, askedFor(id, session));
  }

  /** A request has gone well. */
  forget(): void {
    this.#said = undefined;
  }
}

/** The model that was asked, which need not be the one in use, and what would have signed the request. */
function askedFor(id: string, { snapshot }: Session): Pick<Snapshot, 'selected' | 'credential'> {
  const { accounts, configuration } = snapshot;
  const selected = languageModel(id, snapshot);
  const credential = selected && resolveCredential(selected, { accounts, variables: configuration.variables });
  return { selected, credential };
}
