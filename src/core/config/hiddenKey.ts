import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import type { EnvCandidate, EnvSearch } from './envSearch';

/**
 * The hint that a key lies in an environment file that is not read, because a file before it ended the search. `names`
 * are the variables that a key is wanted in.
 */
export function hiddenKey({ hidden, candidates }: EnvSearch, names: readonly string[]): readonly ConfigurationError[] {
  const ended = candidates.find(endsSearch)?.path;
  for (const { path, values } of hidden) {
    const name = names.find((one) => values.get(one)?.value.reveal().trim());
    if (ended === undefined || name === undefined) continue;
    const line = values.get(name)?.line ?? 1;
    const message = l10n.t(
      '{name} in {path}, line {line}, is not read: the search for an environment file ended at {ended}, ' +
        'and only the first one counts. Set it there, or in the environment.',
      { name, path, line, ended },
    );
    return [new ConfigurationError({ file: path, line }, message, 'warning')];
  }
  return [];
}

function endsSearch({ outcome }: EnvCandidate): boolean {
  return outcome === 'used' || outcome === 'broken';
}
