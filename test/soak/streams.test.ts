import { passManyStreams } from '../faults/manyStreams';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
/** As a fast model writes its tokens. */
const GAP_MS = 20;

describe('100 answers at once through the gateway', () => {
  it(`lose and mix up nothing in ${SECONDS} seconds`, async () => {
    await passManyStreams({ streams: 100, events: (SECONDS * 1000) / GAP_MS, gapMs: GAP_MS });
  });
});
