import { isRecord, stringIn } from '../base/json';

/** What a server calls a model that does not chat: the members of its entry, and their words for it. */
const KINDS = 'type sub_type model_type mode task pipeline_tag'.split(' ');
const OTHER_KIND =
  /embed|rank|moderation|image|audio|speech|transcri|\btts\b|\bstt\b|\basr\b|video|feature-extraction|classification/i;
const CHAT_KIND = /chat|openai|anthropic|gemini|completion|text-generation|text-to-text|language|multimodal/i;

/** Names of models that embed, rank, draw, speak, listen or moderate. */
const OTHER_NAME = new RegExp(
  [
    'embed|(?:^|[-_/.])(?:bge|gte|e5|m3e|jina|bce|nomic|clip|siglip|colbert)(?=[-_/.]|$)|rerank|ranker|reward',
    'whisper|(?:^|[-_/.])(?:tts|asr|stt)(?=[-_/.]|\\d|$)|speech|voice|audio|transcri|realtime|paraformer|sensevoice',
    'livetranslate|cosyvoice|sambert|chattts|parakeet|music|suno',
    '(?:^|[-_/.])image(?=[-_/.\\d]|$)|imagen|dall-e|flux|diffusion|sdxl|kolors|seedream|midjourney|recraft|ideogram',
    'cogview|video|cogvideo|(?:^|[-_/.])(?:wan|wanx|veo|sora|kling|vidu|hailuo|seedance|mj)(?=[-_/.\\d]|$)|t2[iv]|i2v',
    'moderation|(?:^|[-_/.])(?:\\w*guard|shield\\w*)(?=[-_/.\\d]|$)|babbage|davinci|(?:^|[-_/.])(?:ocr|mt)(?=[-_/.]|$)',
  ].join('|'),
  'i',
);

/** Whether a server says of an entry of its list that it is a model for something else than chats. */
export function isOtherKind(entry: Readonly<Record<string, unknown>>): boolean {
  const { capabilities, architecture, supports_chat: supportsChat } = entry;
  if (supportsChat === false || (isRecord(capabilities) && capabilities['completion_chat'] === false)) return true;
  const output = isRecord(architecture) ? architecture['output_modalities'] : undefined;
  if (Array.isArray(output) && output.length > 0 && !output.includes('text')) return true;
  const words = [...KINDS.flatMap((name) => wordsOf(entry[name])), ...wordsOf(entry['supported_endpoint_types'])];
  const said = [
    ...words,
    ...(Array.isArray(capabilities) ? wordsOf(capabilities) : wordsOf(stringIn(capabilities, 'type'))),
  ];
  return said.some((word) => OTHER_KIND.test(word)) && !said.some((word) => CHAT_KIND.test(word));
}

/** The first model that is for chats by its name, else the first; undefined for no models. */
export function firstChatModel<T extends { readonly id: string }>(models: readonly T[]): T | undefined {
  return models.find(({ id }) => !OTHER_NAME.test(id)) ?? models[0];
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'string' ? [one] : []));
  return isRecord(value) ? wordsOf(value['name'] ?? value['id']) : [];
}
