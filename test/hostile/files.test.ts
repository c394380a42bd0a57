import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import {
  type Arbitrary,
  anything,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  record,
  string,
  tuple,
  uint8Array,
  stringify,
} from 'fast-check';

import { SystemFiles } from '../../src/core/base/files';
import { Secret } from '../../src/core/base/secret';
import { readConfiguration } from '../../src/core/config/configuration';
import { buildSnapshot } from '../../src/core/session/buildSnapshot';
import type { Snapshot } from '../../src/core/session/snapshot';
import { diagnoseSettings } from '../../src/core/diagnostics/diagnoseSettings';
import { explanationOf, renderExplanation } from '../../src/core/views/explanation';
import { statusReport } from '../../src/core/views/statusReport';
import { keyAccount } from '../fakes/accounts';
import { createMemoryStateStore } from '../fakes/memoryStateStore';
import { snapshot as snapshotWith } from '../fakes/snapshots';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { holds } from './property';
import { skip } from '../skip';

/** What the person has, and where it is for. */
const KEY = 'mine/0123456789.of+the~person';
const HOME_URL = 'https://api.example.com/v1';
const EVIL = 'evil.example.org';

/** What stands in place of a file. */
type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'link' | 'hardLink'; readonly to: string }
  | { readonly kind: 'folder' | 'pipe' | 'huge' | 'nothing' };

const NAMES = constantFrom(
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_MODEL',
  'MINE',
  'THEIRS',
  'DASHSCOPE_API_KEY',
  'QWEN_HOME',
);
const ADDRESSES = oneof(
  constantFrom(
    `https://${EVIL}/v1`,
    `http://${EVIL}`,
    HOME_URL,
    `https://api.example.com@${EVIL}/v1`,
    `${HOME_URL}/../..`,
  ),
  constantFrom(
    `https://api.example.com.${EVIL}/v1`,
    'https://API.example.com:443/v1',
    'http://127.0.0.1:1/v1',
    'javascript:1',
  ),
  string({ unit: 'binary' }),
);
const VALUES: Arbitrary<unknown> = oneof(
  ADDRESSES,
  NAMES,
  string({ unit: 'binary' }),
  jsonValue(),
  NAMES.map((name) => `\${${name}}`),
);
const ENTRY = record(
  {
    id: oneof(constantFrom('gpt-4o', 'theirs'), VALUES),
    name: VALUES,
    baseUrl: ADDRESSES,
    envKey: oneof(NAMES, VALUES),
    generationConfig: jsonValue(),
  },
  { requiredKeys: ['id'] },
);
const SETTINGS = record(
  {
    modelProviders: oneof(
      dictionary(oneof(constantFrom('openai', '__proto__'), string()), tuple(ENTRY, ENTRY)),
      jsonValue(),
    ),
    model: oneof(record({ name: constantFrom('theirs', 'gpt-4o') }), jsonValue()),
    env: oneof(dictionary(NAMES, VALUES), jsonValue()),
    security: record({
      auth: record({ selectedType: constantFrom('openai', 'qwen-oauth'), apiKey: VALUES, baseUrl: ADDRESSES }),
    }),
    providerProtocol: jsonValue(),
  },
  { requiredKeys: [] },
).map((settings) => JSON.stringify(settings));
const ENV = tuple(NAMES, oneof(ADDRESSES, string({ unit: 'binary' })), NAMES, ADDRESSES).map(
  ([one, value, other, address]) => `${one}="${value}"\nexport ${other}=${address}\n`,
);
const node = (text: Arbitrary<string>): Arbitrary<Node> =>
  oneof(
    { weight: 12, arbitrary: text.map((written): Node => ({ kind: 'text', text: written })) },
    {
      weight: 1,
      arbitrary: text.map((written): Node => ({ kind: 'bytes', bytes: Buffer.from(`\uFEFF${written}`, 'utf16le') })),
    },
    {
      weight: 1,
      arbitrary: text.map((written): Node => ({ kind: 'text', text: written.slice(0, written.length / 2) })),
    },
    { weight: 1, arbitrary: uint8Array({ maxLength: 200 }).map((bytes): Node => ({ kind: 'bytes', bytes })) },
    {
      weight: 4,
      arbitrary: constantFrom<Node>(
        { kind: 'link', to: 'nowhere' },
        { kind: 'link', to: '.' },
        { kind: 'link', to: '../../../../../../etc/passwd' },
        { kind: 'link', to: '/dev/zero' },
        { kind: 'link', to: '../secret.env' },
        { kind: 'link', to: '../../secret.env' },
        { kind: 'hardLink', to: 'home/secret.env' },
        { kind: 'folder' },
        { kind: 'pipe' },
        { kind: 'huge' },
        { kind: 'nothing' },
      ),
    },
  );
const TREES = record({
  'home/project/.qwen/settings.json': node(SETTINGS),
  'home/project/.qwen/.env': node(ENV),
  'home/project/.env': node(ENV),
  'home/.env': constantFrom<Node>({ kind: 'nothing' }),
});

describe('the files of a hostile project', () => {
  let folder: TemporaryFolder;
  const account = keyAccount({
    id: 'openai',
    method: 'api-key',
    provider: 'custom',
    baseUrl: HOME_URL,
    key: new Secret(KEY),
  });

  afterEach(() => folder?.remove());

  function make(name: string, one: Node): void {
    const file = folder.at(name);
    mkdirSync(path.dirname(file), { recursive: true });
    switch (one.kind) {
      case 'text':
        return folder.write({ [name]: one.text });
      case 'bytes':
        return folder.write({ [name]: one.bytes });
      case 'link':
        return symlinkSync(one.to, file);
      case 'hardLink':
        return linkSync(folder.at(one.to), file);
      case 'folder':
        mkdirSync(file);
        return;
      case 'pipe':
        execFileSync('mkfifo', [file]);
        return;
      case 'huge':
        folder.write({ [name]: 'OPENAI_API_KEY=' });
        return truncateSync(file, 2 ** 31);
      case 'nothing':
        return;
    }
  }

  /** What is known where the project has these files; the person's own key is in a variable and in an account. */
  async function opened(tree: Readonly<Record<string, Node>>, trusted: boolean): Promise<Snapshot> {
    folder?.remove();
    folder = createTemporaryFolder({ 'home/secret.env': `OPENAI_API_KEY=${KEY}\n` });
    for (const [name, one] of Object.entries(tree)) make(name, one);
    const environment = { MINE: KEY, OPENAI_API_KEY: KEY, OPENAI_BASE_URL: HOME_URL, OPENAI_MODEL: 'gpt-4o' };
    const files = new SystemFiles(1000);
    const places = { files, environment, home: folder.at('home'), folder: folder.at('home/project'), trusted };
    const configuration = await readConfiguration(places);
    const selection = { workspace: createMemoryStateStore(), global: createMemoryStateStore() };
    const stored = { accounts: [account], unreadable: [], problems: [] };
    return snapshotWith(
      buildSnapshot({ stored, settingsProblems: [], modelProviders: undefined, configuration, selection }),
    );
  }

  it('send no key of the person anywhere else without a yes', async function () {
    if (process.platform === 'win32') return skip(this, 'not on Windows');

    await holds(TREES, { short: 150, thorough: 3000 }, async (tree) => {
      const { selected, credential, consent } = await opened(tree, true);
      const isMine = credential?.kind === 'key' && credential.key?.reveal() === KEY;

      if (!isMine || new URL(selected?.baseUrl ?? HOME_URL).origin === new URL(HOME_URL).origin) return;
      assert.ok(consent === 'needed' || consent === 'refused', `${selected?.baseUrl} gets the key`);
    });
  });

  it('have no effect at all where the workspace is not trusted', async function () {
    if (process.platform === 'win32') return skip(this, 'not on Windows');

    const nothing = await opened({}, false);
    await holds(TREES, { short: 50, thorough: 1000 }, async (tree) => {
      const { selected, credential, models, problems } = await opened(tree, false);

      assert.deepEqual([selected, models, problems], [nothing.selected, nothing.models, nothing.problems]);
      assert.equal(credential?.kind === 'key' && credential.key?.reveal(), KEY);
    });
  });

  it('are explained without a key, and without what they link to', async function () {
    if (process.platform === 'win32') return skip(this, 'not on Windows');

    await holds(TREES, { short: 50, thorough: 1000 }, async (tree) => {
      const snapshot = await opened(tree, true);
      const shown = JSON.stringify([
        statusReport(snapshot),
        renderExplanation(explanationOf(snapshot, { trusted: true })),
      ]);

      for (const secret of [KEY, 'root:x:0:0']) assert.ok(!shown.includes(secret), shown);
    });
  });

  it('are diagnosed whatever they hold', async () => {
    const texts = oneof(
      SETTINGS,
      string({ unit: 'binary' }),
      anything().map((value) => stringify(value)),
      jsonValue().map((value) => JSON.stringify(value)),
    );

    await holds(texts, { short: 300, thorough: 10_000 }, (text) => {
      for (const kind of ['qwen', 'vscode', 'folder'] as const)
        for (const { offset, length } of diagnoseSettings(kind, text))
          assert.ok(offset >= 0 && offset + length <= text.length);
    });
  });
});
