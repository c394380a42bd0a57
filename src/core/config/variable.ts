import type { ConfigurationError } from '../base/errors';
import type { Secret } from '../base/secret';
import type { Side, Source } from '../providers/source';

/** A variable's value, where it comes from, and whose word it is. */
export interface Variable {
  readonly name: string;
  readonly value: Secret;
  readonly source: Source;
  /** A workspace's word may not send a key of the person's to another place. */
  readonly side: Side;
  /** Why it cannot be used as it stands. */
  readonly problem?: ConfigurationError;
}
