import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Secret } from '../base/secret';
import type { Snapshot } from '../session/snapshot';

/** What a token opens, until it is ended. */
export interface Pass {
  /** Tells its requests from those of others; random, and worth nothing. */
  readonly sessionId: string;
  /** What is known where it is used. */
  readonly snapshot: () => Snapshot;
  readonly ended: AbortSignal;
}

interface IssuedPass extends Pass {
  /** SHA-256 of its token. */
  readonly digest: Buffer;
  readonly ending: AbortController;
  /** The id of the account in use when it was last looked at. */
  account: string | undefined;
}

/** 256 bits. */
const TOKEN_BYTES = 32;

/** The tokens that are valid. They are in memory alone, and here as hashes only. */
export class Passes {
  readonly #issued = new Set<IssuedPass>();

  /** Makes a token; `end` makes it worthless, and calls off what was begun with it. */
  issue(snapshot: () => Snapshot): {
    readonly token: Secret;
    readonly ended: AbortSignal;
    readonly end: () => void;
  } {
    const token = `qa-${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const ending = new AbortController();
    const ended = ending.signal;
    // Every request under way hears it.
    setMaxListeners(0, ended);
    const account = accountIn(snapshot());
    const pass = { sessionId: randomUUID(), snapshot, digest: digestOf(token), ending, ended, account };
    this.#issued.add(pass);
    return { token: new Secret(token), ended, end: () => this.#end(pass) };
  }

  /** The pass of the token that a request carries; undefined where it carries none that is valid. */
  find({ authorization = '' }: Pick<IncomingHttpHeaders, 'authorization'>): Pass | undefined {
    const given = digestOf(/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '');
    // Every one is compared, and each in constant time: how long it takes tells nothing.
    const found = [...this.#issued].filter(({ digest }) => timingSafeEqual(digest, given));
    return found[0];
  }

  /** Ends those where the account in use is signed out of; to be called when what is known changes. */
  endSignedOut(): void {
    for (const pass of this.#issued) {
      const about = pass.snapshot();
      if (pass.account !== undefined && isSignedOut(pass.account, about)) this.#end(pass);
      else if (about.credential) pass.account = accountIn(about);
    }
  }

  /** Ends all of them, and not those that somebody makes since one has ended. */
  endAll(): void {
    const issued = [...this.#issued];
    for (const pass of issued) this.#end(pass);
  }

  #end(pass: IssuedPass): void {
    this.#issued.delete(pass);
    pass.ending.abort();
  }
}

function accountIn({ credential }: Snapshot): string | undefined {
  return credential?.account?.id;
}

/** Whether an account is gone, and not just out of sight since the keychain fails. */
function isSignedOut(account: string, { loaded, accounts, unreadable, problems }: Snapshot): boolean {
  const fails = problems.some(({ where }) => 'part' in where && where.part === 'keychain');
  return loaded && !fails && !unreadable.includes(account) && accounts.every(({ id }) => id !== account);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
