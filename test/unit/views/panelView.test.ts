import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { createSettings } from '../../../src/core/config/settings';
import { credentialOf, resolveCredential } from '../../../src/core/credentials/resolve';
import { ConfigurationError, OAuthError, RequestError, SignInRequired } from '../../../src/core/base/errors';
import { Secret } from '../../../src/core/base/secret';
import type { Snapshot } from '../../../src/core/session/snapshot';
import type { SignInAttempt } from '../../../src/core/signIn/signInAttempt';
import { type Draft, panelView } from '../../../src/core/views/panelView';
import type { PanelState } from '../../../src/shared/messages';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemorySettings } from '../../fakes/memorySettings';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const china = keyAccount();
const selected = model({ id: 'glm-5', baseUrl: china.baseUrl });
const credential = resolveCredential(selected, { accounts: [china], variables: emptyConfiguration({}).variables });
const signedIn = snapshot({ accounts: [china], models: [selected], selected, credential });
const device = {
  deviceCode: new Secret('device-code'),
  userCode: 'ABCD-EFGH',
  verificationUri: 'https://chat.qwen.ai/authorize',
  verificationUriComplete: undefined,
  expiresAt: 1_800_000,
  intervalSeconds: 5,
};

const running = (changes: Partial<Extract<SignInAttempt, { kind: 'running' }>>): SignInAttempt => ({
  kind: 'running',
  request: { method: 'qwen-oauth' },
  step: undefined,
  others: [],
  overdue: false,
  ...changes,
});

const view = (state: Partial<Snapshot>, draft?: Draft, values: Readonly<Record<string, unknown>> = {}): PanelState =>
  panelView(snapshot(state), createSettings(createMemorySettings(values)), draft);

describe('panel', () => {
  it('is loading until the keychain is read', () => {
    assert.deepEqual(view({ loaded: false }).session, { kind: 'loading' });
  });

  it('says of a key that a workspace wants that it was not sent', () => {
    const { session } = view({ selected, credential, consent: 'needed' });

    assert.ok(session.kind === 'failed');
    assert.equal(session.title, 'The key was not sent');
    assert.deepEqual(session.problem.action?.intent, { type: 'allowWorkspace' });
  });

  for (const [what, state, title] of [
    ['nobody is signed in', {}, 'Not signed in'],
    ['a model has no key', { selected }, 'No key'],
  ] as const) {
    it(`says "${title}" when ${what}`, () => {
      const { session } = view(state);

      assert.ok(session.kind === 'signedOut');
      assert.equal(session.title, title);
    });
  }

  it('says of a list of models where it is from, and how old it is', () => {
    const discovered = new Map([[china.id, { models: [], askedAt: Date.now(), failedAt: undefined }]]);
    const { models, listAges } = view({ ...signedIn, discovered });

    assert.equal(models[0]?.host, 'coding.dashscope.aliyuncs.com');
    assert.deepEqual(listAges, { [china.baseUrl]: 'as of just now' });
  });

  it('groups the providers, each with what its places differ in', () => {
    const shown = view({}).providers.filter(({ id }) => ['zai', 'bailian', 'ollama'].includes(id));

    assert.deepEqual(
      shown.map(({ group, regionsAre, hasDocs }) => [group, regionsAre, hasDocs]),
      [
        ['Alibaba Cloud', 'region', true],
        ['Makers of models', 'plan', true],
        ['Servers of your own', 'region', true],
      ],
    );
  });

  it('shows the code, where it goes, and until when', () => {
    const step = { kind: 'userCode', host: 'chat.qwen.ai', device } as const;
    const { session } = view({ signInAttempt: running({ step }) });

    assert.ok(session.kind === 'signingIn');
    assert.deepEqual(session.step, {
      kind: 'userCode',
      userCode: 'ABCD-EFGH',
      verificationUri: 'https://chat.qwen.ai/authorize',
      host: 'chat.qwen.ai',
      expiresAt: 1_800_000,
    });
  });

  it('shows where the browser is, and not the address that it was sent to', () => {
    const step = {
      kind: 'redirect',
      host: 'as.example.com',
      url: 'https://as.example.com/?state=s',
      flow: 'paste',
    } as const;
    const { session } = view({ signInAttempt: running({ step }) });

    assert.ok(session.kind === 'signingIn');
    assert.deepEqual(session.step, { kind: 'redirect', host: 'as.example.com', flow: 'paste' });
  });

  for (const overdue of [false, true]) {
    it(`offers the other ways ${overdue ? 'once it takes long' : 'not at once'}`, () => {
      const { session } = view({ signInAttempt: running({ others: ['device', 'key'], overdue }) });

      assert.ok(session.kind === 'signingIn');
      assert.equal(session.ways?.length, overdue ? 2 : 0);
    });
  }

  it('does not say signed in where no key is needed', () => {
    const local = model({ id: 'qwen3:8b', baseUrl: 'http://localhost:11434/v1' });
    const keyless = resolveCredential(local, { accounts: [], variables: emptyConfiguration({}).variables });
    const { session } = view({ selected: local, credential: keyless });

    assert.equal('title' in session && session.title, 'No key needed at localhost:11434, not verified');
  });

  it('shows who answers where', () => {
    assert.deepEqual(view(signedIn).session, {
      kind: 'signedIn',
      tone: 'good',
      title: 'Signed in with Coding Plan · China (Beijing)',
      detail: 'glm-5 at coding.dashscope.aliyuncs.com',
    });
  });

  it('says who is signed in also where no model is known', () => {
    const account = oauthAccount({ issuer: 'https://login.example.com' });
    const { session } = view({ accounts: [account], credential: credentialOf(account) });

    assert.deepEqual(session, {
      kind: 'signedIn',
      tone: 'good',
      title: 'Signed in with Qwen OAuth',
      detail: 'No model is chosen: type the one you want below.',
    });
  });

  it('says when nobody has verified the credential', () => {
    const account = keyAccount({ status: 'unverified' });
    const unverified = resolveCredential(selected, {
      accounts: [account],
      variables: emptyConfiguration({}).variables,
    });
    const { session } = view({ accounts: [account], selected, credential: unverified });

    assert.ok(session.kind === 'signedIn');
    assert.match(session.title, /not verified/);
  });

  it('shows the failed attempt beside what still works', () => {
    const error = new OAuthError('access_denied', 'chat.qwen.ai', 400);
    const { session } = view({
      ...signedIn,
      signInAttempt: { kind: 'failed', request: { method: 'qwen-oauth' }, error, others: [] },
    });

    assert.ok(session.kind === 'signedIn');
    assert.equal(session.failure?.method, 'qwen-oauth');
    assert.match(session.failure.problem.message, /declined/);
  });

  it('leads back to the place that the refused key was for', () => {
    const request = { method: 'coding-plan', provider: 'coding-plan', region: 'international' } as const;
    const key = { host: 'coding.example.com', keyLast4: '1234', places: ['China (Beijing)'] };
    const error = new SignInRequired({ reason: 'refused', ...request, ...key });
    const { session } = view({ signInAttempt: { kind: 'failed', request, error, others: [] } });

    assert.ok(session.kind === 'failed');
    assert.deepEqual(
      session.problem.others?.map(({ intent }) => intent),
      [{ type: 'showMethod', ...request }],
    );
  });

  it('shows why signing in anew failed beside what is expired', () => {
    const account = oauthAccount({ status: 'ended' });
    const coder = model({ id: 'coder-model', baseUrl: account.baseUrl });
    const oauth = resolveCredential(coder, { accounts: [account], variables: emptyConfiguration({}).variables });
    const error = new SignInRequired({ reason: 'interrupted', method: 'qwen-oauth', host: 'chat.qwen.ai' });
    const signInAttempt = { kind: 'failed', request: { method: 'qwen-oauth' }, error, others: ['paste'] } as const;
    const { session } = view({ accounts: [account], selected: coder, credential: oauth, signInAttempt });

    assert.ok(session.kind === 'expired' && session.failure);
    assert.match(session.failure.problem.message, /interrupted/);
    assert.equal(session.failure.ways?.length, 1);
  });

  it('shows a key that is good in another region as good news', () => {
    const error = new SignInRequired({
      reason: 'goodElsewhere',
      here: 'Coding Plan · China',
      there: 'Coding Plan · International',
      otherProvider: 'coding-plan',
      otherRegion: 'international',
    });
    const { session } = view({ signInAttempt: { kind: 'failed', request: { method: 'api-key' }, error, others: [] } });

    assert.ok(session.kind === 'failed');
    assert.equal(session.tone, 'good');
  });

  it('shows a first attempt that failed with its way out', () => {
    const error = new ConfigurationError({ field: 'baseUrl' }, 'Enter it.');
    const { session } = view({
      signInAttempt: { kind: 'failed', request: { method: 'api-key' }, error, others: ['key'] },
    });

    assert.deepEqual(session, {
      kind: 'failed',
      tone: 'bad',
      title: 'The sign-in failed',
      method: 'api-key',
      problem: { message: 'Enter it.' },
      ways: [{ label: 'Enter an API key', intent: { type: 'showMethod', method: 'api-key' } }],
    });
  });

  for (const [status, title, label] of [
    ['offline', 'Signed in, but not renewed', 'Try again'],
    ['ended', 'The sign-in has ended', 'Use Coding Plan'],
  ] as const) {
    it(`says "${title}" of a session that is ${status}`, () => {
      const account = oauthAccount({ status });
      const coder = model({ id: 'coder-model', baseUrl: account.baseUrl });
      const oauth = resolveCredential(coder, { accounts: [account], variables: emptyConfiguration({}).variables });
      const { session } = view({ accounts: [account], selected: coder, credential: oauth });

      assert.ok(session.kind === 'expired');
      assert.deepEqual([session.title, session.problem.action?.label], [title, label]);
    });
  }

  for (const [changes, detail, status, tone] of [
    [{}, 'key ends in abcd', 'Signed in', 'good'],
    [{ status: 'unverified' }, 'key ends in abcd', 'Not verified', 'warning'],
    [{ status: 'refused' }, 'key ends in abcd', 'Key refused', 'bad'],
    [{ key: new Secret('short') }, 'key saved', 'Signed in', 'good'],
    [{ key: undefined }, 'no key', 'Signed in', 'good'],
  ] as const) {
    it(`describes an account as "${detail}", ${status}`, () => {
      const [account] = view({ accounts: [keyAccount(changes)] }).accounts;

      assert.deepEqual([account?.detail, account?.status, account?.tone], [detail, status, tone]);
    });
  }

  it('offers what may mend an account that is not verified', () => {
    const server = {
      id: 'own',
      provider: 'ollama',
      region: '',
      baseUrl: 'http://127.0.0.1:1/v1',
      baseUrlFrom: 'typed',
    } as const;
    const keyless = keyAccount({ ...server, method: 'api-key', key: undefined, status: 'unverified' });
    const refused = keyAccount({ status: 'refused' });
    const doubtful = keyAccount({ id: 'doubtful', status: 'unverified' });
    const { accounts } = view({ accounts: [keyless, refused, doubtful, china] });

    const place = { method: 'api-key', provider: 'ollama', baseUrl: server.baseUrl };
    assert.deepEqual(
      accounts.map(({ actions }) => actions),
      [
        [
          { label: 'Try again', intent: { type: 'tryAgain', account: 'own' } },
          { label: 'Edit…', intent: { type: 'showMethod', ...place } },
        ],
        [
          {
            label: 'Replace key…',
            intent: { type: 'showMethod', method: 'coding-plan', provider: 'coding-plan', region: china.region },
          },
        ],
        [
          { label: 'Try again', intent: { type: 'tryAgain', account: 'doubtful' } },
          {
            label: 'Replace key…',
            intent: { type: 'showMethod', method: 'coding-plan', provider: 'coding-plan', region: china.region },
          },
        ],
        [],
      ],
    );
  });

  it('marks the account that answers', () => {
    const accounts = view({ ...signedIn, accounts: [china, oauthAccount()] }).accounts;

    assert.deepEqual(
      accounts.map(({ id, active }) => [id, active]),
      [
        ['coding-plan/china', true],
        ['qwen-oauth', false],
      ],
    );
  });

  it('shows gateways in the place of endpoints', () => {
    const { providers } = view({}, undefined, {
      endpoints: { 'coding-plan/china': 'https://ai.example.com/v1', openai: 'bad' },
    });
    const first = (id: string) => providers.find((provider) => provider.id === id)?.regions[0]?.baseUrl;

    assert.equal(first('coding-plan'), 'https://ai.example.com/v1');
    assert.equal(first('openai'), 'https://api.openai.com/v1');
  });

  for (const [draft, expected] of [
    [
      { provider: 'coding-plan', region: 'international' },
      { ok: true, baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/v1' },
    ],
    [
      { provider: 'custom', baseUrl: 'https://x.example/v1/chat/completions' },
      { ok: true, baseUrl: 'https://x.example/v1', note: '/chat/completions was cut off: requests add it themselves.' },
    ],
    [
      { provider: 'custom', baseUrl: 'nonsense' },
      { ok: false, error: '"nonsense" is not a web address. Write it like https://example.com/v1.' },
    ],
  ] as const) {
    it(`previews where ${JSON.stringify(draft)} goes`, () => {
      assert.deepEqual(view({}, draft).draft, { provider: draft.provider, ...expected });
    });
  }

  it('lists what the settings got wrong', () => {
    const problems = [new ConfigurationError({ setting: 'qwen.modelProviders' }, 'Mend it.')];

    assert.deepEqual(view({ problems }).warnings, [
      {
        message: 'Mend it.',
        action: { label: 'Open settings', intent: { type: 'openSettings', setting: 'qwen.modelProviders' } },
      },
    ]);
  });

  it('shows an answer with the source of each part', () => {
    const sources = {
      model: { kind: 'settings', name: 'qwen.modelProviders' },
      baseUrl: { kind: 'catalogue' },
      key: { kind: 'none' },
    } as const;
    const { connection } = view({
      connection: { kind: 'answered', model: selected, text: 'Hi', firstTokenMs: 12, sources, folderLabel: undefined },
    });

    assert.ok(connection.kind === 'answered');
    assert.deepEqual(
      connection.sources.map(({ text }) => text),
      [
        'https://coding.dashscope.aliyuncs.com/v1',
        'the setting qwen.modelProviders',
        'the catalogue',
        'no key is needed',
      ],
    );
  });

  it('names the folder, and that of an answer, where several are open', () => {
    const sources = { model: { kind: 'catalogue' }, baseUrl: { kind: 'catalogue' }, key: { kind: 'none' } } as const;
    const answered = { kind: 'answered', model: selected, text: 'Hi', firstTokenMs: 12, sources } as const;
    const { folder, connection } = view({
      configuration: { ...emptyConfiguration({}), folderLabel: 'api' },
      connection: { ...answered, folderLabel: 'api' },
    });

    assert.equal(folder, 'api');
    assert.deepEqual(connection.kind === 'answered' && connection.sources[0], { label: 'Folder', text: 'api' });
  });

  it('shows a failed test with its way out', () => {
    const { connection } = view({
      connection: { kind: 'failed', model: selected, error: new RequestError('x', 'timeout') },
    });

    assert.ok(connection.kind === 'failed');
    assert.equal(connection.problem.action?.label, 'Try again');
  });

  it('says of a test that a sign-out ended no more than that nobody is signed in', () => {
    const { connection, session } = view({
      connection: { kind: 'failed', model: selected, error: new SignInRequired({ reason: 'signedOut' }) },
    });

    assert.deepEqual([connection.kind, session.kind], ['none', 'signedOut']);
  });
});
