import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { skip } from '../skip';

const TIME_LIMIT_MS = 45_000;

interface Expected {
  readonly model: string;
  readonly baseUrl: string;
  readonly key: string;
  /** The places of the three, such as `dotenv OPENAI_MODEL .env:3`. */
  readonly from: Readonly<Record<'model' | 'baseUrl' | 'key', string>>;
}

interface Setup {
  /** A file of the workspace and its lines. */
  readonly file: string;
  readonly lines: readonly string[];
  readonly expected: Expected;
}

/** Each configuration, and what everybody must make of it. */
const SETUPS: Readonly<Record<string, (origin: string) => Setup>> = {
  'a .env with the names of today': (origin) => ({
    file: '.env',
    lines: [
      'OPENAI_MODEL=gpt-4o',
      '# mine',
      'OPENAI_API_KEY="sk-sandbox-openai"',
      `OPENAI_BASE_URL=${origin}/openai/v1/`,
    ],
    expected: {
      model: 'gpt-4o',
      baseUrl: `${origin}/openai/v1`,
      key: 'sk-sandbox-openai',
      from: {
        model: 'dotenv OPENAI_MODEL .env:1',
        baseUrl: 'dotenv OPENAI_BASE_URL .env:4',
        key: 'dotenv OPENAI_API_KEY .env:3',
      },
    },
  }),
  'a .qwen/.env with the older names': (origin) => ({
    file: '.qwen/.env',
    lines: [
      'LLAMA_API_KEY=sk-sandbox-beijing',
      `LLAMA_API_BASE_URL=${origin}/bailian/beijing/v1`,
      'export LLAMA_API_MODEL=kimi-k3',
    ],
    expected: {
      model: 'kimi-k3',
      baseUrl: `${origin}/bailian/beijing/v1`,
      key: 'sk-sandbox-beijing',
      from: {
        model: 'dotenv LLAMA_API_MODEL .qwen/.env:3',
        baseUrl: 'dotenv LLAMA_API_BASE_URL .qwen/.env:2',
        key: 'dotenv LLAMA_API_KEY .qwen/.env:1',
      },
    },
  }),
  'a .env that names no model': (origin) => ({
    file: '.env',
    lines: ['OPENAI_API_KEY=sk-or-sandbox', `OPENAI_BASE_URL=${origin}/openrouter/v1`],
    expected: {
      model: 'z-ai/glm-4.5-air:free',
      baseUrl: `${origin}/openrouter/v1`,
      key: 'sk-or-sandbox',
      from: {
        model: `catalogue ${new URL(origin).host}/models :undefined`,
        baseUrl: 'dotenv OPENAI_BASE_URL .env:2',
        key: 'dotenv OPENAI_API_KEY .env:1',
      },
    },
  }),
  'settings of Qwen Code': (origin) => ({
    file: '.qwen/settings.json',
    lines: [
      '{ // mine',
      '  "env": { "PLAN_KEY": "sk-sp-sandbox-china" },',
      '  "modelProviders": { "openai": [',
      `    { "id": "glm-5", "envKey": "PLAN_KEY", "baseUrl": "${origin}/coding/china/v1" }`,
      '  ] },',
      '  "model": { "name": "glm-5" }',
      '}',
    ],
    expected: {
      model: 'glm-5',
      baseUrl: `${origin}/coding/china/v1`,
      key: 'sk-sp-sandbox-china',
      from: {
        model: 'workspaceSettings modelProviders .qwen/settings.json:4',
        baseUrl: 'workspaceSettings modelProviders .qwen/settings.json:4',
        key: 'workspaceSettings env.PLAN_KEY .qwen/settings.json:2',
      },
    },
  }),
};

describe('one configuration', () => {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/');
  const extension = extensions.getExtension('qwen-auth.qwen-auth');
  let sandbox: Sandbox;

  before(async () => {
    await extension?.activate();
    sandbox = await startSandbox({ chunkGap: 0 });
  });
  after(() => sandbox.stop());
  afterEach(() => {
    for (const name of ['.env', '.qwen']) rmSync(path.join(folder.fsPath, name), { recursive: true, force: true });
  });

  /** What our program prints in the folder of the workspace; the host of extensions is Node, perhaps in disguise. */
  const program = async (...args: readonly string[]): Promise<string> => {
    const cli = path.join(extension?.extensionPath ?? '', 'dist/cli.js');
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const running = promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: folder.fsPath,
      env,
      timeout: TIME_LIMIT_MS,
    });
    running.child.stdin?.end();
    return (await running).stdout;
  };
  const place = (source: unknown): string => {
    const { kind, name, file, line } = isRecord(source) ? source : {};
    const inside = typeof file === 'string' ? path.relative(folder.fsPath, file).replaceAll('\\', '/') : '';
    return `${String(kind)} ${String(name)} ${inside}:${String(line)}`;
  };
  const places = (sources: unknown) => {
    const at = (name: string): string => place(isRecord(sources) ? sources[name] : undefined);
    return { model: at('model'), baseUrl: at('baseUrl'), key: at('key') };
  };
  /** What a report says: of the extension's or our program's `status`. */
  const said = (report: unknown) => ({
    model: stringIn(report, 'model'),
    baseUrl: stringIn(report, 'baseUrl'),
    last4: stringIn(isRecord(report) ? report['key'] : undefined, 'last4'),
    from: places(isRecord(report) ? report['sources'] : undefined),
  });
  /** What the explanation's winners say. */
  const explained = (explanation: unknown) => {
    const values: readonly unknown[] =
      isRecord(explanation) && Array.isArray(explanation['values']) ? explanation['values'] : [];
    const [model, baseUrl, key] = values.map((value) => (isRecord(value) ? value['winner'] : undefined));
    const source = (winner: unknown): unknown => (isRecord(winner) ? winner['source'] : undefined);
    return {
      model: stringIn(model, 'value')?.replace(/ at .*/, ''),
      baseUrl: stringIn(baseUrl, 'value'),
      last4: stringIn(key, 'value')?.replace('…', ''),
      from: places({ model: source(model), baseUrl: source(baseUrl), key: source(key) }),
    };
  };
  /** Model, address and key of the last question that was asked. */
  const onTheWire = () => {
    const request = sandbox.requests.findLast(({ path: at }) => at.endsWith('/chat/completions'));
    const key = /^Bearer (.*)$/.exec(request?.headers.authorization ?? '')?.[1];
    return { model: stringIn(request?.json, 'model'), url: `${sandbox.origin}${request?.path}`, key };
  };
  /** Waits until the extension has seen the file; the test's time limit ends it otherwise. */
  const seen = async (model: string): Promise<unknown> => {
    for (;;) {
      const report = await commands.executeCommand('qwen.status');
      if (stringIn(report, 'model') === model) return report;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  for (const [title, setup] of Object.entries(SETUPS)) {
    it(`is the same to the extension, to qwen-auth and on the wire: ${title}`, async () => {
      const { file, lines, expected } = setup(sandbox.origin);
      mkdirSync(path.dirname(path.join(folder.fsPath, file)), { recursive: true });
      writeFileSync(path.join(folder.fsPath, file), `${lines.join('\n')}\n`);
      const status = await seen(expected.model);
      const explanation = await commands.executeCommand('qwen.explain', {});
      const report = parseJson(await program('status', '--json'));

      await commands.executeCommand('qwen.testConnection');
      const sentByExtension = onTheWire();
      await program('test');
      const sentByProgram = onTheWire();

      const { model, baseUrl, key, from } = expected;
      const answer = { model, baseUrl, last4: key.slice(-4), from };
      const sent = { model, url: `${baseUrl}/chat/completions`, key };
      assert.deepEqual(
        {
          'qwen.status': said(status),
          'qwen.explain': explained(explanation),
          'qwen-auth status': said(report),
          'qwen.testConnection sends': sentByExtension,
          'qwen-auth test sends': sentByProgram,
        },
        {
          'qwen.status': answer,
          'qwen.explain': answer,
          'qwen-auth status': answer,
          'qwen.testConnection sends': sent,
          'qwen-auth test sends': sent,
        },
      );
    });
  }

  it('is that of the folder whose file is open, where there are several', async function () {
    const [, beside] = workspace.workspaceFolders ?? [];
    // Desktop VS Code is started without a workspace.
    if (!beside) return skip(this, 'needs a workspace, which desktop VS Code is started without');
    const files = [folder, beside.uri].map(({ fsPath }) => path.join(fsPath, '.env'));
    const lines = ['OPENAI_API_KEY=sk-sandbox-openai', `OPENAI_BASE_URL=${sandbox.origin}/openai/v1`];
    for (const [index, file] of files.entries()) {
      writeFileSync(file, [...lines, `OPENAI_MODEL=model-${index}`].join('\n'));
    }

    for (const index of [1, 0, 1]) {
      await window.showTextDocument(Uri.file(files[index] ?? ''));
      const report = await seen(`model-${index}`);
      const source: unknown = isRecord(report) && isRecord(report['sources']) && report['sources']['key'];
      assert.equal(stringIn(source, 'file'), files[index]);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(files[1] ?? '');
  });
});
