import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, stringIn } from '../../../src/core/base/json';

// The VS Code that the other tests run in lets every extension use proposed API, which throws in everybody else's.

/** The one file that may use what the types do not name, and says why it may. */
const UNDOCUMENTED = 'src/vscode/chat/undocumented.ts';
/**
 * Members that VS Code checks a proposal for (`chatProvider`, `defaultChatParticipant`, `chatParticipantAdditions`…).
 */
const PROPOSED =
  /\b(editTools|isDefault|requiresAuthorization|enabledApiProposals|chatParticipantPrivate|targetChatSessionType)\b/;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.posix.join('src', file.replaceAll('\\', '/')))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
const manifestText = readFileSync('package.json', 'utf8');
const manifest: unknown = JSON.parse(manifestText);
const memberOf = (name: string) => (isRecord(manifest) ? manifest[name] : undefined);
const numbers = (version: string | undefined) => (version ?? '').match(/\d+/g)?.map(Number) ?? [];

describe('the API of VS Code that is used', () => {
  it('is stable in the manifest', () => {
    assert.doesNotMatch(manifestText, PROPOSED);
  });

  it('is of the oldest VS Code that is supported', () => {
    const [, types = Infinity] = numbers(stringIn(memberOf('devDependencies'), '@types/vscode'));
    const [, engine = 0] = numbers(stringIn(memberOf('engines'), 'vscode'));

    assert.ok(types <= engine, `the types are of 1.${types}, the engine may be 1.${engine}`);
  });

  it('has no member that a proposal stands before', () => {
    assert.deepEqual(filesWith(PROPOSED), []);
  });

  it('is what its own types say, with nothing added and nothing kept quiet', () => {
    assert.deepEqual(filesWith(/declare module|@ts-|(oxlint|eslint)-disable|vscode\.proposed/), []);
  });

  it('is reached past its types in one place only', () => {
    assert.deepEqual(filesWith(/import \* as vscode|requestInitiator|modelConfiguration/), [UNDOCUMENTED]);
  });
});
