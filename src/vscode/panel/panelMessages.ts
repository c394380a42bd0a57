import { isRecord, stringIn } from '../../core/base/json';
import type { FlowId, MethodId, SignInFields, ToHost } from '../../shared/messages';
import { MANAGE_READERS } from './providersMessages';
import { USAGE_READERS } from './usageMessages';

type Readers = {
  readonly [T in ToHost['type']]: (
    message: Readonly<Record<string, unknown>>,
  ) => Extract<ToHost, { type: T }> | undefined;
};

const only =
  <T extends string>(type: T) =>
  () => ({ type });

/** What each message must hold. The panel is not trusted: what is not read here does not get in. */
const READERS: Readers = {
  ready: only('ready'),
  signIn: (message) => {
    const method = readMethod(message['method']);
    return method && { type: 'signIn', method, ...readFields(message) };
  },
  cancelSignIn: only('cancelSignIn'),
  openVerificationPage: only('openVerificationPage'),
  copyVerificationPage: only('copyVerificationPage'),
  pasteRedirect: (message) => {
    const text = stringIn(message, 'text');
    return text ? { type: 'pasteRedirect', text } : undefined;
  },
  signOut: (message) => {
    const account = stringIn(message, 'account');
    return account ? { type: 'signOut', account } : undefined;
  },
  switchModel: (message) => {
    const id = stringIn(message, 'id');
    const baseUrl = stringIn(message, 'baseUrl');
    return id && baseUrl ? { type: 'switchModel', id, baseUrl } : undefined;
  },
  checkOtherRegions: only('checkOtherRegions'),
  sendKey: (message) => {
    const to = message['to'];
    return to === 'here' || to === 'there' ? { type: 'sendKey', to } : undefined;
  },
  enterModel: only('enterModel'),
  chooseModel: only('chooseModel'),
  allowWorkspace: only('allowWorkspace'),
  testConnection: only('testConnection'),
  useInChat: only('useInChat'),
  refreshModels: only('refreshModels'),
  draft: (message) => {
    const { provider, region, baseUrl } = readFields(message);
    return provider ? { type: 'draft', provider, ...(region && { region }), ...(baseUrl && { baseUrl }) } : undefined;
  },
  openConsole: (message) => {
    const place = readPlace(message);
    return place && { type: 'openConsole', ...place };
  },
  openDocs: (message) => {
    const place = readPlace(message);
    return place && { type: 'openDocs', ...place };
  },
  openSettings: (message) => {
    const setting = stringIn(message, 'setting');
    return setting && /^[\w.]+$/.test(setting) ? { type: 'openSettings', setting } : undefined;
  },
  useInTerminal: ({ on }) => (typeof on === 'boolean' ? { type: 'useInTerminal', on } : undefined),
  openQwenCode: only('openQwenCode'),
  writeQwenCodeSettings: only('writeQwenCodeSettings'),
  showLog: only('showLog'),
  ...MANAGE_READERS,
  ...USAGE_READERS,
};

/** The message of the panel, or undefined for anything else. */
export function readPanelMessage(message: unknown): ToHost | undefined {
  const type = stringIn(message, 'type');
  return isRecord(message) && isMessageType(type) ? READERS[type](message) : undefined;
}

function readPlace(
  message: Readonly<Record<string, unknown>>,
): { readonly provider: string; readonly region?: string } | undefined {
  const { provider, region } = readFields(message);
  return provider ? { provider, ...(region && { region }) } : undefined;
}

/** The method of that name. */
export function readMethod(value: unknown): MethodId | undefined {
  return value === 'qwen-oauth' || value === 'coding-plan' || value === 'api-key' ? value : undefined;
}

/** The fields of a form that were filled in. */
export function readFields(value: unknown): SignInFields {
  const names = ['provider', 'region', 'baseUrl', 'apiKey', 'model'] as const;
  const texts = names.flatMap((name) => (stringIn(value, name) ? [[name, stringIn(value, name)]] : []));
  const flow = FLOWS.find((known) => known === stringIn(value, 'flow'));
  const anyway = isRecord(value) && value['anyway'] === true;
  return { ...Object.fromEntries(texts), ...(flow && { flow }), ...(anyway && { anyway }) };
}

const FLOWS: readonly FlowId[] = ['loopback', 'uriHandler', 'device', 'paste', 'key'];

function isMessageType(type: string | undefined): type is ToHost['type'] {
  return type !== undefined && Object.hasOwn(READERS, type);
}
