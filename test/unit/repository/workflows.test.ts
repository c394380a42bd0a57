import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isRecord, parseJson, stringIn } from '../../../src/core/base/json';

const manifest = parseJson(readFileSync('package.json', 'utf8'));
const scripts = isRecord(manifest) && isRecord(manifest['scripts']) ? Object.keys(manifest['scripts']) : [];
const ci = readFileSync('.github/workflows/ci.yml', 'utf8');
const listIn = (file: string, name: string): readonly unknown[] => {
  const value = parseJson(readFileSync(file, 'utf8'));
  return isRecord(value) && Array.isArray(value[name]) ? value[name] : [];
};
const tasks = listIn('.vscode/tasks.json', 'tasks');

describe('the workflow of the repository', () => {
  it('runs nothing but scripts of the package, which run anywhere', () => {
    const commands = [...ci.matchAll(/run: (.+)$/gm)].map(([, command = '']) => command);
    const wrong = commands.filter((command) => {
      const [, script = ''] = /^(?:xvfb-run -a )?npm (?:run )?([\w:]+)(?: -- [\w ]+)?$/.exec(command) ?? [];
      return script !== 'ci' && !scripts.includes(script);
    });

    assert.ok(commands.length > 0);
    assert.deepEqual(wrong, []);
  });

  it('tests every suite but the one that needs the real Qwen Code', () => {
    const steps = [...ci.matchAll(/npm test -- (.+)$/gm)].flatMap(([, names = '']) => names.split(' '));

    const suites = ['faults', 'hostile', 'panel', 'processes', 'secrets', 'ui', 'unit', 'workbench'];
    assert.deepEqual(steps.sort(), [...suites, 'lint', 'types'].sort());
  });

  it('tests the oldest VS Code that may have the extension', () => {
    const engine = isRecord(manifest) ? stringIn(manifest['engines'], 'vscode') : undefined;

    assert.ok(engine && ci.includes(`'${engine.slice(1)}'`), engine);
  });
});

describe('the tasks and the debugger of VS Code', () => {
  it('have scripts of the package behind them', () => {
    const named = tasks.flatMap((task) => stringIn(task, 'script') ?? []);

    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((script) => !scripts.includes(script)),
      [],
    );
  });

  it('start what there is', () => {
    const launches = listIn('.vscode/launch.json', 'configurations');
    const labels = tasks.map((task) => stringIn(task, 'label'));
    const before = launches.flatMap((launch) => stringIn(launch, 'preLaunchTask') ?? []);
    const programs = launches.flatMap((launch) => stringIn(launch, 'program') ?? []);

    assert.deepEqual(
      before.filter((label) => !labels.includes(label)),
      [],
    );
    for (const program of programs) assert.ok(existsSync(program.replace('${workspaceFolder}/', '')), program);
  });
});

describe('the bot that keeps versions up to date', () => {
  it('looks at every lock file', () => {
    const text = readFileSync('.github/dependabot.yml', 'utf8');
    const locked = ['.', ...readdirSync('test').map((name) => `test/${name}`)].filter((folder) =>
      existsSync(`${folder}/package-lock.json`),
    );

    for (const folder of locked) assert.ok(text.includes(`'/${folder === '.' ? '' : folder}'`), folder);
  });
});
