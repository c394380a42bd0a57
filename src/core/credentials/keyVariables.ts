import * as l10n from '@vscode/l10n';
import { orText } from '../../language/listText';
import { joinSentences } from '../../language/joinSentences';
import { foreignOwner, type KeyOwner } from '../providers/keyOwner';
import type { Variable } from '../config/variable';
import { variableProblem } from '../config/variableValue';
import { findVariables, type VariablePlaces } from '../config/variables';
import { providerAt } from '../providers/catalogue';
import type { Model } from '../providers/model';

/**
 * The variables that hold the key of a model, the one in effect first. A key that begins as those of another provider
 * do is held back: it has a problem, and goes nowhere.
 */
export function keyVariables(model: Pick<Model, 'envKey' | 'baseUrl'>, places: VariablePlaces): readonly Variable[] {
  const { envKey, baseUrl } = model;
  const provider = providerAt(baseUrl);
  return (envKey === undefined ? [] : findVariables(envKey, places)).map((variable) => {
    const owner = provider && !variable.problem ? foreignOwner(variable.value.reveal(), provider) : undefined;
    if (!owner || !provider) return variable;
    const what = l10n.t('This looks like a key of {name}. Nothing was sent to {label}.', {
      name: owner.name,
      label: provider.label,
    });
    return {
      ...variable,
      problem: variableProblem(variable, joinSentences(what, wayOut(variable, owner))),
    };
  });
}

/** Where the key may go instead, by the variable that belongs to it. */
function wayOut({ name }: Variable, { provider }: KeyOwner): string {
  const addresses = provider?.regions.map(({ baseUrl }) => baseUrl) ?? [];
  if (addresses.length === 0) return '';
  const variable = name === 'LLAMA_API_KEY' ? 'LLAMA_API_BASE_URL' : 'OPENAI_BASE_URL';
  const places = orText(addresses);
  return name === 'OPENAI_API_KEY' || name === 'LLAMA_API_KEY'
    ? l10n.t('Set {variable} to {places}.', { variable, places })
    : l10n.t('Its base URL is {places}.', { places });
}
