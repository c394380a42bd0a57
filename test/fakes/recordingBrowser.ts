import type { UserAgent } from '../../src/core/base/ports';

/** A browser and a clipboard that note what they are given. */
export interface RecordingBrowser extends UserAgent {
  readonly opened: readonly string[];
  readonly copied: readonly string[];
}

/** A browser that opens everything. */
export function createRecordingBrowser(): RecordingBrowser {
  const opened: string[] = [];
  const copied: string[] = [];
  return {
    opened,
    copied,
    open: async (url) => opened.push(url) > 0,
    copy: async (text) => void copied.push(text),
  };
}
