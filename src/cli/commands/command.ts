import type { Request } from '../commandLine';
import type { OpenSession } from '../openSession';
import type { CliPorts } from '../ports';

/** Everything that a command works with. */
export interface Context extends OpenSession {
  readonly request: Request;
  readonly ports: CliPorts;
}

/** A command; resolves with the exit code. What it throws is told to the person, and is `EXIT.failed`. */
export type Command = (context: Context) => Promise<number>;
