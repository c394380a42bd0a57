import { isRecord, stringIn } from '../../core/base/json';
import { Secret } from '../../core/base/secret';
import type {
  AccountFields,
  EntryFields,
  EntryRef,
  EntryTarget,
  ProvidersIntent,
  ModelFileId,
  PageId,
} from '../../shared/providersMessages';

type Message = Readonly<Record<string, unknown>>;

/** A message of the page as it is worked with: a key in it is a `Secret`. */
export type ProvidersMessage =
  | Exclude<ProvidersIntent, { readonly type: 'saveAccount' }>
  | ({ readonly type: 'saveAccount'; readonly account: string } & Omit<AccountFields, 'apiKey'> & {
        readonly apiKey?: Secret;
      });

type Readers = {
  readonly [T in ProvidersIntent['type']]: (
    message: Message,
  ) => Extract<ProvidersMessage, { readonly type: T }> | undefined;
};

/** No list has more entries. */
const MOST_ENTRIES = 1000;

/** What each message of the page of the providers must hold. */
export const PROVIDERS_READERS: Readers = {
  showPage: ({ page: id }) => {
    const page = readPage(id);
    return page && { type: 'showPage', page };
  },
  openModelFile: (message) => {
    const file = readFile(message['file']);
    const line = message['line'];
    const isLine = typeof line === 'number' && Number.isInteger(line) && line > 0;
    return file && { type: 'openModelFile', file, ...(isLine && { line }) };
  },
  testProvider: ({ target: about }) => {
    const entry = readRef(isRecord(about) ? about['entry'] : undefined);
    const account = stringIn(about, 'account');
    if (account) return { type: 'testProvider', target: { kind: 'account', account } };
    return entry && { type: 'testProvider', target: { kind: 'entry', entry } };
  },
  tryEntry: (message) => {
    const filled = readForm(message);
    return filled && { type: 'tryEntry', ...filled };
  },
  saveAccount: (message) => {
    const account = stringIn(message, 'account');
    const text = (name: string): string => stringIn(message, name) ?? '';
    const apiKey = text('apiKey');
    if (!account) return undefined;
    return {
      type: 'saveAccount',
      account,
      name: text('name'),
      baseUrl: text('baseUrl'),
      ...(apiKey && { apiKey: new Secret(apiKey) }),
    };
  },
  draftEntry: (message) => {
    const filled = readForm(message);
    return filled && { type: 'draftEntry', ...filled };
  },
  saveEntry: (message) => {
    const filled = readForm(message);
    return filled && { type: 'saveEntry', ...filled };
  },
  removeEntry: (message) => {
    const entry = readRef(message['entry']);
    return entry && { type: 'removeEntry', entry };
  },
  moveEntry: ({ entry: ref, by }) => {
    const entry = readRef(ref);
    const isStep = typeof by === 'number' && Number.isInteger(by) && by !== 0 && Math.abs(by) <= MOST_ENTRIES;
    return entry && isStep ? { type: 'moveEntry', entry, by } : undefined;
  },
  enterKey: (message) => {
    const baseUrl = stringIn(message, 'baseUrl');
    return baseUrl ? { type: 'enterKey', baseUrl } : undefined;
  },
  fetchModels: ({ entry: ref, allowed }) => {
    const entry = readRef(ref);
    return entry && { type: 'fetchModels', entry, allowed: allowed === true };
  },
  stopFetching: () => ({ type: 'stopFetching' }),
  addModels: ({ entry: ref, ids }) => {
    const entry = readRef(ref);
    const known = Array.isArray(ids) ? ids.slice(0, MOST_ENTRIES).filter((id) => typeof id === 'string') : [];
    return entry && { type: 'addModels', entry, ids: known };
  },
};

/** The page of that id. */
export function readPage(value: unknown): PageId | undefined {
  return value === 'signIn' || value === 'providers' || value === 'usage' ? value : undefined;
}

/** Whether a message is one of that page. */
export function isProvidersIntent(message: { readonly type: string }): message is ProvidersMessage {
  return Object.hasOwn(PROVIDERS_READERS, message.type);
}

function readForm({
  target: about,
  fields,
}: Message): { readonly target: EntryTarget; readonly fields: EntryFields } | undefined {
  const target = readTarget(about);
  const text = (name: keyof EntryFields): string => stringIn(fields, name) ?? '';
  return (
    target && {
      target,
      fields: {
        id: text('id'),
        name: text('name'),
        baseUrl: text('baseUrl'),
        envKey: text('envKey'),
        contextWindow: text('contextWindow'),
        timeout: text('timeout'),
        headers: text('headers'),
      },
    }
  );
}

function readTarget(value: unknown): EntryTarget | undefined {
  if (!isRecord(value)) return undefined;
  const { kind } = value;
  const file = readFile(value['file']);
  const provider = stringIn(value, 'provider');
  if (kind === 'add') return file && provider ? { kind, file, provider } : undefined;
  const entry = readRef(value['entry']);
  return entry && (kind === 'edit' || kind === 'duplicate') ? { kind, entry } : undefined;
}

function readRef(value: unknown): EntryRef | undefined {
  if (!isRecord(value)) return undefined;
  const { provider, index, id } = value;
  const file = readFile(value['file']);
  const isIndex = typeof index === 'number' && Number.isInteger(index) && index >= 0;
  return file && typeof provider === 'string' && isIndex && typeof id === 'string'
    ? { file, provider, index, id }
    : undefined;
}

function readFile(value: unknown): ModelFileId | undefined {
  return value === 'settings' || value === 'workspace' || value === 'user' ? value : undefined;
}
