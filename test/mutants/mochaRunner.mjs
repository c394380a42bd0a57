// Runs the bundled tests for Stryker, by the project's own mocha: Stryker's runner does not know mocha 12.
import Mocha from 'mocha';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the mutated code and this runner tell each other.
 * @typedef {object} Shared
 * @property {string} [activeMutant]
 * @property {string} [currentTestId]
 * @property {number} [hitLimit]
 * @property {number} [hitCount]
 * @property {object} [mutantCoverage]
 *
 * @typedef {{ id: string, name: string, status: number, timeSpentMs: number, failureMessage?: string }} TestResult
 *
 * @typedef {object} MutantRun
 * @property {{ id: string }} activeMutant
 * @property {readonly string[]} [testFilter]
 * @property {boolean} [disableBail]
 * @property {number} [hitLimit]
 * @property {'static' | 'runtime'} mutantActivation
 */

const [SUCCESS, FAILED] = [0, 1];
/** How long a test may take without any mutant, in milliseconds. */
const TEST_LIMIT_MS = 30_000;
/** A mutant that hangs a test fails it after so many milliseconds more than five times what it took without. */
const HANGING_MS = 2000;
/** What each test took without any mutant, in milliseconds, by its title: for the processes that run the mutants. */
const DURATIONS = path.resolve('out/durations.json');

/** @type {Shared} */
const shared = Reflect.get(globalThis, '__stryker__') ?? {};
Reflect.set(globalThis, '__stryker__', shared);

class BundledMocha {
  /** @type {TestResult[]} */
  #results = [];
  #isLoaded = false;
  /** @type {Record<string, number> | undefined} */
  #durations;
  #mocha = new Mocha({ timeout: TEST_LIMIT_MS, reporter: collecting((result) => this.#results.push(result)) });

  /** Modules are loaded once: what is done while they are needs a process of its own for each mutant. */
  capabilities() {
    return Promise.resolve({ reloadEnvironment: false });
  }

  init() {
    this.#mocha.cleanReferencesAfterRun(false);
    const durations = () => this.#durations;
    this.#mocha.suite.beforeEach('tells which test runs, and limits it', function () {
      const test = this.currentTest;
      shared.currentTestId = test?.fullTitle() ?? '';
      const duration = durations()?.[shared.currentTestId];
      if (duration !== undefined) test?.timeout(HANGING_MS + 5 * duration);
    });
    const folder = path.resolve('out/unit');
    const files = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((file) =>
      file.endsWith('.test.mjs'),
    );
    // The first test that fails is enough, and those of the room itself are the quickest.
    const isOfRoom = (/** @type {string} */ file) => file.startsWith(`${process.env['MUTATED_ROOM']}${path.sep}`);
    for (const file of [...files.filter(isOfRoom), ...files.filter((one) => !isOfRoom(one))])
      this.#mocha.addFile(path.join(folder, file));
    return Promise.resolve();
  }

  /** @param {{ disableBail?: boolean }} options */
  async dryRun({ disableBail = false }) {
    const result = await this.#run({ disableBail });
    writeFileSync(
      DURATIONS,
      JSON.stringify(Object.fromEntries(result.tests.map((test) => [test.id, test.timeSpentMs]))),
    );
    return { ...result, mutantCoverage: shared.mutantCoverage };
  }

  /** @param {MutantRun} run */
  async mutantRun({ activeMutant, testFilter, disableBail = false, hitLimit, mutantActivation }) {
    this.#durations ??= JSON.parse(readFileSync(DURATIONS, 'utf8'));
    Object.assign(shared, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const titles = testFilter?.map((title) => `^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    this.#mocha.grep(new RegExp(titles?.join('|') ?? ''));
    const isStatic = mutantActivation === 'static';
    const { status, tests, errorMessage } = await this.#run({ disableBail, mutant: activeMutant.id, isStatic });
    if (status === 'error') return { status: 'error', errorMessage };
    if (shared.hitLimit !== undefined && (shared.hitCount ?? 0) > shared.hitLimit) return { status: 'timeout' };
    const failed = tests.filter((test) => test.status === FAILED);
    const [first] = failed;
    if (!first) return { status: 'survived', nrOfTests: tests.length };
    const killedBy = failed.map(({ id }) => id);
    return { status: 'killed', killedBy, failureMessage: first.failureMessage ?? '', nrOfTests: tests.length };
  }

  /** @param {{ disableBail: boolean, mutant?: string, isStatic?: boolean }} options */
  async #run({ disableBail, mutant, isStatic = false }) {
    this.#results = [];
    try {
      if (!this.#isLoaded) {
        Object.assign(shared, { activeMutant: isStatic ? mutant : undefined });
        await this.#mocha.loadFilesAsync();
        this.#isLoaded = true;
      }
      setBail(this.#mocha.suite, !disableBail);
      Object.assign(shared, { activeMutant: mutant });
      await new Promise((resolve) => this.#mocha.run(resolve));
      return { status: 'complete', tests: this.#results };
    } catch (error) {
      return { status: 'error', tests: [], errorMessage: String(error) };
    }
  }

  dispose() {
    try {
      this.#mocha.dispose();
    } catch {
      // A mutant that never ends keeps it running; the process is ended next.
    }
    return Promise.resolve();
  }
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
