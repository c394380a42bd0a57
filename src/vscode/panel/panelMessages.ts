import { isRecord, stringIn } from '../../core/base/json';
import { readMethod, readSignInFields, type SignInRequest } from '../../core/signIn/signInRequest';
import type { ToHost } from '../../shared/messages';
import type { ProvidersIntent } from '../../shared/providersMessages';
import { PROVIDERS_READERS, type ProvidersMessage } from './providersMessages';
import { USAGE_READERS } from './usageMessages';

/** A message of the panel as it is worked with: a key in it is a `Secret`. */
export type PanelMessage =
  | Exclude<ToHost, { readonly type: 'signIn' } | ProvidersIntent>
  | ({ readonly type: 'signIn' } & SignInRequest)
  | ProvidersMessage;

type Readers = {
  readonly [T in ToHost['type']]: (
    message: Readonly<Record<string, unknown>>,
  ) => Extract<PanelMessage, { type: T }> | undefined;
};

const only =
  <T extends string>(type: T) =>
  () => ({ type });

/** What each message must hold. The panel is not trusted: what is not read here does not get in. */
const READERS: Readers = {
  ready: only('ready'),
  signIn: (message) => {
    const method = readMethod(message['method']);
    return method && { type: 'signIn', method, ...readSignInFields(message) };
  },
  signInAtServer: (message) => {
    const text = (name: string): string => stringIn(message, name) ?? '';
    const [issuer, clientId, api, scopes] = [text('issuer'), text('clientId'), text('api'), text('scopes')];
    return { type: 'signInAtServer', issuer, clientId, api, scopes };
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
  tryAgain: (message) => {
    const account = stringIn(message, 'account');
    return account ? { type: 'tryAgain', account } : undefined;
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
  chooseFolder: only('chooseFolder'),
  chooseModel: only('chooseModel'),
  choosePlan: ({ plan }) => (plan === 'codingPlan' || plan === 'tokenPlan' ? { type: 'choosePlan', plan } : undefined),
  allowWorkspace: only('allowWorkspace'),
  testConnection: only('testConnection'),
  useInChat: only('useInChat'),
  manageTrust: only('manageTrust'),
  findLocalServers: only('findLocalServers'),
  configureFromText: only('configureFromText'),
  explain: only('explain'),
  refreshModels: only('refreshModels'),
  draft: (message) => {
    const { provider, region, baseUrl } = readSignInFields(message);
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
  setLogLevel: only('setLogLevel'),
  showLog: only('showLog'),
  copyDiagnostics: only('copyDiagnostics'),
  ...PROVIDERS_READERS,
  ...USAGE_READERS,
};

/** The message of the panel, or undefined for anything else. */
export function readPanelMessage(message: unknown): PanelMessage | undefined {
  const type = stringIn(message, 'type');
  return isRecord(message) && isMessageType(type) ? READERS[type](message) : undefined;
}

function readPlace(
  message: Readonly<Record<string, unknown>>,
): { readonly provider: string; readonly region?: string } | undefined {
  const { provider, region } = readSignInFields(message);
  return provider ? { provider, ...(region && { region }) } : undefined;
}

function isMessageType(type: string | undefined): type is ToHost['type'] {
  return type !== undefined && Object.hasOwn(READERS, type);
}
