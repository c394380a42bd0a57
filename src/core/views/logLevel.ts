import { ConfigurationError } from '../base/errors';

/** VS Code's log level, as what a person is to mend. */
export const LOG_LEVEL = 'VS Code log level';

/** The error for a log level at which VS Code would write the key to its logs, with a terminal's other variables. */
export function keyWouldBeLogged(): ConfigurationError {
  return new ConfigurationError(
    { part: LOG_LEVEL },
    "VS Code's log level is Debug or Trace: it writes the variables of terminals to its logs, and your key would be " +
      'among them. Set the level to Info.',
  );
}
