import assert from 'node:assert/strict';

import { readKeyCommands } from '../../../src/core/config/keyCommands';

const SETTING = { setting: 'qwen.keyCommand' } as const;
const read = (value: unknown) => readKeyCommands(value, SETTING);

describe('the commands that print keys', () => {
  it('are lists of a program and its arguments, each for a base URL', () => {
    assert.deepEqual(read({ 'https://llm.example.com/v1/': ['op', 'read', 'op://a b'] }).commands, [
      {
        baseUrl: 'https://llm.example.com/v1',
        command: ['op', 'read', 'op://a b'],
        source: { kind: 'command', name: 'op read op://a b' },
      },
    ]);
  });

  it('are none where nothing is set', () => assert.deepEqual(read(undefined), { commands: [], problems: [] }));

  it('are those that can be read, whatever is wrong with others', () => {
    const { commands, problems } = read({ mars: ['a'], 'https://a.example': ['b'], 'https://b.example': [] });

    assert.deepEqual(
      commands.map(({ command }) => command),
      [['b']],
    );
    assert.deepEqual(
      problems.map(({ where, message }) => [where, message.slice(0, 24)]),
      [
        [SETTING, 'qwen.keyCommand: "mars" '],
        [SETTING, 'qwen.keyCommand: what be'],
      ],
    );
  });

  it('come from the file that names them', () => {
    const file = '/home/me/.qwen/settings.json';
    const [command] = readKeyCommands({ 'https://a.example': ['op'] }, { file }, file).commands;

    assert.deepEqual(command?.source, { kind: 'command', name: 'op', file });
  });

  it('may name a place of the catalogue', () => {
    const [command] = read({ 'coding-plan/china': ['pass', 'show', 'qwen'] }).commands;

    assert.equal(command?.baseUrl, 'https://coding.dashscope.aliyuncs.com/v1');
  });

  for (const [what, value, message] of [
    ['a line for a shell', { 'coding-plan/china': 'pass show qwen' }, /must be a list of a program and its arguments/],
    ['a list with something else in it', { 'coding-plan/china': ['pass', 1] }, /must be a list/],
    [
      'an empty list',
      { 'coding-plan/china': [] },
      /^qwen\.keyCommand: what belongs to "coding-plan\/china" must be a list of a program and its arguments, such as \["pass", "show", "qwen"\]\.$/,
    ],
    ['a list that begins with something else', { 'coding-plan/china': [null, 'pass'] }, /must be a list/],
    ['a program without a name', { 'coding-plan/china': ['', 'show'] }, /must be a list/],
    ['a place that is everywhere else', { custom: ['pass'] }, /"custom" is neither/],
    ['an address in plain http', { 'http://a.example': ['pass'] }, /"http:\/\/a\.example" is neither/],
    ['an endless name', { ['x'.repeat(200)]: ['pass'] }, /^qwen\.keyCommand: "x{100}" is neither/],
    ['a name that means no place', { 'coding-plan/mars': ['pass'] }, /"coding-plan\/mars" is neither a base URL nor/],
    ['a list', ['pass'], /^qwen\.keyCommand is a list: it must be an object\.$/],
  ] as const) {
    it(`are not ${what}`, () => {
      const { commands, problems } = read(value);

      assert.deepEqual(commands, []);
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  for (const name of ['sk-0123456789abcdef', 'https://me:hunter2-secret@llm.example.com/v1', 'HunterSecret'])
    it(`are not told of by a name that may be a secret: ${name.slice(0, 10)}…`, () => {
      const [problem] = read({ [name]: ['pass'] }).problems;

      assert.equal(problem?.message, 'qwen.keyCommand: This is neither a base URL nor a provider.');
    });

  it('are named with their file where they stand in one', () => {
    const { problems } = readKeyCommands(
      { x: 1 },
      { file: '/home/me/.qwen/settings.json' },
      '/home/me/.qwen/settings.json',
    );

    assert.match(problems[0]?.message ?? '', /^keyCommand in \/home\/me\/\.qwen\/settings\.json: /);
  });
});
