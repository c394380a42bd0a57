import { env, LogLevel } from 'vscode';

/**
 * Whether VS Code writes the variables of terminals to its logs: at Debug the server does, at Trace the terminals too.
 */
export function isEnvironmentLogged(): boolean {
  return env.logLevel === LogLevel.Debug || env.logLevel === LogLevel.Trace;
}
