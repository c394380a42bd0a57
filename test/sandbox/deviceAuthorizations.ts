// Device authorization (RFC 8628): who asked, with which code, and what the person decided.
import { randomInt } from 'node:crypto';

import type { Behavior } from './behavior';
import { secret } from './pkce';

/** One sign-in by user code. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly codeChallenge: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  status: 'pending' | 'approved' | 'denied' | 'redeemed';
  /** Milliseconds that must lie between two polls. */
  pollGap: number;
  lastPollAt: number | undefined;
}

/** What a person's code is good for right now. */
export type CodeState = 'unknown' | 'expired' | DeviceAuthorization['status'];

// Timers and connections are not exact: a poll this many milliseconds early is not called too fast.
const leeway = 150;

/** The sign-ins by user code, since the sandbox was started. */
export class DeviceAuthorizations {
  readonly #all: DeviceAuthorization[] = [];
  readonly #behavior: Behavior;
  readonly #now: () => number;

  constructor(behavior: Behavior, now: () => number) {
    this.#behavior = behavior;
    this.#now = now;
  }

  /** A new pair of codes. */
  start(clientId: string, scope: string, codeChallenge: string): DeviceAuthorization {
    const authorization: DeviceAuthorization = {
      deviceCode: secret('device'),
      userCode: userCode(),
      clientId,
      scope,
      codeChallenge,
      expiresAt: this.#now() + this.#behavior.deviceCodeLife * 1000,
      status: 'pending',
      pollGap: (this.#behavior.interval ?? 5) * 1000,
      lastPollAt: undefined,
    };
    this.#all.push(authorization);
    return authorization;
  }

  /** Finds what a client polls for. */
  byDeviceCode(deviceCode: string): DeviceAuthorization | undefined {
    return this.#all.find((one) => one.deviceCode === deviceCode);
  }

  /** Finds a code as a person types it: case and punctuation do not matter (RFC 8628 §6.1). */
  byUserCode(typed: string): DeviceAuthorization | undefined {
    return this.#all.find((one) => letters(one.userCode) === letters(typed));
  }

  /** The codes that wait for a decision, newest last. */
  get pendingUserCodes(): string[] {
    return this.#all.filter((one) => this.state(one) === 'pending').map((one) => one.userCode);
  }

  /** What has become of it; a decision that was not fetched in time has expired. */
  state(authorization: DeviceAuthorization | undefined): CodeState {
    if (!authorization) return 'unknown';
    const undecided = authorization.status === 'pending' || authorization.status === 'approved';
    return undecided && this.#now() >= authorization.expiresAt ? 'expired' : authorization.status;
  }

  /** Records what the person decided; throws when the code no longer waits for it. */
  decide(typed: string, decision: 'approved' | 'denied'): void {
    const authorization = this.byUserCode(typed);
    const state = this.state(authorization);
    if (!authorization || state !== 'pending') throw new Error(`The user code ${typed} is ${state}, not pending.`);
    authorization.status = decision;
  }

  /** Counts a poll; true when it came too early, which makes every later gap 5 seconds longer (RFC 8628 §3.5). */
  countPoll(authorization: DeviceAuthorization): boolean {
    const now = this.#now();
    const tooFast = now - (authorization.lastPollAt ?? -Infinity) < authorization.pollGap - leeway;
    authorization.lastPollAt = now;
    if (tooFast) authorization.pollGap += 5000;
    return tooFast;
  }
}

/** Eight letters that make no words and are not mistaken for each other (RFC 8628 §6.1). */
function userCode(): string {
  return `${consonants(4)}-${consonants(4)}`;
}

function consonants(length: number): string {
  return Array.from({ length }, () => 'BCDFGHJKLMNPQRSTVWXZ'.charAt(randomInt(20))).join('');
}

function letters(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
