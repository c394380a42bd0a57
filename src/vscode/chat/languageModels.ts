import {
  Disposable,
  EventEmitter,
  LanguageModelChatToolMode,
  lm,
  type LanguageModelChatProvider,
  type LanguageModelResponsePart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  type ProvideLanguageModelChatResponseOptions,
  ThemeIcon,
} from 'vscode';
import type { ChatPart } from '../../core/chat/parts';
import type { ChatMessage, ChatRequest } from '../../core/chat/request';
import { resolveCredential } from '../../core/credentials/resolve';
import { ConfigurationError, SignInRequired } from '../../core/base/errors';
import type { Model } from '../../core/providers/model';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import { languageModel, type LanguageModelView, languageModelsView } from '../../core/views/languageModelsView';
import { problemOf, problemText } from '../../core/views/problem';
import { abortSignal } from '../platform/abortSignal';
import { chatMessages, chatTools } from './chatMessages';
import { type ChatSetup, VENDOR } from './chatSetup';
import type { AnswerParts } from '../answers/answerParts';
import { languageModelError } from './languageModelError';
import { describeError } from '../platform/log';
import { showError } from '../answers/errorNotice';
import { effortOf, effortSchema, initiatorOf, isForGroup, type ShownLanguageModel, thinkingPart } from './undocumented';

/** What models are provided from. */
export interface LanguageModelParts extends AnswerParts {
  readonly spending: {
    /** Called before each request of an extension. Throws for one that the person has blocked. */
    admit(initiator: string): Promise<void>;
  };
  readonly chatSetup: ChatSetup;
}

/** Provides every known model to VS Code's chat and to other extensions. */
export function registerLanguageModels(parts: LanguageModelParts): Disposable {
  const { session, spending, chatSetup } = parts;
  const changed = new EventEmitter<void>();
  let listed = languageModelsView(session.snapshot, chatSetup.held());
  let written = JSON.stringify(listed);
  let isKnown = session.snapshot.loaded;
  const follow = session.onDidChange(() => {
    // A new chat begins with the first, and may outlive it.
    if (listed[0] && isKnown) chatSetup.hold(listed[0].id);
    isKnown = session.snapshot.loaded;
    listed = languageModelsView(session.snapshot, chatSetup.held());
    const before = written;
    written = JSON.stringify(listed);
    if (written !== before) changed.fire();
  });
  const tell = createTeller(parts);
  const provider: LanguageModelChatProvider<ShownLanguageModel> = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (options) => {
      await session.loaded();
      return isForGroup(options) ? [] : listed.map(shown);
    },
    provideLanguageModelChatResponse: async ({ id }, messages, options, progress, token) => {
      await session.loaded();
      const initiator = initiatorOf(options) ?? 'unknown';
      await spending.admit(initiator);
      chatSetup.hold(id);
      let reportedAt: number | undefined;
      try {
        const request = {
          model: modelOf(id, session.snapshot),
          chat: chatRequest(chatMessages(messages), options),
          initiator,
        };
        for await (const part of session.chat(request, abortSignal(token))) {
          const reported = responsePart(part);
          if (!reported) continue;
          progress.report(reported);
          reportedAt = performance.now();
        }
        tell(undefined, id);
      } catch (error) {
        tell(error, id);
        await handedOn(reportedAt);
        throw languageModelError(error, initiator);
      }
    },
    provideTokenCount: async ({ id }, counted) => {
      const model = languageModel(id, session.snapshot) ?? { id, baseUrl: '' };
      const said = typeof counted === 'string' ? [counted] : chatMessages([counted]);
      return said.reduce((sum, one) => sum + session.countTokens(model, one), 0);
    },
  };
  const registration = lm.registerLanguageModelChatProvider(VENDOR, provider);
  // Before it knows one model, VS Code runs no participant of the chat, and thus no `@qwen`.
  void lm.selectChatModels({ vendor: VENDOR });
  return Disposable.from(registration, follow, changed);
}

/** How long VS Code takes at most to hand on what was reported, in milliseconds. */
const HAND_ON_MS = 100;

/** Waits until VS Code has handed on the last part: readers get nothing of a failed answer that comes after its error. */
async function handedOn(reportedAt: number | undefined): Promise<void> {
  const left = reportedAt === undefined ? 0 : reportedAt + HAND_ON_MS - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

function shown({ imageInput, warning, efforts, gone, ...view }: LanguageModelView): ShownLanguageModel {
  return {
    ...view,
    version: '1',
    capabilities: { imageInput, toolCalling: true },
    isUserSelectable: !gone,
    ...(efforts && { configurationSchema: effortSchema(efforts) }),
    ...(warning && { statusIcon: new ThemeIcon('warning'), warningText: warning }),
  };
}

function modelOf(id: string, snapshot: Snapshot): Model {
  const model = languageModel(id, snapshot);
  if (!model && snapshot.accounts.length === 0) throw new SignInRequired({ reason: 'signedOut' });
  if (!model)
    throw new ConfigurationError({ field: 'model' }, `The model ${id} is not known any more. Choose another one.`);
  return model;
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
    case 'usage':
      return undefined;
  }
}

/**
 * Logs what fails, and says it aloud where a button mends it: whoever asked shows words at best. An agent asks many times
 * in a minute, so what was said already is not said again before a request has gone well.
 */
function createTeller(parts: LanguageModelParts): (error: unknown, id: string) => void {
  const { session, log } = parts;
  let said: string | undefined;
  return (error, id) => {
    const problem = error === undefined ? undefined : problemOf(error, { during: 'test' });
    if (error === undefined) said = undefined;
    if (!problem) return;
    log.error(describeError(error));
    const isMendable = problem.action !== undefined && problem.action.intent.type !== 'testConnection';
    if (!isMendable || problemText(problem) === said) return;
    said = problemText(problem);
    void showError(parts, error, { during: 'test' }, askedFor(id, session));
  };
}

/** The model that was asked, which need not be the one in use, and what would have signed the request. */
function askedFor(id: string, { snapshot }: Session): Pick<Snapshot, 'selected' | 'credential'> {
  const { accounts, configuration } = snapshot;
  const selected = languageModel(id, snapshot);
  const credential = selected && resolveCredential(selected, { accounts, variables: configuration.variables });
  return { selected, credential };
}
