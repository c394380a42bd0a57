import { mayBeWord } from '../base/redaction';
import type { Secret } from '../base/secret';
import { resolveCredentials } from '../credentials/resolve';
import type { Snapshot } from '../session/snapshot';

/** The variables of an environment that hold a key of the person's: who goes by the gateway needs none of them. */
export function keysIn(
  environment: Readonly<Record<string, string | undefined>>,
  { models, accounts, configuration }: Snapshot,
): readonly string[] {
  const places = { accounts, variables: configuration.variables };
  const keys = models.flatMap((model) =>
    resolveCredentials(model, places).flatMap((one) => (one.kind === 'key' && one.key ? [one.key] : [])),
  );
  return Object.entries(environment).flatMap(([name, value = '']) =>
    keys.some((key) => isHeld(key, value)) ? [name] : [],
  );
}

/** A key that may be a word is also a part of paths, such as `lm-studio`. */
function isHeld(key: Secret, value: string): boolean {
  return mayBeWord(key) ? value.trim().replace(/^bearer\s+/i, '') === key.reveal() : value.includes(key.reveal());
}
