import { hostOf } from '../base/origin';
import { providerAt } from '../providers/catalogue';
import type { Model } from '../providers/model';

/** What a variable of a key may be called where others than the person have a say: other names steer programs. */
export const KEY_NAME = /^([A-Z_]\w*)?(KEY|TOKEN|SECRET)$/i;

/** Names for the variable of a model's key, the best one first; the last is nobody else's. */
export function keyNames(model: Pick<Model, 'baseUrl' | 'envKey'>): readonly string[] {
  const host = hostOf(model.baseUrl)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_');
  const names = [model.envKey ?? '', providerAt(model.baseUrl)?.envKey ?? '', `QWEN_AUTH_${host}_KEY`];
  return names.filter((name) => KEY_NAME.test(name));
}
