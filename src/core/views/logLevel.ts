import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';

/** What `ConfigurationError` calls VS Code's log level. */
export const LOG_LEVEL = 'logLevel';

/** The error for a log level at which VS Code would write the key to its logs, with a terminal's other variables. */
export function keyWouldBeLogged(): ConfigurationError {
  return new ConfigurationError(
    { part: LOG_LEVEL },
    l10n.t(
      "VS Code's log level is Debug or Trace: it writes the variables of terminals to its logs, and your key would be " +
        'among them. Set the level to Info.',
    ),
  );
}
