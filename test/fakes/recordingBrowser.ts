import type { UserAgent } from '../../src/core/base/ports';

/** A browser and a clipboard that note what they are given. */
export interface RecordingBrowser extends UserAgent {
  readonly opened: readonly string[];
  readonly copied: readonly string[];
  /** The hosts that were asked about, each with the issuer that it is not. */
  readonly askedAbout: readonly string[];
  /** Whether the person agrees to another host than the issuer's. */
  agrees: boolean;
}

/** A browser that opens everything that the person agrees to. */
export function createRecordingBrowser(): RecordingBrowser {
  const opened: string[] = [];
  const copied: string[] = [];
  const askedAbout: string[] = [];
  return {
    opened,
    copied,
    askedAbout,
    agrees: true,
    async confirmHost(host, issuer) {
      askedAbout.push(`${host}, not ${issuer}`);
      return this.agrees;
    },
    open: async (url) => opened.push(url) > 0,
    copy: async (text) => void copied.push(text),
  };
}
