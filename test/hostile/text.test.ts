import assert from 'node:assert/strict';
import { constantFrom, nat, oneof, string, tuple } from 'fast-check';

import { isHiding } from '../../src/core/base/oneLine';
import { statusError } from '../../src/core/base/refusalError';
import { createSettings } from '../../src/core/config/settings';
import { describePlainWords } from '../../src/core/plainWords/describe';
import { readPlainWords } from '../../src/core/plainWords/plainWords';
import type { Snapshot } from '../../src/core/session/snapshot';
import { explanationOf, renderExplanation } from '../../src/core/views/explanation';
import { languageModelsView } from '../../src/core/views/languageModelsView';
import { panelView } from '../../src/core/views/panelView';
import { pickerView } from '../../src/core/views/pickerView';
import { problemOf } from '../../src/core/views/problem';
import { signOutRows } from '../../src/core/views/signOutView';
import { statusBarView } from '../../src/core/views/statusBarView';
import { statusReport } from '../../src/core/views/statusReport';
import { terminalView } from '../../src/core/views/terminalView';
import { usageView } from '../../src/core/views/usageView';
import { printable } from '../../src/cli/terminal';
import { configured } from '../fakes/configured';
import { createMemorySettings } from '../fakes/memorySettings';
import { holds } from './property';

/** What turns the direction of reading, hides, ends a line, moves the cursor, or is taken for Markdown or an icon. */
const FORGED = oneof(
  constantFrom(
    'qwen3\u202Egpj.exe',
    'qwen3\u2066 (free)\u2069',
    'qwen3\r\nSigned in',
    'qwen3\u2028# Signed in',
    'qwen3\u001B[2J\u001B[1;1HSigned in',
    'qwen3\u009B31m',
    'qwen3\u0000',
    'qwen3\u200B\uFEFF',
    '[Free](command:workbench.action.quit)',
    '$(check) qwen3',
    '<img src=x onerror=alert(1)>',
    'qwen3\uD800',
  ),
  tuple(constantFrom('qwen', 'Signed in'), string({ unit: 'binary', minLength: 1, maxLength: 40 })).map((parts) =>
    parts.join(''),
  ),
);

/** Control characters but the end of a line, and what is invisible or turns the direction of reading. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\p{Cf}\p{Cs}]/u;
const LINES = /[\r\n\u2028\u2029]/;

/** Every text in a value, with the way to it. */
function textsIn(value: unknown, way = ''): readonly (readonly [way: string, text: string])[] {
  if (typeof value === 'string') return [[way, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, `${way}.${name}`));
}

/** Where a value names something for a program, which a person is not shown. */
const FOR_PROGRAMS = /\.(id|key|intent|baseUrl|account|uri|path|href|apiKey|model|file)(\.|$)/;

function assertPlain(view: unknown, what: string): void {
  for (const [way, text] of textsIn(view)) {
    if (FOR_PROGRAMS.test(way)) continue;
    const lines = way.endsWith('.tooltip') || way === '' ? text.replace(/\n/g, '') : text;
    // A text that is cut may end in half a sign, which is shown as one that is missing.
    const shown = lines.replace(/[\uD800-\uDBFF](?=…?\.?$)/, '');
    assert.doesNotMatch(shown, INVISIBLE, `${what}${way}: ${JSON.stringify(text)}`);
  }
}

function viewsOf(snapshot: Snapshot): Readonly<Record<string, unknown>> {
  const settings = createSettings(createMemorySettings({}));
  return {
    panel: panelView(snapshot, settings, undefined),
    picker: pickerView(snapshot),
    'status bar': statusBarView(snapshot),
    'status report': statusReport(snapshot),
    'language models': languageModelsView(snapshot),
    'sign-out': signOutRows(snapshot),
    terminal: terminalView({
      isOn: true,
      mode: 'key',
      names: ['OPENAI_API_KEY'],
      model: snapshot.selected,
      folder: undefined,
      named: snapshot.selected?.id,
      error: undefined,
    }),
    Explain: renderExplanation(explanationOf(snapshot, { trusted: true })),
  };
}

describe('a forged name', () => {
  it('of a model is one line, without what is invisible, wherever it is shown', async () => {
    await holds(tuple(FORGED, FORGED, FORGED), { short: 60, thorough: 2000 }, async ([id, name, description]) => {
      const entry = { id, name, description, baseUrl: 'https://api.example.com/v1', envKey: 'KEY' };
      const snapshot = await configured({ providers: { openai: [entry] }, environment: { KEY: 'sk-0123456789' } });

      for (const [what, view] of Object.entries(viewsOf(snapshot))) assertPlain(view, what);
    });
  });

  it('of a variable, a model and an address in a file is one line in every problem', async () => {
    await holds(tuple(FORGED, FORGED), { short: 60, thorough: 2000 }, async ([one, other]) => {
      const settings = {
        modelProviders: { [one]: [{ id: other, baseUrl: one, envKey: other, [other]: one }] },
        [one]: other,
      };
      const snapshot = await configured({
        files: {
          'home/project/.qwen/settings.json': settings,
          'home/project/.env': `OPENAI_BASE_URL="${one}"\nOPENAI_MODEL="${other}"\n`,
        },
        providers: { openai: [{ id: one, baseUrl: other }], [other]: one },
      });

      assertPlain(statusReport(snapshot).problems, 'problems');
      for (const [what, view] of Object.entries(viewsOf(snapshot))) assertPlain(view, what);
    });
  });

  it('of an extension or a model that was used is one line', async () => {
    await holds(tuple(FORGED, FORGED), { short: 200, thorough: 5000 }, ([model, initiator]) => {
      const record = {
        model,
        host: 'api.example.com',
        initiator,
        requests: 1,
        failed: 0,
        inputTokens: 1,
        outputTokens: 1,
        estimated: 0,
        cancelled: 0,
      };
      const day = { day: '2026-06-01', records: [record] };
      const known = { nameOf: () => initiator, isOwn: () => false, blocked: [initiator] };

      assertPlain(usageView([day], Date.parse('2026-06-01T12:00:00Z'), 7, known), 'usage');
    });
  });
});

describe('a forged word of a server', () => {
  it('is one line of an error, and cut', async () => {
    const words = oneof(
      FORGED,
      tuple(FORGED, nat(9000)).map(([word, times]) => word.repeat(times / word.length)),
    );

    await holds(
      tuple(words, constantFrom(400, 401, 403, 429, 500)),
      { short: 500, thorough: 10_000 },
      ([text, status]) => {
        for (const body of [text, JSON.stringify({ error: { message: text, code: text, type: text, param: text } })]) {
          const error = statusError({ host: 'api.example.com', status, text: body });
          const problem = problemOf(error, { during: 'test' });

          assertPlain(problem, 'problem');
          assert.ok((problem?.message.length ?? 0) + (problem?.cause?.length ?? 0) < 2000);
          assert.doesNotMatch(error.message, LINES);
        }
      },
    );
  });
});

describe('a text that somebody else has written, and that is pasted', () => {
  it('forges no line of the question what is to be done with it', async () => {
    await holds(tuple(FORGED, FORGED), { short: 500, thorough: 10_000 }, ([one, other]) => {
      const server = 'https://api.example.com/v1';
      const entry = { id: one, name: other, baseUrl: server, envKey: 'OPENAI_API_KEY' };
      for (const text of [
        `OPENAI_API_KEY=sk-0123456789abcdef\nOPENAI_BASE_URL=${server}\nOPENAI_MODEL="${one}"\n${other}=1`,
        JSON.stringify({ model: one, base_url: server, api_key: 'sk-0123456789abcdef', [other]: one }),
        JSON.stringify({ modelProviders: { openai: [entry] }, env: { OPENAI_API_KEY: 'sk-0123456789abcdef' } }),
      ]) {
        const words = readPlainWords(text);
        assertPlain(describePlainWords(words), 'question');
        if (words.kind === 'signIn') assert.ok(!isHiding(words.request.model ?? ''));
      }
    });
  });
});

describe('a text in the terminal', () => {
  it('moves no cursor, rings no bell and hides nothing', async () => {
    const rare = constantFrom('\u2028', '\u2029', '\u200c', '\u200d', '\u200b');
    const texts = oneof(
      string({ unit: 'binary' }),
      tuple(string(), rare, string()).map((parts) => parts.join('')),
    );

    await holds(texts, { short: 2000, thorough: 50_000 }, (text) => {
      // The joiners of Persian, Hindi and emoji are no letters, and change those beside them.
      assert.doesNotMatch(printable(text).replace(/[\n\t\u200c\u200d]/g, ''), INVISIBLE);
    });
  });
});
