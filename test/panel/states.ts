import { createSettings } from '../../src/core/config/settings';
import { panelView } from '../../src/core/views/panelView';
import type { ActionView, PanelState, SessionView, StepView } from '../../src/shared/messages';
import type { ProviderView } from '../../src/shared/signInViews';
import type { ModelView } from '../../src/shared/modelViews';
import { createMemorySettings } from '../fakes/memorySettings';
import { snapshot } from '../fakes/snapshots';

const plan = 'https://coding.dashscope.aliyuncs.com/v1';
const openRouter = 'https://openrouter.ai/api/v1';

/** The catalogue as the panel sees it, but for the providers that only repeat the shape of another. */
export const providers: readonly ProviderView[] = catalogueOf(
  'coding-plan',
  'token-plan',
  'openai',
  'bailian',
  'moonshot',
  'zai',
  'openrouter',
  'ollama',
  'custom',
);

function catalogueOf(...ids: readonly string[]): readonly ProviderView[] {
  const { providers: all } = panelView(snapshot({}), createSettings(createMemorySettings()), undefined);
  return ids.flatMap((id) => all.filter((provider) => provider.id === id));
}

const model = (id: string, more: Partial<ModelView> = {}): ModelView => ({
  id,
  name: id,
  detail: '1M context',
  ready: true,
  ...more,
});

/** Nothing stored, nothing under way. */
export const signedOut: PanelState = {
  session: {
    kind: 'signedOut',
    title: 'Not signed in',
    detail: 'Choose how to sign in. Keys are kept in the system keychain.',
  },
  accounts: [],
  methods: [
    {
      id: 'coding-plan',
      method: 'coding-plan',
      label: 'Coding Plan',
      description: 'A subscription of Alibaba Cloud with its own key: Coding Plan or Token Plan.',
      providers: ['coding-plan', 'token-plan'],
    },
    {
      id: 'api-key',
      method: 'api-key',
      label: 'API key',
      description: 'A key of any OpenAI-compatible provider.',
      providers: providers.filter(({ method }) => method === 'api-key').map(({ id }) => id),
    },
    {
      id: 'own-server',
      method: 'api-key',
      label: 'On this computer',
      description: 'Ollama, LM Studio, vLLM or llama.cpp. No key is needed.',
      providers: ['ollama', 'custom'],
    },
    {
      id: 'openrouter',
      method: 'api-key',
      label: 'OpenRouter',
      description: 'One click in your browser makes a key.',
      providers: ['openrouter'],
    },
    {
      id: 'qwen-oauth',
      method: 'qwen-oauth',
      label: 'Qwen OAuth',
      description: 'Sign in with your qwen.ai account in the browser.',
      notice: 'The free tier of Qwen OAuth was discontinued on 2026-04-15.',
      providers: [],
    },
  ],
  providers,
  draft: undefined,
  models: [],
  listAges: {},
  warnings: [],
  connection: { kind: 'none' },
};

/** Signed in by the Coding Plan, with models of two providers. */
export const signedIn: PanelState = {
  ...signedOut,
  session: {
    kind: 'signedIn',
    tone: 'good',
    title: 'Signed in with Coding Plan',
    detail: 'qwen3-coder-plus on coding.dashscope.aliyuncs.com',
  },
  accounts: [
    {
      id: 'plan',
      label: 'Coding Plan (China)',
      detail: 'Key ending in 4f2a',
      address: 'coding.dashscope.aliyuncs.com/v1',
      status: 'Signed in',
      tone: 'good',
      active: true,
      actions: [],
      replace: {
        label: 'Replace key…',
        intent: { type: 'showMethod', method: 'coding-plan', provider: 'coding-plan' },
      },
    },
    {
      id: 'openai',
      label: 'OpenAI',
      detail: 'Key ending in 91bc',
      address: 'api.openai.com/v1',
      status: 'Not verified',
      tone: 'warning',
      active: false,
      actions: [{ label: 'Replace key…', intent: { type: 'showMethod', method: 'api-key', provider: 'openai' } }],
    },
  ],
  models: [
    {
      label: 'Coding Plan',
      host: 'coding.dashscope.aliyuncs.com',
      baseUrl: plan,
      models: [
        model('qwen3-coder-plus'),
        model('qwen3-coder-next', { detail: '256K context' }),
        model('qwen3-max', { name: 'Qwen3 Max', detail: '256K context, thinking' }),
      ],
    },
    {
      label: 'OpenRouter',
      host: 'openrouter.ai',
      baseUrl: openRouter,
      models: [
        model('qwen/qwen3-coder:free', { detail: 'From qwen.modelProviders', ready: false }),
        model('qwen3-coder-plus', { detail: 'From qwen.modelProviders' }),
      ],
    },
  ],
  modelInUse: { id: 'qwen3-coder-plus', baseUrl: plan, name: 'qwen3-coder-plus' },
};

/** Signed in, with the ways to the chat and to the terminal. */
export const ready: PanelState = {
  ...signedIn,
  chat: { label: 'Use Qwen in Chat', intent: { type: 'useInChat' } },
  terminal: { isOn: false, text: 'New terminals get nothing.' },
};

/** Signed in, with the answer of a test. */
export const answered: PanelState = {
  ...signedIn,
  connection: {
    kind: 'answered',
    model: 'qwen3-coder-plus',
    host: 'coding.dashscope.aliyuncs.com',
    text: 'Hello! The connection works, and I am ready to write code with you.',
    firstTokenMs: 412,
    sources: [
      { label: 'Key', text: 'Keychain, saved for coding.dashscope.aliyuncs.com' },
      { label: 'Base URL', text: 'Catalogue, Coding Plan in China' },
      { label: 'Model selected by', text: 'This workspace' },
    ],
  },
};

/** A state with another session. */
export const withSession = (session: SessionView, state: PanelState = signedOut): PanelState => ({ ...state, session });

/** A sign-in by Qwen OAuth that waits for the person to enter the code. */
export const enteringCode = (expiresAt: number, ways: readonly ActionView[] = []): PanelState =>
  withSession({
    kind: 'signingIn',
    method: 'qwen-oauth',
    title: 'Signing in with Qwen OAuth',
    step: {
      kind: 'userCode',
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://chat.qwen.ai/authorize',
      host: 'chat.qwen.ai',
      expiresAt,
    },
    ways,
  });

/** The other ways that a server with both grants leaves in a browser's VS Code. */
export const otherWays: readonly ActionView[] = [
  { label: 'Use a code instead', intent: { type: 'signIn', method: 'qwen-oauth', flow: 'device' } },
  { label: 'Paste the address by hand', intent: { type: 'signIn', method: 'qwen-oauth', flow: 'paste' } },
  { label: 'Enter an API key', intent: { type: 'showMethod', method: 'api-key' } },
];

/** A sign-in that waits for the browser to come back. */
export const awaitingRedirect = (
  flow: Extract<StepView, { kind: 'redirect' }>['flow'],
  ways: readonly ActionView[] = [],
): PanelState =>
  withSession({
    kind: 'signingIn',
    method: 'qwen-oauth',
    title: 'Signing in…',
    step: { kind: 'redirect', host: 'auth.example.com', flow },
    ways,
  });

/** A sign-in by the browser that nobody ended, with the ways that are left. */
export const declined = withSession({
  kind: 'failed',
  tone: 'bad',
  method: 'qwen-oauth',
  title: 'The sign-in failed',
  problem: {
    message: 'The sign-in was declined at auth.example.com.',
    action: { label: 'Try again', intent: { type: 'signIn', method: 'qwen-oauth' } },
  },
  ways: otherWays,
});

/** A sign-in with an API key that is being checked. */
export const checkingKey = withSession({
  kind: 'signingIn',
  method: 'api-key',
  title: 'Signing in to OpenAI',
  step: { kind: 'checking', host: 'api.openai.com' },
});

/** A key that the server refused, with the button that leads back to the form. */
export const refused = withSession({
  kind: 'failed',
  tone: 'bad',
  method: 'api-key',
  title: 'Sign-in failed',
  problem: {
    message: 'OpenAI refused the key.',
    cause: 'api.openai.com answered 401: Incorrect API key provided.',
    action: { label: 'Enter another key', intent: { type: 'showMethod', method: 'api-key' } },
  },
});

/** Signed in, with as many models as a large catalogue has. */
export const manyModels = (count: number): PanelState => ({
  ...signedIn,
  models: [
    {
      label: 'OpenRouter',
      host: 'openrouter.ai',
      baseUrl: openRouter,
      models: Array.from({ length: count }, (_, index) => model(`vendor-${index % 20}/model-${index}`)),
    },
  ],
  modelInUse: { id: 'vendor-0/model-300', baseUrl: openRouter, name: 'vendor-0/model-300' },
});
