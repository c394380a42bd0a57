// Runs the bundled tests for Stryker, by the project's own mocha: Stryker's runner does not know mocha 12.
import Mocha from 'mocha';
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';

/**
 * What the mutated code and this runner tell each other.
 * @typedef {object} Shared
 * @property {string | undefined} [activeMutant]
 * @property {string} [currentTestId]
 * @property {number} [hitLimit]
 * @property {number} [hitCount]
 * @property {object} [mutantCoverage]
 *
 * @typedef {{ id: string, name: string, status: number, timeSpentMs: number, failureMessage?: string }} TestResult
 *
 * @typedef {object} MutantRun
 * @property {{ id: string }} activeMutant
 * @property {string} sandboxFileName
 * @property {readonly string[]} [testFilter]
 * @property {boolean} [disableBail]
 * @property {number} [hitLimit]
 * @property {'static' | 'runtime'} mutantActivation
 * @property {boolean} reloadEnvironment
 */

const [SUCCESS, FAILED] = [0, 1];
/** How long a test may take without any mutant, in milliseconds. */
const TEST_LIMIT_MS = 30_000;
/** A mutant that hangs a test fails it after so many milliseconds more than five times what it took without. */
const HANGING_MS = 2000;
/** What each test took without any mutant, in milliseconds, by its title: for the processes that run the mutants. */
const DURATIONS = 'out/durations.json';

/** @type {Shared} */
const shared = Reflect.get(globalThis, '__stryker__') ?? {};
Reflect.set(globalThis, '__stryker__', shared);

let generation = 0;
// A module stays loaded under its address: what a test file loads has the generation of that file in its own.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const [, search] = /(\?generation=.*)/.exec(context.parentURL ?? '') ?? [];
    return search && /\/out\/unit\/[^?]*$/.test(resolved.url) ? { ...resolved, url: resolved.url + search } : resolved;
  },
});

class BundledMocha {
  /** @type {TestResult[]} */
  #results = [];
  /** @type {Mocha | undefined} */
  #mocha;
  /** @type {Readonly<Record<string, number>>} */
  #durations = {};

  capabilities() {
    return Promise.resolve({ reloadEnvironment: true });
  }

  init() {
    return Promise.resolve();
  }

  /** @param {{ disableBail?: boolean }} options */
  async dryRun({ disableBail = false }) {
    try {
      const tests = await this.#run(await this.#load(testFiles()), disableBail);
      writeFileSync(DURATIONS, JSON.stringify(Object.fromEntries(tests.map((test) => [test.id, test.timeSpentMs]))));
      return { status: 'complete', tests, mutantCoverage: shared.mutantCoverage };
    } catch (error) {
      return { status: 'error', errorMessage: String(error) };
    }
  }

  /** @param {MutantRun} run */
  async mutantRun({ activeMutant, sandboxFileName, testFilter, disableBail = false, hitLimit, ...run }) {
    if (!this.#mocha) this.#durations = JSON.parse(readFileSync(DURATIONS, 'utf8'));
    const source = path.relative('', sandboxFileName).replaceAll(path.sep, '/');
    const isStatic = run.mutantActivation === 'static';
    Object.assign(shared, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    try {
      shared.activeMutant = isStatic ? activeMutant.id : undefined;
      // What is done while a module is loaded shows only where it is loaded.
      const load = () => this.#load(testFiles(isStatic ? source : undefined));
      const mocha = this.#mocha && !run.reloadEnvironment ? this.#mocha : await load();
      shared.activeMutant = activeMutant.id;
      const titles = testFilter?.map((title) => `^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
      mocha.grep(new RegExp(titles?.join('|') ?? ''));
      // The first test that fails is enough: those of the file itself are the likeliest, those of its room the next.
      mocha.suite.suites.sort((a, b) => distance(source, a.file) - distance(source, b.file));

      const tests = await this.#run(mocha, disableBail);
      if (shared.hitLimit !== undefined && (shared.hitCount ?? 0) > shared.hitLimit) return { status: 'timeout' };
      const failed = tests.filter((test) => test.status === FAILED);
      const [first] = failed;
      if (!first) return { status: 'survived', nrOfTests: tests.length };
      const killedBy = failed.map(({ id }) => id);
      return { status: 'killed', killedBy, failureMessage: first.failureMessage ?? '', nrOfTests: tests.length };
    } catch (error) {
      return { status: 'error', errorMessage: String(error) };
    }
  }

  /**
   * Loads test files, with all that is in them, anew.
   * @param {readonly string[]} files
   */
  async #load(files) {
    generation++;
    this.#mocha?.dispose();
    this.#mocha = undefined;
    const mocha = new Mocha({ timeout: TEST_LIMIT_MS, reporter: collecting((result) => this.#results.push(result)) });
    mocha.cleanReferencesAfterRun(false);
    const durations = this.#durations;
    mocha.suite.beforeEach('tells which test runs, and limits it', function () {
      const test = this.currentTest;
      shared.currentTestId = test?.fullTitle() ?? '';
      const duration = durations[shared.currentTestId];
      if (duration !== undefined) test?.timeout(HANGING_MS + 5 * duration);
    });
    for (const file of files) mocha.addFile(path.resolve(file));
    /** @type {{ loadFilesAsync(options: { esmDecorator(address: string): string }): Promise<void> }} */
    const loader = mocha;
    await loader.loadFilesAsync({ esmDecorator: (address) => `${address}?generation=${generation}` });
    quickestFirst(mocha.suite, durations);
    this.#mocha = mocha;
    return mocha;
  }

  /**
   * @param {Mocha} mocha
   * @param {boolean} disableBail
   */
  async #run(mocha, disableBail) {
    this.#results = [];
    setBail(mocha.suite, !disableBail);
    await new Promise((resolve) => mocha.run(resolve));
    return this.#results;
  }

  dispose() {
    try {
      this.#mocha?.dispose();
    } catch {
      // A mutant that never ends keeps it running; the process is ended next.
    }
    return Promise.resolve();
  }
}

/**
 * The bundled test files, or those that hold a source file.
 * @param {string} [source]
 */
function testFiles(source) {
  /** @type {Readonly<Record<string, readonly string[]>>} */
  const sources = JSON.parse(readFileSync('out/sources.json', 'utf8'));
  return Object.keys(sources).filter((file) => !source || sources[file]?.includes(source));
}

/**
 * How far a test file is from a source file: 0 for its own tests.
 * @param {string} source
 * @param {string} [file]
 */
function distance(source, file = '') {
  const [room = '', name = ''] = source.replace(/^src\/core\//, '').split(/\/|\.ts$/);
  const [testRoom = '', testName = ''] = path.relative(path.resolve('out/unit'), file).split(/[\\/]|\.test\.mjs$/);
  if (room !== testRoom) return 3;
  if (name === testName) return 0;
  return name.startsWith(testName) || testName.startsWith(name) ? 1 : 2;
}

/**
 * @param {Mocha.Suite} suite
 * @param {Readonly<Record<string, number>>} durations
 */
function quickestFirst(suite, durations) {
  const duration = (/** @type {Mocha.Test} */ test) => durations[test.fullTitle()] ?? 0;
  suite.tests.sort((a, b) => duration(a) - duration(b));
  for (const child of suite.suites) quickestFirst(child, durations);
}

/**
 * @param {Mocha.Suite} suite
 * @param {boolean} isOn
 */
function setBail(suite, isOn) {
  suite.bail(isOn);
  for (const child of suite.suites) setBail(child, isOn);
}

/**
 * A reporter that hands on each result as Stryker wants it.
 * @param {(result: TestResult) => void} add
 */
function collecting(add) {
  return class extends Mocha.reporters.Base {
    /** @param {Mocha.Runner} runner */
    constructor(runner) {
      super(runner);
      let started = Date.now();
      const report = (/** @type {Mocha.Runnable} */ test, /** @type {number} */ status, failureMessage = '') => {
        const name = (test.ctx?.currentTest ?? test).fullTitle();
        add({ id: name, name, status, timeSpentMs: Date.now() - started, ...(failureMessage && { failureMessage }) });
        started = Date.now();
      };
      runner.on('pass', (test) => report(test, SUCCESS));
      runner.on('fail', (test, error) => report(test, FAILED, String(error.message || 'failed')));
    }
  };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'bundled-mocha', injectableClass: BundledMocha }];
