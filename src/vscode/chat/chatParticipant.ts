import * as l10n from '@vscode/l10n';
import {
  chat,
  type ChatContext,
  type ChatFollowup,
  type ChatRequest as ChatPrompt,
  ChatRequestTurn,
  ChatResponseMarkdownPart,
  type ChatResponseStream,
  type ChatResult,
  type Disposable,
  type Uri,
} from 'vscode';
import type { ChatMessage, UserContent } from '../../core/chat/request';
import { isMisplacedKey } from '../../core/config/keyShape';
import { readPlainWords } from '../../core/plainWords/plainWords';
import type { Settings } from '../../core/config/settings';
import { stringIn } from '../../core/base/json';
import { redact } from '../../core/base/redaction';
import { OURSELVES } from '../../core/chat/authorizedChat';
import type { Session } from '../../core/session/session';
import type { HeldModels } from '../../core/models/heldModels';
import { noModel } from '../../core/session/snapshot';
import { withElsewhere } from '../../core/views/elsewhere';
import { IN_USE, languageModelsView } from '../../core/views/languageModelsView';
import { inertSentence } from '../../core/views/inertText';
import { panelView } from '../../core/views/panelView';
import { pickerView } from '../../core/views/pickerView';
import { actionsOf, problemOf, problemText } from '../../core/views/problem';
import { unseenImagesText } from '../../core/views/unseenImagesText';
import { abortSignal } from '../platform/abortSignal';
import { bold, escaped, type Link, links, list, paragraph } from './chatMarkdown';
import { readReferences } from './chatReferences';
import { type ChatSetup, VENDOR } from './chatSetup';
import { commandOf } from '../answers/intents';
import { describeError, type OutputLog } from '../platform/log';
import { numberText } from '../../language/numbers';
import { listText } from '../../language/listText';

const ID = 'qwen-auth.qwen';
/** More than these are picked from a list that can be searched. */
const MOST_LINKS = 12;

/** What `@qwen` answers from. */
interface ChatParticipantParts {
  readonly session: Session;
  readonly settings: Settings;
  readonly chatSetup: ChatSetup;
  readonly held: HeldModels;
  /** Configures what a text says, and answers what was understood and why it failed where it did. */
  readonly configure: (
    text: string,
  ) => Promise<{ readonly understood: readonly string[]; readonly error: string | undefined }>;
  readonly log: OutputLog;
}

/**
 * `@qwen` in VS Code's chat: `/auth`, `/model`, and anything else for the model in use. It is there signed out as well.
 */
export function registerChatParticipant(parts: ChatParticipantParts, icon: Uri): Disposable {
  const participant = chat.createChatParticipant(ID, async (request, context, response, token) => {
    const { command, prompt } = request;
    await parts.session.loaded();
    hold(parts, request.model);
    try {
      if (command === 'model') return await showModels(parts, prompt.trim(), response);
      // What holds a key is for nobody but us, whether or not the command was given.
      if (command === 'auth' || holdsKey(prompt)) return await authenticate(parts, prompt.trim(), response);
      return await answerPrompt(parts, request, context, response, abortSignal(token));
    } catch (error) {
      return failure(error, parts, response);
    }
  });
  participant.iconPath = icon;
  participant.followupProvider = { provideFollowups: ({ metadata }) => FOLLOWUPS[stringIn(metadata, 'next') ?? ''] };
  return participant;
}

/** The chat was asked with that model chosen, which is to stay there for as long as the chat holds on to it. */
function hold({ held, session }: ChatParticipantParts, { id, vendor, name }: ChatPrompt['model']): void {
  if (vendor !== VENDOR || id === IN_USE) return held.hold(ID, undefined);
  const view = languageModelsView(session.snapshot, held.all()).find((one) => one.id === id);
  held.hold(ID, { id, name, place: view?.detail ?? '' });
}

/** What one may say next, by what the answer before was. */
const FOLLOWUPS: Readonly<Record<string, ChatFollowup[]>> = {
  ask: [
    { prompt: l10n.t('Say hello in one sentence.'), label: l10n.t('Say hello') },
    { prompt: '', command: 'model', label: l10n.t('Show the models') },
  ],
  auth: [{ prompt: '', command: 'auth', label: l10n.t('Sign in') }],
};

/** `/auth`: how things stand, and the ways to sign in; with words behind it, what they configure. */
async function authenticate(
  parts: ChatParticipantParts,
  text: string,
  response: ChatResponseStream,
): Promise<ChatResult> {
  const { session, settings, chatSetup, configure } = parts;
  if (text !== '') {
    const { understood, error } = await configure(text);
    response.markdown(list(understood));
    if (error !== undefined) response.markdown(bold(l10n.t('That did not work: {why}', { why: error })));
    if (holdsKey(text))
      response.markdown(
        paragraph(l10n.t('The key is still to be read in this chat: delete the chat if it is not yours alone.')),
      );
  }
  const { session: state, accounts, methods } = panelView(session.snapshot, settings, undefined);
  response.markdown(bold('title' in state ? state.title : l10n.t('Reading the keychain…')));
  const rows = accounts.map(({ label, detail, status }) =>
    l10n.t('{account} ({detail}): {status}', { account: label, detail, status }),
  );
  response.markdown(list(rows));
  const { selected, credential } = session.snapshot;
  const next = selected && credential ? { metadata: { next: 'ask' } } : {};
  if (text !== '' && accounts.length > 0) return next;
  if (accounts.length > 0) response.markdown(paragraph(l10n.t('You may sign in another way too:')));
  response.markdown(links(signInLinks(methods)));
  response.markdown(paragraph(IN_WORDS));
  response.markdown(
    links([
      { title: l10n.t('Open auth panel'), command: 'qwen.openPanel' },
      ...(accounts.length > 0 ? [{ title: l10n.t('Sign out'), command: 'qwen.signOut' }] : []),
    ]),
  );
  // The button comes last: what stands before a text that follows it is folded away.
  const isReady = accounts.length > 0 && !chatSetup.isSetUp();
  if (isReady) response.button({ command: 'qwen.useInChat', title: l10n.t('Use Qwen in Chat') });
  else
    response.button({
      command: 'qwen.signIn',
      title: accounts.length > 0 ? l10n.t('Add an account') : l10n.t('Sign in'),
    });
  return next;
}

/** Each way to sign in, with what it is. The servers of one's own are among the providers of a key. */
function signInLinks(methods: ReturnType<typeof panelView>['methods']): readonly Link[] {
  return methods
    .filter(({ id }) => id !== 'own-server')
    .map(({ method, label, providers, notice, description }) => {
      const [only, ...more] = providers;
      const argument = { method, ...(only && more.length === 0 && { provider: only }) };
      return { title: label, command: 'qwen.signIn', argument, text: notice ?? description };
    });
}

const IN_WORDS = l10n.t(
  'Or say it in words, such as `/auth Help me configure a third-party API model, Bailian API is: <your key>, ' +
    'model is: qwen3-max`. The chat keeps what you write; the forms behind the links do not.',
);

/**
 * `/model`: the models as links, and a button to all of them;
 * with words behind it, a switch to the model that they name.
 */
async function showModels(
  { session }: ChatParticipantParts,
  named: string,
  response: ChatResponseStream,
): Promise<ChatResult> {
  const groups = pickerView(session.snapshot);
  const models = groups.flatMap(({ label, models: own }) => own.map((model) => ({ ...model, label })));
  if (models.length === 0) throw noModel(session.snapshot);
  const exact = models.filter(({ model: { id, name } }) => id === named || name === named);
  const found =
    exact.length > 0 ? exact : models.filter(({ model: { id } }) => id.toLowerCase().includes(named.toLowerCase()));
  const [only] = found;
  if (named !== '' && only && found.length === 1) {
    await session.switchModel(only.model);
    response.markdown(bold(l10n.t('{model} is in use now.', { model: only.model.name })));
    return { metadata: { next: 'ask' } };
  }
  if (found.length === 0) response.markdown(`${l10n.t('No model is called {name}.', { name: escaped(named) })} `);
  const offered = found.length > 0 ? found : models;
  const inUse = models.find(({ selected }) => selected);
  const state = inUse ? l10n.t('{model} is in use.', { model: inUse.model.name }) : l10n.t('No model is in use.');
  response.markdown(bold(state));
  response.markdown(
    links(
      offered.slice(0, MOST_LINKS).map(({ model: { id, baseUrl, name }, label, selected }) => {
        const text = selected ? l10n.t('{provider}, in use', { provider: label }) : label;
        return { title: name, command: 'qwen.switchModel', argument: { id, baseUrl }, text };
      }),
    ),
  );
  const left = models.length - Math.min(offered.length, MOST_LINKS);
  const more = l10n.t('{count} more are in the list behind the button.', { count: numberText(left) });
  if (left > 0) response.markdown(paragraph(more));
  response.button({ command: 'qwen.switchModel', title: l10n.t('Switch model') });
  return {};
}

/** Anything else: an answer of the model in use, which knows what was said before. */
async function answerPrompt(
  parts: ChatParticipantParts,
  { prompt, references }: ChatPrompt,
  { history }: ChatContext,
  response: ChatResponseStream,
  signal: AbortSignal,
): Promise<ChatResult> {
  const { session } = parts;
  await session.discovery.discoverModel(signal);
  const { selected } = session.snapshot;
  if (!selected) return await authenticate(parts, '', response);
  const messages = [...earlier(history), userMessage(prompt, await readAttached(references, response))];
  let isThinking = false;
  for await (const part of session.chat({ model: selected, chat: { messages }, initiator: OURSELVES }, signal)) {
    if (part.kind === 'unseen') response.markdown(bold(unseenImagesText(selected, part)));
    if (part.kind === 'text') response.markdown(part.text);
    if (part.kind === 'thinking' && !isThinking) response.progress(l10n.t('Thinking'));
    isThinking ||= part.kind === 'thinking';
  }
  return {};
}

/** What is attached to a message and can be told; of the rest it is said why not. */
async function readAttached(
  references: ChatPrompt['references'],
  response: ChatResponseStream,
): Promise<readonly UserContent[]> {
  const attached = await readReferences(references);
  const unread = attached.filter(({ content }) => content === undefined);
  const secret = attached.filter(({ content }) => content?.kind === 'text' && holdsKey(content.text));
  const names = (files: typeof attached) => listText(files.map(({ name }) => name));
  if (unread.length > 0)
    response.markdown(bold(l10n.t('Left out, since it cannot be read: {files}', { files: names(unread) })));
  if (secret.length > 0)
    response.markdown(bold(l10n.t('Left out, since a key is in it: {files}', { files: names(secret) })));
  return attached
    .filter((file) => !secret.includes(file))
    .flatMap(({ name, content }): UserContent | [] => {
      // The model reads this, and knows English.
      return content?.kind === 'text' ? { ...content, text: `The file ${name}:\n\n${content.text}` } : (content ?? []);
    });
}

/** What was said to the model and by it; nothing of the commands, and nothing that holds a key. */
function earlier(history: ChatContext['history']): readonly ChatMessage[] {
  let isOurs = false;
  return history.flatMap((turn): readonly ChatMessage[] => {
    if (turn instanceof ChatRequestTurn) {
      isOurs = turn.command !== undefined || holdsKey(turn.prompt);
      return isOurs ? [] : [userMessage(turn.prompt)];
    }
    const text = turn.response
      .map((part) => (part instanceof ChatResponseMarkdownPart ? part.value.value : ''))
      .join('');
    return isOurs || text === '' ? [] : [{ role: 'assistant', text, toolCalls: [] }];
  });
}

function userMessage(prompt: string, attached: readonly UserContent[] = []): ChatMessage {
  const content = [...attached, { kind: 'text', text: prompt } as const].map((part) => {
    return part.kind === 'text' ? { ...part, text: redact(part.text) } : part;
  });
  return { role: 'user', content };
}

/** Whether a key is in a text, by its looks: one may well ask of `token: undefined`. */
function holdsKey(text: string): boolean {
  const words = readPlainWords(text);
  if (words.kind === 'modelProviders') return words.env.length > 0;
  return words.kind === 'signIn' && words.apiKey !== undefined && isMisplacedKey(words.apiKey.reveal());
}

function failure(error: unknown, { log, session }: ChatParticipantParts, response: ChatResponseStream): ChatResult {
  const plain = problemOf(error, { during: 'test' });
  const problem = plain && withElsewhere(plain, error, session.snapshot);
  if (!problem) {
    response.markdown(l10n.t('Cancelled.'));
    return {};
  }
  log.error(describeError(error));
  for (const { label, intent } of actionsOf(problem)) {
    const command = commandOf(intent);
    if (command) response.button({ title: label, ...command });
  }
  return { errorDetails: { message: inertSentence(problemText(problem)) }, metadata: { next: 'auth' } };
}
