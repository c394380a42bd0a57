import type { FailureView, PanelState, SessionView } from '../../src/shared/messages';
import type { ModelGroupView } from '../../src/shared/modelViews';
import type { PanelPage } from './panelPage';
import { found, managing, providersPage } from './providersStates';
import {
  answered,
  awaitingRedirect,
  checkingKey,
  declined,
  enteringCode,
  manyModels,
  otherWays,
  ready,
  refused,
  signedIn,
  signedOut,
  withSession,
} from './states';
import { over, unused, using } from './usageStates';

/** A state of the panel, and what a person does in it before it is looked at. */
interface Picture {
  readonly state: PanelState;
  readonly act?: (panel: PanelPage) => Promise<void>;
}

const HALF_AN_HOUR_MS = 30 * 60_000;

const openMethod = (method: string, state: PanelState = signedOut): Picture => ({
  state,
  act: ({ choose }) => choose(method),
});

const press = (name: string | RegExp, state: PanelState): Picture => ({
  state,
  act: ({ button }) => button(name).first().click(),
});

const session = (view: SessionView): Picture => ({ state: withSession(view, ready) });

const failure: FailureView = {
  method: 'coding-plan',
  tone: 'bad',
  problem: {
    message: 'Coding Plan refused the key.',
    cause: 'coding.dashscope.aliyuncs.com answered 401: invalid access token or token expired.',
    action: { label: 'Check the other regions', intent: { type: 'checkOtherRegions' } },
  },
};

const isSignedIn = { kind: 'signedIn', title: 'Signed in with Coding Plan', detail: 'qwen3-coder-plus' } as const;

const [planModels] = signedIn.models;
const recent = signedIn.models.flatMap(({ baseUrl, models }) => models.slice(0, 1).map(({ id }) => ({ id, baseUrl })));
const emptyGroup: ModelGroupView = {
  label: 'Ollama',
  host: '127.0.0.1:11434',
  baseUrl: 'http://127.0.0.1:11434/v1',
  models: [],
};
const [settings, workspace, userFile] = providersPage.files;
const withoutEntries = [settings, workspace, userFile].flatMap((file) => (file ? [{ ...file, lists: [] }] : []));
const brokenFile = {
  message: 'settings.json of Qwen Code, line 7: a comma or a closing brace is expected. Nothing of it is read.',
};

/** Every state of the panel that there is a picture of, by its name: what it shows, and where. */
export const gallery: Readonly<Record<string, Picture>> = {
  loading: { state: withSession({ kind: 'loading' }) },
  'signed out': { state: signedOut },
  'signed out, API key': openMethod('API key'),
  'signed out, on this computer': openMethod('On this computer', { ...signedOut, localServers: ['ollama'] }),
  'signed out, no server on this computer': openMethod('On this computer', { ...signedOut, localServers: [] }),
  'signed out, OpenRouter': openMethod('OpenRouter'),
  'signed out, Qwen OAuth': openMethod('Qwen OAuth'),
  'signed out, choosing a provider': {
    state: signedOut,
    async act({ page, choose }) {
      await choose('API key');
      await page.getByRole('combobox', { name: 'Provider' }).click();
    },
  },
  'signed out, a field left empty': press(/^Sign in$/, signedOut),
  'signed out, one of several folders': { state: { ...signedOut, folder: 'my-project' } },
  'signing in, checking the key': { state: checkingKey },
  'signing in, the code': { state: enteringCode(Date.now() + HALF_AN_HOUR_MS) },
  'signing in, the code, with other ways': { state: enteringCode(Date.now() + HALF_AN_HOUR_MS, otherWays) },
  'signing in, the browser': { state: awaitingRedirect('loopback') },
  'signing in, pasting the address': {
    state: {
      ...awaitingRedirect('paste', otherWays),
      pasteError: { serial: 1, text: 'This address belongs to another sign-in. Copy the one of this attempt.' },
    },
  },
  'problem, the key is refused': { state: refused },
  'problem, the sign-in is declined': { state: declined },
  'problem, the session ended': session({
    kind: 'expired',
    tone: 'warning',
    title: 'The sign-in has ended',
    method: 'qwen-oauth',
    problem: {
      message: 'chat.qwen.ai does not renew this sign-in any more.',
      cause: 'It answered invalid_grant.',
      action: { label: 'Sign in again', intent: { type: 'signIn', method: 'qwen-oauth' } },
    },
  }),
  'problem, a workspace that may not have the key': session({
    kind: 'failed',
    tone: 'bad',
    title: 'The key is not sent',
    method: 'api-key',
    problem: {
      message: 'The settings of this workspace would send your key to models.example.com.',
      cause: 'They name it in /home/me/project/.qwen/settings.json, line 4.',
      action: { label: 'Allow…', intent: { type: 'allowWorkspace' } },
    },
  }),
  'signed in': { state: ready },
  'signed in, recent models': { state: { ...ready, recentModels: recent } },
  'signed in, a workspace that is not trusted': {
    state: {
      ...ready,
      chat: {
        label: 'Manage Trust',
        intent: { type: 'manageTrust' },
        note: 'This workspace is not trusted, so VS Code has no chat in it.',
      },
    },
  },
  'signed in, not verified': session({
    ...isSignedIn,
    tone: 'warning',
    doubt: {
      message: 'coding.dashscope.aliyuncs.com could not be reached.',
      cause: 'No server of this name was found.',
      action: { label: 'Try again', intent: { type: 'testConnection' } },
    },
  }),
  'signed in, adding an account': {
    state: ready,
    async act({ button, choose }) {
      await button('Add account').click();
      await choose('API key');
    },
  },
  'signed in, another sign-in failed': session({ ...isSignedIn, tone: 'good', failure }),
  'signed in, limits': {
    state: {
      ...ready,
      limits: {
        host: 'coding.dashscope.aliyuncs.com',
        rows: [
          {
            label: '5 hours',
            text: '73 % used · goes on at 16:40',
            source: 'counted here',
            usedPercent: 73,
            tone: 'normal',
          },
          {
            label: 'Week',
            text: '96 % used · goes on on Monday',
            source: 'counted here',
            usedPercent: 96,
            tone: 'warning',
          },
          { label: 'Balance', text: 'CN¥110.00', source: 'said by the server at 16:20', tone: 'normal' },
        ],
        action: { label: 'Choose your plan…', intent: { type: 'choosePlan', plan: 'codingPlan' } },
      },
    },
  },
  'signed in, terminal': {
    state: {
      ...ready,
      terminal: {
        isOn: true,
        text: 'New terminals get OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.',
        problem: {
          message: 'This workspace may not have the key.',
          action: { label: 'Allow', intent: { type: 'allowWorkspace' } },
        },
      },
    },
  },
  'signed in, entries that do not count': {
    state: {
      ...ready,
      warnings: [
        {
          message: 'qwen.modelProviders, line 14, has no "id": name the model, such as "qwen3-coder-plus".',
          action: { label: 'Open settings', intent: { type: 'openModelFile', file: 'settings' } },
        },
      ],
    },
  },
  'test, running': {
    state: { ...ready, connection: { kind: 'running', model: 'qwen3-coder-plus', text: 'Hello! The' } },
  },
  'test, answered': { state: { ...ready, connection: answered.connection } },
  'test, failed': {
    state: {
      ...ready,
      connection: {
        kind: 'failed',
        problem: {
          message: 'coding.dashscope.aliyuncs.com is used up for today (429).',
          cause: 'It says: daily quota exceeded.',
          action: { label: 'Switch model…', intent: { type: 'chooseModel' } },
        },
      },
    },
  },
  'models, none': { state: { ...signedIn, models: [emptyGroup] } },
  'models, many': { state: manyModels(400) },
  'models, filtered': {
    state: manyModels(400),
    act: ({ field }) => field('Filter models').fill('model-39'),
  },
  'models, nothing matches': {
    state: signedIn,
    act: ({ field }) => field('Filter models').fill('nothing like it'),
  },
  'models, an old list': {
    state: { ...signedIn, listAges: { [planModels?.baseUrl ?? '']: 'as of 12 May, could not be asked since' } },
  },
  'providers, empty': { state: managing({ accounts: [], files: withoutEntries }) },
  'providers, many': { state: managing() },
  'providers, a broken file': {
    state: managing({
      files: withoutEntries.map((file) => (file.id === 'user' ? { ...file, problem: brokenFile } : file)),
    }),
  },
  'providers, a test': {
    state: managing({ tested: { key: 'coding-plan/china', kind: 'answered', text: 'Hello! The connection works.' } }),
  },
  'providers, a test that failed': {
    state: managing({
      tested: {
        key: 'ollama',
        kind: 'failed',
        problem: { message: 'localhost:11434 does not answer.', cause: 'Nothing listens there.' },
      },
    }),
  },
  'providers, more of an entry': press('More for glm-5', managing()),
  'providers, the form of an account': press('Edit Ollama', managing()),
  'providers, the form of an account whose address is fixed': press('Edit Coding Plan', managing()),
  'providers, the form of an entry': press('Edit glm-5', managing()),
  'providers, a copy to a file': press('Copy Coding Plan', managing()),
  'providers, adding one': press(/^Add/, managing()),
  'providers, a form with errors': {
    state: managing(),
    async act({ page, button, field, show }) {
      await button('Copy Coding Plan').click();
      for (const label of ['Model id', 'Name (optional)', 'Key variable (optional)']) await field(label).fill('');
      await field('Base URL (optional)').fill('nonsense');
      const fields = { id: '', name: '', baseUrl: 'nonsense', envKey: '', contextWindow: '', timeout: '', headers: '' };
      const errors = { id: 'Name the model.', baseUrl: 'Begin the URL with https:// or http://.' };
      await show(managing({ draft: { fields, errors } }));
      await page.getByText('Begin the URL with').waitFor();
    },
  },
  'providers, asking before one is removed': press('Remove glm-5', managing()),
  'providers, the models of a server': { state: managing({ fetched: found(60) }) },
  'usage, empty': { state: unused },
  'usage, two weeks': { state: using() },
  'usage, a quarter': { state: over(90) },
};
