import { ConfigurationError } from '../../core/base/errors';

/** What `read` gives, or the sentence by which it refuses what was typed. */
export function validationMessage<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
