import assert from 'node:assert/strict';

import { isRecord, parseJson } from '../../src/core/base/json';
import { sessionState } from '../../src/core/session/snapshot';
import { doubtOf, problemOf, problemText } from '../../src/core/views/problem';
import { type Bench, openBench } from '../fakes/bench';
import type { Sandbox } from '../sandbox/sandbox';
import { FAULTS, type FaultName } from './faults';
import { type Endpoint, type Fault, type Network, openNetwork } from './network';

/** What is expected where a fault meets an endpoint. */
export interface Cell {
  /** The state of the session. */
  readonly state: string;
  /** What the person reads, with the button in brackets; SERVER stands for the host. */
  readonly reads: string;
  /** What the keychain holds: the status of the account, and whether its secrets are new. */
  readonly stored: string;
  /** The requests that were made, in order. */
  readonly asked: string;
}

/** A column of the matrix: an endpoint, and how it comes to be asked. */
export interface Column {
  readonly endpoint: Endpoint;
  /** How many of its requests are struck; one unless given. */
  readonly times?: number;
  /** What has happened before. */
  readonly before?: (bench: Bench) => Promise<unknown>;
  /** Does what is to be seen; `expected` says what is worth waiting for. */
  readonly act: (bench: Bench, expected: Cell, network: Network) => Promise<unknown>;
  /** What the person reads where that is not in the snapshot. */
  readonly reads?: () => string;
}

/**
 * Tests every fault at an endpoint, unless there are no cells for them, and those that only it can meet. Nothing is a
 * dead end: what failed on the way works when it is done again.
 */
export function describeColumn(
  title: string,
  column: Column,
  cells: Readonly<Record<FaultName, Cell>> | undefined,
  others: readonly (readonly [name: string, fault: Fault, cell: Cell, times?: number])[] = [],
): void {
  describe(title, () => {
    let network: Network;
    let bench: Bench;

    beforeEach(async () => {
      network = await openNetwork();
      bench = await openBench({ wrap: network.wrap });
      await column.before?.(bench);
      network.takeAsked();
    });
    afterEach(async () => {
      await bench.stop();
      await network.close();
    });

    const common = Object.entries(cells ? FAULTS : {}).map(
      ([name, fault]) => [name, fault, cellOf({ ...cells }, name)] as const,
    );
    for (const [name, fault, cell, times = column.times ?? 1] of [...common, ...others]) {
      it(`is ${cell.state} after ${name}`, async () => {
        const before = storedSecrets(bench);
        network.strike(column.endpoint, fault, times);
        await column.act(bench, cell, network).catch(() => undefined);

        const seen: Cell = {
          state: stateText(bench),
          reads: column.reads?.() ?? readText(bench),
          stored: storedText(bench, before),
          asked: network.takeAsked(),
        };
        assert.deepEqual(seen, cell);
        assert.equal(network.strays, 0);
        // The server has rotated the refresh token, and what it gave in its place never came in.
        const isSpent = column.endpoint === 'refresh' && fault.kind === 'changed';
        if (cell.state === 'expired, ended' || cell.state === 'signedOut' || isSpent) return;
        network.mend();
        await column.act(bench, cell, network);
        assert.equal(stateText(bench), 'signedIn', 'It does not work again afterwards.');
      });
    }
  });
}

/** Signs in with a code that the person approves as soon as it is shown. */
export async function signInWithCode({ session, sandbox, clock }: Bench): Promise<void> {
  const signingIn = session.signIns.signIn({ method: 'qwen-oauth' });
  const over = signingIn.catch(() => undefined);
  await Promise.race([over, clock.nextSleep()]);
  const code = sandbox.pendingUserCodes.at(-1);
  if (code) sandbox.approve(code);
  await clock.passUntil(signingIn);
  await over;
}

function cellOf(cells: Readonly<Record<string, Cell>>, name: string): Cell {
  const cell = cells[name];
  assert.ok(cell, `There is no cell for ${name}.`);
  return cell;
}

/** The state of the session, with what there is to say of it. */
export function stateText({ session }: Bench): string {
  const state = sessionState(session.snapshot);
  if (state.state === 'signedIn' && !state.verified) return 'signedIn, not verified';
  return state.state === 'expired' ? `expired, ${state.reason}` : state.state;
}

/** What the person reads, with the button in brackets. */
export function readText({ session: { snapshot }, sandbox }: Bench): string {
  const { signInAttempt, connection } = snapshot;
  const problem =
    signInAttempt.kind === 'failed'
      ? problemOf(signInAttempt.error, { during: 'signIn', method: signInAttempt.request.method })
      : connection.kind === 'failed'
        ? problemOf(connection.error, { during: 'test' })
        : doubtOf(snapshot);
  if (!problem) return 'nothing';
  const text = withoutHost(problemText(problem), sandbox);
  return problem.action ? `${text} [${problem.action.label}]` : text;
}

/** A text in which SERVER stands for the sandbox. */
export function withoutHost(text: string, { origin }: Pick<Sandbox, 'origin'>): string {
  return text.replaceAll(new URL(origin).host, 'SERVER');
}

/** What the keychain holds, and whether its secrets are others than before. */
export function storedText(bench: Bench, before = ''): string {
  const records = [...bench.secrets.entries.values()].map(parseJson);
  const statuses = records.map((record) => (isRecord(record) ? String(record['status']) : 'unreadable'));
  const isRenewed = records.length > 0 && before !== '' && before !== storedSecrets(bench);
  return `${statuses.join(' ') || 'nothing'}${isRenewed ? ', renewed' : ''}`;
}

/** The secrets of all accounts, as one text to compare. */
function storedSecrets({ secrets }: Bench): string {
  const found = [...secrets.entries.values()].map((record) =>
    record.match(/"(?:key|accessToken|refreshToken)":"[^"]+"/g),
  );
  return found.flat().join(' ');
}
