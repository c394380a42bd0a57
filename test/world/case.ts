import type { RefusalReason } from '../../src/core/base/refusalReason';
import { type ChatRequest, prompt } from '../../src/core/chat/request';
import type { Model } from '../../src/core/providers/model';

/** One recorded answer of a server, and what is to come of it. The answer itself is the file of the same name. */
export interface Case {
  /** The parts, texts joined, and behind them the error; an id that we made is `ours`. */
  readonly says: readonly unknown[];
  /** What is known of the model; a model that nobody knows unless given. */
  readonly model?: Partial<Model>;
  /** What it is asked; a greeting unless given. */
  readonly chat?: ChatRequest;
  /** Which requests get the recorded answer, by their body; the others are greeted back. All unless given. */
  readonly answers?: (body: unknown) => boolean;
}

/** Cases of one kind, by the names of their files. */
export type Cases = Readonly<Record<string, Case>>;

/** Text that a person reads. */
export const text = (said: string): object => ({ kind: 'text', text: said });
/** What the model thought. */
export const thinking = (thought: string): object => ({ kind: 'thinking', text: thought });
/** A call of a tool. */
export const call = (id: string, name: string, input: object, more: object = {}): object => ({
  kind: 'toolCall',
  id,
  name,
  input,
  ...more,
});
/** What the server counted. */
export const usage = (inputTokens: number, outputTokens: number, more: object = {}): object => ({
  kind: 'usage',
  inputTokens,
  outputTokens,
  ...more,
});
/** The `RequestError` at the end. */
export const broken = (details: object, failure = 'unusable'): object => ({ failure, details });
/** The `RequestError` of a server that refuses, and why it does, where its words tell. */
export const refused = (details: object, reason?: RefusalReason): object => {
  return { ...broken(details, 'status'), ...(reason && { reason }) };
};

/** A greeting that comes with tools. */
export const OFFERED: ChatRequest = {
  ...prompt('Hi'),
  tools: [
    { name: 'read', description: 'Reads', inputSchema: { type: 'object', properties: { path: { type: 'string' } } } },
    { name: 'list', description: 'Lists' },
  ],
};
