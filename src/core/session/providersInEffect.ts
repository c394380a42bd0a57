import { isRecord } from '../base/json';
import { Kept } from '../base/kept';
import type { ModelEntry } from '../config/modelEntry';
import { type ModelProviders, readModelProviders, uniqueEntries } from '../config/modelProviders';
import { MODEL_PROVIDERS_SETTING, originOf } from '../config/providersOrigin';
import { protocolsOf } from '../config/qwenSettings';
import type { VariablePlaces } from '../config/variables';

const merged = new Kept<VariablePlaces, ModelProviders>();

/**
 * The entries of VS Code's setting first, then those of Qwen Code's files; per provider id a workspace's list stands in
 * the place of the person's. They are read once for a configuration, and again when the setting says something else.
 */
export function providersInEffect(setting: unknown, variables: VariablePlaces): ModelProviders {
  return merged.of(variables, [JSON.stringify(setting)], () => mergeProviders(setting, variables));
}

function mergeProviders(setting: unknown, variables: VariablePlaces): ModelProviders {
  const hidden = new Set<string>();
  const protocols = protocolsOf(variables.qwenSettings);
  const own = readModelProviders(setting, { ...MODEL_PROVIDERS_SETTING, variables });
  const read = variables.qwenSettings.map((settings) => {
    const lists = Object.entries(isRecord(settings.modelProviders) ? settings.modelProviders : {});
    const visible = lists.filter(([provider]) => !hidden.has(provider));
    for (const [provider] of lists) hidden.add(provider);
    const value = isRecord(settings.modelProviders) ? Object.fromEntries(visible) : settings.modelProviders;
    return readModelProviders(value, { ...originOf(settings, protocols), variables });
  });
  const all = [own, ...read];
  const stranded = new Set(all.flatMap((one) => one.stranded));
  const isHeld = ({ address, envKey }: ModelEntry): boolean =>
    address?.source.kind === 'default' && stranded.has(envKey);
  return {
    entries: uniqueEntries(all.flatMap(({ entries }) => entries).filter((entry) => !isHeld(entry))),
    problems: all.flatMap(({ problems }) => problems),
    stranded: [...stranded],
    unusable: all.flatMap(({ unusable }) => unusable),
  };
}
