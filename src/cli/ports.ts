import type { OpenAIPackage } from '../core/chat/sdkClient';
import type { Clock, Fetch, Files } from '../core/base/ports';

/** Where a person reads and, perhaps, answers. */
export interface Terminal {
  /** Whether somebody is there to answer. */
  readonly isInteractive: boolean;
  /** Writes to standard output, without control characters: a server's words do not steer the terminal. */
  out(text: string): void;
  /**
   * Writes to standard output byte for byte, for a program to read. Throws `ConfigurationError` where a terminal reads
   * it that would obey what is in it.
   */
  outExactly(text: string): void;
  /** Writes to standard error, without control characters, on a line of its own. */
  err(text: string): void;
  /** Asks for a yes; everything else is a no. */
  confirm(question: string, signal: AbortSignal): Promise<boolean>;
}

/** What running a program came to; `why` says in plain words why it cannot be executed. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'notExecutable'; readonly why: string };

/** What a process has around it. */
export interface CliPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The folder that the program was started in. */
  readonly folder: string;
  readonly version: string;
  readonly terminal: Terminal;
  readonly files: Files;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly loadOpenAI: () => Promise<OpenAIPackage>;
  /** Opens a page in the person's browser; false where there is none. */
  openPage(url: string): Promise<boolean>;
  /** Runs a program with our streams and these variables, and without those that are undefined. */
  run(
    command: readonly [string, ...string[]],
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<RunOutcome>;
  /** Aborts when the person wants to stop. */
  readonly signal: AbortSignal;
}
