import { modelNames, MODEL_IN_USE } from './modelNames';
import type { GatewayAccess } from './gateway';
import type { Snapshot } from '../session/snapshot';
import type { Model } from '../providers/model';

const ADDRESS = 'QWEN_AUTH_GATEWAY';
const TOKEN = 'QWEN_AUTH_TOKEN';
const PROVIDER = 'qwen-auth';

/**
 * Settings by which Qwen Code lists the models of the gateway beside its own. They hold neither address nor token,
 * which Qwen Code takes from the variables of `qwenCodeVariables`.
 */
export function qwenCodeModels(snapshot: Snapshot) {
  const { selected } = snapshot;
  const named = new Map(
    modelNames(snapshot)
      .map(({ name, model }) => [model, name] as const)
      .reverse(),
  );
  const inUse = { id: MODEL_IN_USE, name: 'The model in use', ...(selected && traits(selected)) };
  const others = [...named].reverse().map(([model, name]) => ({ id: name, name, ...traits(model) }));
  const models = [inUse, ...others].map((entry) => ({ ...entry, baseUrl: `$${ADDRESS}`, envKey: TOKEN }));
  return { modelProviders: { [PROVIDER]: models }, providerProtocol: { [PROVIDER]: 'openai' } };
}

/** The variables that those settings speak of. */
export function qwenCodeVariables({
  baseUrl,
  token,
}: Pick<GatewayAccess, 'baseUrl' | 'token'>): Readonly<Record<string, string>> {
  return { [ADDRESS]: baseUrl, [TOKEN]: token.reveal() };
}

/** What Qwen Code has to know of a model, whose name alone it would not recognise. */
function traits({ generationConfig: { contextWindowSize, vision } }: Model) {
  return {
    generationConfig: {
      ...(contextWindowSize !== undefined && { contextWindowSize }),
      ...(vision && { modalities: { image: true } }),
    },
  };
}
