import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { commands, ConfigurationTarget, extensions, workspace } from 'vscode';
import { isRecord, stringIn } from '../../src/core/base/json';
import { RECORDINGS } from '../sandbox/recordings';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import type { Case } from '../world/case';
import { WORLD } from '../world/world';

/** One case of each kind. */
const SAMPLES = [
  'answers/dashscope-thinking',
  'apis/anthropic',
  'apis/ollama',
  'blocks/thinking-and-text-by-turns',
  'calls/index-0-twice-in-pieces',
  'documents/completion',
  'endings/done-without-reason',
  'endings/cut-by-length',
  'errors/event-error',
  'framing/ping-of-words',
  'ids/too-long',
  'inputs/whole-again-behind-pieces',
  'leaks/im-end',
  'reasons/network-error',
  'refusals/form-raw-json',
  'refusals/form-html',
  'refusals/too-fast-header',
  'refusals/overloaded-chinese',
  'refusals/window-of-hours',
  'refusals/no-balance-chinese',
  'refusals/forbidden',
  'refusals/404-data-policy',
  'refusals/404-model-ollama',
  'signatures/gemini',
  'signatures/openrouter-claude',
  'tags/qwen3-thinking-on-vllm',
];

describe('what real servers send, through the language model API', () => {
  let sandbox: Sandbox;

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox({ chunkGap: 0 });
    const entries = SAMPLES.map((id) => {
      return { id, baseUrl: sandbox.origin + RECORDINGS, generationConfig: { maxRetries: 0 } };
    });
    await change({ openai: entries });
  });
  after(async () => {
    await change(undefined);
    await sandbox.stop();
  });

  for (const [id, where, signature] of [
    ['signatures/gemini', 'tool_calls', 'EjQKMgEMOdbH'],
    ['signatures/openrouter-claude', 'reasoning_details', 'eyJ'],
  ] as const) {
    it(`has its signature sent back with the call: ${id}`, async () => {
      const question = { parts: [{ text: 'Hi' }] };
      const { parts } = await ask(id, [question]);
      const call = parts.filter(isRecord).find((part) => 'call' in part);
      const [name, input] = Array.isArray(call?.['call']) ? call['call'] : [];
      const turn = { role: 'assistant', parts: [{ call: [call?.['id'], name, input] }] };
      await ask(id, [question, turn, { parts: [{ result: [call?.['id'], { text: 'Ok' }] }] }]);

      const { json } = sandbox.requests.at(-1) ?? {};
      const messages: readonly unknown[] = isRecord(json) && Array.isArray(json['messages']) ? json['messages'] : [];
      const sent = messages.filter(isRecord).find(({ role }) => role === 'assistant');
      assert.ok(JSON.stringify(sent?.[where]).includes(signature), JSON.stringify(sent));
    });
  }

  for (const id of SAMPLES.filter((sample) => sample.startsWith('refusals/'))) {
    it(`reads the same in a chat, at a test of the connection and in a terminal: ${id}`, async () => {
      const baseUrl = sandbox.origin + RECORDINGS;
      await commands.executeCommand('qwen.switchModel', { id, baseUrl });
      const { error } = await ask(id, [{ parts: [{ text: 'Hi' }] }]);
      const tested: unknown = await commands.executeCommand('qwen.testConnection');
      const said = await program('test', '--model', id, '--openai-base-url', baseUrl);

      // A window of several folders says in which.
      const sentence = (stringIn(tested, 'error') ?? '').replace(/^In [\w-]+: /, '');
      const [chat, terminal, expected] = [stringIn(error, 'message') ?? '', said, sentence].map(withoutTime);
      assert.ok(expected !== '' && chat?.startsWith(expected ?? ''), JSON.stringify({ error, tested }));
      assert.equal(terminal, `${expected}\n`);
    });
  }

  for (const id of SAMPLES) {
    it(`is understood as it is meant: ${id}`, async () => {
      const answer = await ask(id, [{ parts: [{ text: 'Hi' }] }]);

      const { parts, words } = shown(WORLD[id]?.says ?? []);
      assert.deepEqual(joined(answer.parts), parts);
      if (words === undefined) assert.equal(answer.error, undefined);
      else assert.ok(stringIn(answer.error, 'message')?.includes(words), JSON.stringify(answer.error));
    });
  }
});

/** A text without the day and the second at which requests are taken again. */
function withoutTime(text: string): string {
  return text.replace(/ \((?:[^()]*, )?\d\d:\d\d:\d\d\)/, '');
}

/** What our program says on standard error where it fails. */
async function program(...args: readonly string[]): Promise<string> {
  const cli = path.join(extensions.getExtension('qwen-auth.qwen-auth')?.extensionPath ?? '', 'dist/cli.js');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const running = promisify(execFile)(process.execPath, [cli, ...args], { cwd: tmpdir(), env });
  running.child.stdin?.end();
  const failure: unknown = await running.catch((error: unknown) => error);
  return stringIn(failure, 'stderr') ?? '';
}

async function ask(
  family: string,
  messages: readonly object[],
): Promise<{ readonly parts: readonly unknown[]; readonly error: unknown }> {
  const answer: unknown = await commands.executeCommand('consumer.ask', { family, messages });
  assert.ok(isRecord(answer) && Array.isArray(answer['parts']));
  return { parts: answer['parts'], error: answer['error'] };
}

/** What another extension gets of a case: its parts, and the words of its error. */
function shown(says: Case['says']): { readonly parts: readonly unknown[]; readonly words: string | undefined } {
  const error = says.find((one) => isRecord(one) && 'failure' in one);
  const parts = says.filter(isRecord).flatMap((part): object | [] => {
    if (part['kind'] === 'text') return { text: part['text'] };
    if (part['kind'] === 'thinking') return { thinking: part['text'] };
    return part['kind'] === 'toolCall' ? { call: [part['name'], part['input']], id: part['id'] } : [];
  });
  return { parts, words: isRecord(error) ? (stringIn(error['details'], 'text') ?? '') : undefined };
}

/** The same parts, those of one kind in a row as one, and `ours` for an id that the extension made. */
function joined(parts: readonly unknown[]): readonly unknown[] {
  const all: Record<string, unknown>[] = [];
  for (const part of parts.filter(isRecord)) {
    const last = all.at(-1);
    const [name = ''] = Object.keys(part);
    if (last && name !== 'call' && name in last) last[name] = `${String(last[name])}${String(part[name])}`;
    else all.push({ ...part, ...(/^q[\da-z]{8}$/.test(String(part['id'])) && { id: 'ours' }) });
  }
  return all;
}

async function change(providers: object | undefined): Promise<void> {
  await workspace.getConfiguration().update('qwen.modelProviders', providers, ConfigurationTarget.Global);
}
