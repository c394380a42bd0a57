import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { redact } from '../../src/core/base/redaction';
import { Secret } from '../../src/core/base/secret';
import { prompt } from '../../src/core/chat/request';
import { UsageLog } from '../../src/core/usage/usageLog';
import { authenticationSessions } from '../../src/core/views/authenticationSessions';
import { diagnosticsText } from '../../src/core/views/diagnosticsText';
import { explanationOf, renderExplanation } from '../../src/core/views/explanation';
import { languageModelsView } from '../../src/core/views/languageModelsView';
import { panelView } from '../../src/core/views/panelView';
import { pickerView } from '../../src/core/views/pickerView';
import { problemOf } from '../../src/core/views/problem';
import { signOutRows } from '../../src/core/views/signOutView';
import { statusBarView } from '../../src/core/views/statusBarView';
import { statusReport } from '../../src/core/views/statusReport';
import { type Bench, openBench } from '../fakes/bench';
import { systemFiles } from '../../src/core/base/files';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { assertOnlyIn, type Belonging } from './belongings';
import { ECHOES, echoing, secretsOf } from './echo';
import { randomKey, randomText } from './randomKeys';
import { SecretScan } from './scan';
import { isThorough } from '../thorough';
import { SPELLINGS } from './spellings';

const KEYED = ['openai', 'azure', 'coding-plan/china', 'bailian/singapore', 'openrouter', 'modelscope', 'deepseek'];

/** Every spelling with every kind of echo, or in the short run each of them once. */
function echoesOfThisRun(): readonly (readonly [spelling: string, echo: string])[] {
  const echoes = Object.keys(ECHOES);
  return Object.keys(SPELLINGS).flatMap((spelling, at) =>
    (isThorough ? echoes : [echoes[at % echoes.length] ?? '']).map((echo) => [spelling, echo] as const),
  );
}

const VERSIONS = { extension: '1.0.0', editor: 'VS Code', system: 'linux' };
const KEYCHAIN: Belonging = { why: 'the keychain', area: 'keychain', place: /./, secret: /./ };
const PAGES: Belonging = {
  why: 'the address of the page to approve a code on',
  area: 'browser',
  place: /./,
  secret: /^user_code$/,
  optional: true,
};

describe('the secrets of a session', () => {
  let bench: Bench;
  let folder: TemporaryFolder;
  let usage: UsageLog;
  let scan: SecretScan;

  beforeEach(async () => {
    scan = new SecretScan();
    folder = createTemporaryFolder();
    bench = await openBench({ keyFor: randomKey });
    usage = new UsageLog({ clock: bench.clock, files: systemFiles, folder: folder.at('usage') });
    // A test that is under way fires for every word; what it shows then is seen at its end.
    bench.session.onDidChange(() => bench.session.snapshot.connection.kind !== 'running' && look());
    bench.session.onDidEndChat((ended) => void usage.note(ended));
  });
  afterEach(async () => {
    await bench.stop();
    folder.remove();
  });

  /** Keeps everything that anybody could see now. */
  function look(): void {
    const { snapshot } = bench.session;
    const explanation = explanationOf(snapshot, { trusted: true });
    const views = {
      panel: panelView(snapshot, bench.settings, { provider: 'openai' }),
      picker: pickerView(snapshot),
      'status bar': statusBarView(snapshot),
      'status report': statusReport(snapshot),
      explanation,
      Explain: renderExplanation(explanation),
      diagnostics: diagnosticsText(VERSIONS, explanation, [JSON.stringify(snapshot.signInAttempt), inspect(snapshot)]),
      'sign-out': signOutRows(snapshot),
      'language models': languageModelsView(snapshot),
      'authentication sessions': authenticationSessions(snapshot.accounts),
      state: [...bench.workspace.entries, ...bench.global.entries],
      snapshot,
    };
    for (const [name, view] of Object.entries(views)) show('view', name, view);
  }
  function show(area: string, place: string, what: unknown): void {
    scan.add(area, place, `${JSON.stringify(what)}\n${inspect(what, { depth: 9, showHidden: true })}`);
  }
  /** Does something that may fail, and keeps all that its error says. */
  async function attempt(place: string, work: () => Promise<unknown>): Promise<void> {
    try {
      show('result', place, await work());
    } catch (error) {
      show('error', place, error);
      show('problem', place, problemOf(error, { during: 'test' }));
      scan.add('log', place, redact(error instanceof Error ? `${error.message} ${error.stack}` : String(error)));
    }
  }
  /** Asks the model in use, as a chat does. */
  async function chat(): Promise<void> {
    const { selected } = bench.session.snapshot;
    if (!selected) return;
    const request = { model: selected, chat: prompt('Hello'), initiator: 'somebody.else' };
    const said: unknown[] = [];
    try {
      for await (const part of bench.session.chat(request, new AbortController().signal)) said.push(part);
    } finally {
      show('chat', 'parts', said);
    }
  }
  /** Signs in, and does with the sign-in what can be done. */
  async function goThrough(): Promise<void> {
    await attempt('sign-in with a code', () => bench.signInWithDevice());
    await use();
    bench.sandbox.expireAccessTokens();
    await use();
    for (const endpoint of KEYED) {
      await attempt(`sign-in to ${endpoint}`, () => bench.signInWithKey(endpoint));
      await use();
    }
  }
  async function use(): Promise<void> {
    await attempt('test of the connection', () => bench.session.testConnection());
    await attempt('chat', chat);
    await attempt('list of models', () => bench.session.discovery.refresh());
    look();
  }
  /** Looks at the stores, and holds that nothing was found elsewhere. */
  function assertKept(): void {
    for (const request of bench.sandbox.requests)
      for (const [name, secret] of secretsOf(request)) scan.know(name, secret);
    for (const [name, key] of Object.entries(bench.sandbox.keys)) scan.know(`key of ${name}`, key);
    for (const [name, record] of bench.secrets.entries) scan.add('keychain', name, record);
    for (const url of bench.browser.opened) scan.add('browser', url, url);
    for (const text of bench.browser.copied) scan.add('clipboard', 'text', text);
    scan.addFolder(folder.at(''));
    look();
    assertOnlyIn([KEYCHAIN, PAGES], scan);
  }

  it('lie in the keychain alone where all goes well', async () => {
    await goThrough();

    assertKept();
  });

  for (const [spelling, what] of echoesOfThisRun()) {
    const [spell, reply] = [SPELLINGS[spelling], ECHOES[what]];
    it(`are not shown by ${what} that writes them ${spelling}`, async () => {
      assert.ok(spell && reply);
      await goThroughBeforeTheEcho();
      bench.sandbox.faults.add(echoing(reply, spell));
      await use();
      bench.sandbox.expireAccessTokens();
      await use();
      for (const endpoint of KEYED.slice(0, 3)) {
        await attempt(`sign-in to ${endpoint}`, () => bench.signInWithKey(endpoint));
        await attempt('a wrong key', () => bench.signInWithKey(endpoint, unknownKey(endpoint)));
      }

      assertKept();
    });
  }

  /** Signs in twice, so that there are tokens and a key to be sent. */
  async function goThroughBeforeTheEcho(): Promise<void> {
    await bench.signInWithKey('openai');
    await bench.signInWithDevice();
  }
  /** A key that nobody gave out. */
  function unknownKey(endpoint: string): string {
    const key = endpoint.startsWith('coding-plan') ? `sk-sp-${randomText(30)}` : randomText(36);
    scan.know(`wrong key of ${endpoint}`, new Secret(key).reveal());
    return key;
  }
});
