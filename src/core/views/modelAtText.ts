import * as l10n from '@vscode/l10n';
import { hostOf } from '../base/origin';
import type { Model } from '../providers/model';

/** A model and its server in one phrase: `qwen3-max at api.example.com`. */
export function modelAtText({ name, baseUrl }: Pick<Model, 'name' | 'baseUrl'>): string {
  return l10n.t('{model} at {host}', { model: name, host: hostOf(baseUrl) });
}
