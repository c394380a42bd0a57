import type { PlanLimits } from './planMeter';

/** What the sandbox does where servers differ. Tests change it at any time; the next request sees the change. */
export interface Behavior {
  /** Life of an access token in seconds. */
  accessTokenLife: number;
  /** Life of a device code in seconds. */
  deviceCodeLife: number;
  /** Seconds between two polls; undefined: no `interval` is sent, and the 5 seconds of RFC 8628 §3.2 hold. */
  interval: number | undefined;
  /** The status of `slow_down` for a poll that comes too early: 429 as Qwen, 400 as RFC 8628 §3.5. */
  slowDownStatus: 400 | 429;
  /** Which discovery documents are served. */
  metadata: 'both' | 'oauth' | 'openid' | 'none';
  /** Whether redirects carry `iss`, and the discovery documents say so (RFC 9207). */
  namesIssuer: boolean;
  /** Which ways to sign in the discovery documents name. */
  grants: 'both' | 'device' | 'code';
  /** `resource_url` of token answers; undefined: the sandbox's own `/v1`, null: left out. */
  resourceUrl: string | null | undefined;
  /** Whether a refresh answers with `resource_url` again. */
  resourceUrlAtRefresh: boolean;
  /** Whether a refresh answers with a new refresh token, and refuses the old one from then on. */
  rotation: boolean;
  /** Milliseconds between two chunks of a streamed answer. */
  chunkGap: number;
  /** How many requests each Coding Plan and Token Plan takes. */
  plan: PlanLimits;
  /** How much of balances, budgets and windows is left, from 0 to 1, at providers that tell. */
  left: number;
}

/** Qwen's ways, with a poll every second so that nobody waits for a test. */
export const defaultBehavior: Behavior = {
  accessTokenLife: 6 * 60 * 60,
  deviceCodeLife: 15 * 60,
  interval: 1,
  slowDownStatus: 429,
  metadata: 'both',
  namesIssuer: true,
  grants: 'both',
  resourceUrl: undefined,
  resourceUrlAtRefresh: true,
  rotation: true,
  chunkGap: 5,
  plan: {},
  left: 0.27,
};
