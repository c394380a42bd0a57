import type { ChatRequest, UserContent } from './request';

/** How many tokens a text is about: rather too many than too few. */
export function estimateTokens(text: string): number {
  const wide = text.match(/[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]/g)?.length ?? 0;
  return Math.ceil(wide + (text.length - wide) / 3.5);
}

const PER_MESSAGE = 4;
const PER_IMAGE = 1200;

/** How many tokens a request is about, with its tools. */
export function estimateRequestTokens({ messages, tools = [] }: ChatRequest): number {
  const ofMessages = messages.map((message) => {
    switch (message.role) {
      case 'system':
        return estimateTokens(message.text);
      case 'assistant':
        return estimateTokens(message.text) + estimateTokens(JSON.stringify(message.toolCalls));
      case 'user':
      case 'tool':
        return ofContent(message.content);
    }
  });
  const ofTools = tools.length > 0 ? estimateTokens(JSON.stringify(tools)) : 0;
  return ofMessages.reduce((sum, one) => sum + PER_MESSAGE + one, ofTools);
}

function ofContent(content: readonly UserContent[]): number {
  return content.reduce((sum, part) => sum + (part.kind === 'text' ? estimateTokens(part.text) : PER_IMAGE), 0);
}
