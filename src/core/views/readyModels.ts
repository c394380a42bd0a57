import { Kept } from '../base/kept';
import { resolveCredential } from '../credentials/resolve';
import type { Model } from '../providers/model';
import type { Snapshot } from '../session/snapshot';

/** Whether there is a credential for a model, which is found out once for all models of one place and variable. */
export function readyModels({ accounts, configuration }: Snapshot): (model: Model) => boolean {
  const { variables } = configuration;
  const known = new Map<string, Map<string | undefined, boolean>>();
  return (model) => {
    const { baseUrl, envKey } = model;
    const here = known.get(baseUrl) ?? new Map<string | undefined, boolean>();
    const isReady = here.get(envKey) ?? resolveCredential(model, { accounts, variables }) !== undefined;
    known.set(baseUrl, here.set(envKey, isReady));
    return isReady;
  };
}

const firstOfKeys = new Kept<readonly Model[], readonly Model[]>();

/**
 * Of models at one base URL, the first with each variable of a key: whether it is ready says the same of the others.
 */
export function firstOfEachKey(models: readonly Model[]): readonly Model[] {
  return firstOfKeys.of(models, [], () => [
    ...new Map(models.toReversed().map((model) => [model.envKey, model])).values(),
  ]);
}
