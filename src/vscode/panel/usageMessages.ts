import { stringIn } from '../../core/base/json';
import { USAGE_RANGES } from '../../core/views/usageView';
import type { UsageIntent } from '../../shared/usageMessages';

type Message = Readonly<Record<string, unknown>>;
type Readers = {
  readonly [T in UsageIntent['type']]: (message: Message) => Extract<UsageIntent, { readonly type: T }> | undefined;
};

/** What each message of the page of the usage must hold. */
export const USAGE_READERS: Readers = {
  showUsageOf: (message) => {
    const range = USAGE_RANGES.find((days) => days === message['range']);
    return range && { type: 'showUsageOf', range };
  },
  blockExtension: (message) => {
    const extension = stringIn(message, 'extension');
    const { blocked } = message;
    return extension && typeof blocked === 'boolean' ? { type: 'blockExtension', extension, blocked } : undefined;
  },
  exportUsage: () => ({ type: 'exportUsage' }),
  resetUsage: () => ({ type: 'resetUsage' }),
};

/** Whether a message is one of that page. */
export function isUsageIntent(message: { readonly type: string }): message is UsageIntent {
  return Object.hasOwn(USAGE_READERS, message.type);
}
