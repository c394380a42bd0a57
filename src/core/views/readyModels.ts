import { resolveCredential } from '../credentials/resolve';
import type { Model } from '../providers/model';
import type { Snapshot } from '../session/snapshot';

/** Whether there is a credential for a model, which is found out once for all models of one place and variable. */
export function readyModels({ accounts, configuration }: Snapshot): (model: Model) => boolean {
  const { variables } = configuration;
  const known = new Map<string, boolean>();
  return (model) => {
    const place = `${model.envKey} ${model.baseUrl}`;
    const isReady = known.get(place) ?? resolveCredential(model, { accounts, variables }) !== undefined;
    known.set(place, isReady);
    return isReady;
  };
}
