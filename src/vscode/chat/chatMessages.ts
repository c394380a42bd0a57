import {
  LanguageModelChatMessageRole,
  type LanguageModelChatRequestMessage,
  type LanguageModelChatTool,
  LanguageModelDataPart,
  LanguageModelPromptTsxPart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
} from 'vscode';
import type { ChatMessage, Tool, ToolCall, UserContent } from '../../core/chat/request';
import { isRecord } from '../../core/base/json';
import { isSystemRole, thinkingIn } from './undocumented';

/** VS Code's messages as the core's. What a model cannot be told, such as marks for a cache, is left out. */
export function chatMessages(messages: readonly LanguageModelChatRequestMessage[]): readonly ChatMessage[] {
  return messages.flatMap(({ role, content }): readonly ChatMessage[] => {
    if (isSystemRole(role)) return [{ role: 'system', text: textOf(contentOf(content)) }];
    if (role === LanguageModelChatMessageRole.Assistant) return [assistantMessage(content)];
    const results = content.flatMap((part) =>
      part instanceof LanguageModelToolResultPart
        ? { role: 'tool' as const, toolCallId: part.callId, content: contentOf(part.content) }
        : [],
    );
    const said = contentOf(content);
    // The answers to a turn's calls come before anything else.
    return said.length > 0 ? [...results, { role: 'user', content: said }] : results;
  });
}

/** VS Code's tools as the core's. */
export function chatTools(tools: readonly LanguageModelChatTool[] = []): readonly Tool[] {
  return tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    ...(isRecord(inputSchema) && { inputSchema }),
  }));
}

function assistantMessage(content: readonly unknown[]): ChatMessage {
  const thinking = content.map(thinkingIn).join('');
  return {
    role: 'assistant',
    text: textOf(contentOf(content)),
    ...(thinking && { thinking }),
    toolCalls: content.flatMap((part): ToolCall | [] =>
      part instanceof LanguageModelToolCallPart
        ? { id: part.callId, name: part.name, input: isRecord(part.input) ? part.input : {} }
        : [],
    ),
  };
}

function contentOf(parts: readonly unknown[]): readonly UserContent[] {
  return parts.flatMap((part): UserContent | [] => {
    if (part instanceof LanguageModelTextPart) return { kind: 'text', text: part.value };
    if (part instanceof LanguageModelPromptTsxPart) return { kind: 'text', text: textsIn(part.value).join('') };
    if (!(part instanceof LanguageModelDataPart)) return [];
    const { mimeType, data } = part;
    if (mimeType.startsWith('image/')) return { kind: 'image', mimeType, data };
    const isText = mimeType.startsWith('text/') || mimeType.endsWith('json');
    return isText ? { kind: 'text', text: new TextDecoder().decode(data) } : [];
  });
}

function textOf(content: readonly UserContent[]): string {
  return content.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

/** What is said in a tree of elements, as tools that draw with `@vscode/prompt-tsx` give it, in its order. */
function textsIn(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  if (!isRecord(tree)) return [];
  return Object.entries(tree).flatMap(([name, value]) =>
    name === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}
