/** What terminals get of the sign-in: nothing, a way to the gateway, or the key itself. */
export type TerminalMode = 'off' | 'gateway' | 'key';

/**
 * The mode that the setting `qwen.terminal.env` names; `true` is how an older version wrote that terminals get the key.
 */
export function readTerminalMode(setting: unknown): TerminalMode {
  if (setting === true) return 'key';
  return setting === 'gateway' || setting === 'key' ? setting : 'off';
}
