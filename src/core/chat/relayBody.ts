import type { Credential } from '../credentials/resolve';
import type { Model } from '../providers/model';
import { dashScopeBody, isDashScope, mayTellToThink, type Trace } from './dashScope';

/** The operations of OpenAI's API whose requests can be passed on. */
export const OPERATIONS = ['chat/completions', 'completions', 'responses', 'embeddings'] as const;

/** One of them: the path below a base URL. */
export type Operation = (typeof OPERATIONS)[number];

/** A body that another program has written: its text, and what that is as JSON. */
export interface WrittenBody {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * The body as the server of a model gets it: the very text where nothing has to be changed. The model's name becomes
 * its id. A chat also gets what the model's entry says and what the server's own client would add, unless the body says
 * otherwise.
 */
export function relayBody(
  model: Model,
  operation: Operation,
  { text, json }: WrittenBody,
  credential: Credential,
  trace: Trace,
): string {
  const named = { ...json, model: model.id };
  const isSame = json['model'] === model.id;
  if (operation !== 'chat/completions') return isSame ? text : JSON.stringify(named);
  const { samplingParams, extraBody } = model.generationConfig;
  const { enable_thinking: thinks, ...others } = extraBody;
  const added = {
    ...samplingParams,
    ...others,
    ...(mayTellToThink(json) && thinks !== undefined && { enable_thinking: thinks }),
  };
  if (isDashScope(model.baseUrl, credential))
    return JSON.stringify(dashScopeBody(model, { ...added, ...named }, trace));
  return isSame && Object.keys(added).every((name) => Object.hasOwn(json, name))
    ? text
    : JSON.stringify({ ...added, ...named });
}
