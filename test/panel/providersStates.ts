import type { EntryView, FetchedView, ProvidersPageView } from '../../src/shared/providersMessages';
import type { PanelState } from '../../src/shared/messages';
import { NO_FIELDS } from '../../src/core/config/entryFields';
import { signedIn } from './states';

const plan = 'https://coding.dashscope.aliyuncs.com/v1';
const router = 'https://openrouter.ai/api/v1';
/** An entry of VS Code's settings, the first one and usable unless changed. */
export const entry = (id: string, index = 0, changes: Partial<EntryView> = {}): EntryView => ({
  at: { file: 'settings', provider: 'openai', index, id },
  key: `settings ${id} ${changes.baseUrl ?? plan}`,
  name: id,
  baseUrl: plan,
  fields: { id, name: '', baseUrl: plan, envKey: 'BAILIAN_KEY', contextWindow: '', timeout: '', headers: '' },
  keyState: { text: 'in the keychain, ends in a289', tone: 'good' },
  group: (changes.baseUrl ?? plan) === router ? 'OpenRouter' : 'Coding Plan',
  state: { text: 'Ready', tone: 'good' },
  selected: false,
  usable: true,
  ...changes,
});

/** Entries of every kind, in three files. */
export const providersPage: ProvidersPageView = {
  accounts: [
    {
      id: 'coding-plan/china',
      group: 'Coding Plan',
      name: 'Coding Plan · China (Beijing)',
      state: { text: 'Signed in', tone: 'good' },
      facts: ['coding.dashscope.aliyuncs.com/v1', 'key ends in a289', '10 models'],
      again: false,
      inUse: true,
      model: { id: 'qwen3.5-plus', baseUrl: plan },
      edit: {
        name: '',
        usualName: 'Coding Plan · China (Beijing)',
        baseUrl: plan,
        fixed: 'The address of Coding Plan is fixed.',
        keyHint: 'Leave it empty to keep the key that ends in a289.',
      },
      copy: { ...NO_FIELDS, id: 'qwen3.5-plus', baseUrl: plan, envKey: 'BAILIAN_CODING_PLAN_API_KEY' },
    },
    {
      id: 'ollama',
      group: 'Ollama',
      name: 'Ollama',
      state: { text: 'Not verified', tone: 'warning' },
      facts: ['http://localhost:11434/v1', 'no key', '0 models'],
      why: 'localhost:11434 does not answer. Start the server, then try again.',
      again: true,
      inUse: false,
      edit: {
        name: 'My laptop',
        usualName: 'Ollama',
        baseUrl: 'http://localhost:11434/v1',
        keyHint: 'It has none.',
      },
    },
  ],
  files: [
    {
      id: 'settings',
      label: 'VS Code settings',
      path: '/home/me/.config/Code/User/settings.json',
      lists: [
        {
          provider: 'openai',
          entries: [
            entry('qwen3-coder-plus', 0, {
              name: 'Qwen3 Coder Plus',
              selected: true,
              account: 'coding-plan/china',
              down: 2,
            }),
            entry('qwen/qwen3-coder:free', 1, {
              baseUrl: router,
              state: { text: 'No key', tone: 'bad' },
              keyState: { text: 'missing: OPENROUTER_API_KEY is not set, and none is saved for it', tone: 'bad' },
            }),
            entry('glm-5', 2, {
              up: -2,
              keyState: { text: 'from BAILIAN_KEY in /home/me/project/.env, line 3', tone: 'good' },
            }),
          ],
        },
      ],
    },
    {
      id: 'workspace',
      label: 'Workspace',
      path: '/home/me/project/.qwen/settings.json',
      lists: [],
    },
    {
      id: 'user',
      label: 'Qwen Code settings',
      path: '/home/me/.qwen/settings.json',
      lists: [
        {
          provider: 'openai',
          entries: [
            entry('qwen3-coder-plus', 0, {
              at: { file: 'user', provider: 'openai', index: 0, id: 'qwen3-coder-plus' },
              key: 'user qwen3-coder-plus',
              usable: false,
              state: { text: 'Shadowed', tone: 'off' },
              why: 'The same model at the same base URL is listed in VS Code settings. That entry counts.',
            }),
            entry('', 1, {
              at: { file: 'user', provider: 'openai', index: 1, id: '' },
              key: 'user 1',
              name: 'Entry 2',
              usable: false,
              group: '',
              state: { text: 'Mistake', tone: 'bad' },
              line: 12,
              why: 'modelProviders.openai[1] in /home/me/.qwen/settings.json, line 12, has no "id": name the model, such as "qwen3-coder-plus".',
            }),
          ],
        },
        {
          provider: 'anthropic',
          note: 'modelProviders.anthropic in /home/me/.qwen/settings.json, line 16, is a protocol that is not spoken here; only "openai" is, so its models are left out.',
          entries: [
            entry('claude', 0, {
              at: { file: 'user', provider: 'anthropic', index: 0, id: 'claude' },
              key: 'user claude',
              usable: false,
              state: { text: 'Not used', tone: 'off' },
            }),
          ],
        },
      ],
    },
  ],
};

/** The panel on the page of the providers. */
export const managing = (changes: Partial<ProvidersPageView> = {}, state: PanelState = signedIn): PanelState => ({
  ...state,
  providersPage: { ...providersPage, ...changes },
});

/** The models of the server of the second entry. */
export const found = (count: number): FetchedView => ({
  kind: 'found',
  entry: { file: 'settings', provider: 'openai', index: 1, id: 'qwen/qwen3-coder:free' },
  host: 'openrouter.ai',
  models: Array.from({ length: count }, (_, index) => ({
    id: index === 0 ? 'qwen/qwen3-coder:free' : `vendor/model-${index}`,
    listed: index === 0,
  })),
});
