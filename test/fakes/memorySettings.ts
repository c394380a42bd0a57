import { Emitter } from '../../src/core/base/events';
import type { SettingsReader } from '../../src/core/base/ports';

/** Settings in memory, under their names below `qwen.`. */
export interface MemorySettings extends SettingsReader {
  set(name: string, value: unknown): void;
}

/** Settings with these values, given with or without `qwen.` before their names. */
export function createMemorySettings(values: Readonly<Record<string, unknown>> = {}): MemorySettings {
  const changed = new Emitter<unknown>();
  const settings = new Map(Object.entries(values).map(([name, value]) => [name.replace(/^qwen\./, ''), value]));
  return {
    get: (name) => settings.get(name),
    set: (name, value) => {
      settings.set(name, value);
      changed.fire(undefined);
    },
    onDidChange: changed.event,
  };
}
