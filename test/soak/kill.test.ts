import assert from 'node:assert/strict';
import { killWindows } from './kills';

describe('a sign-in whose windows are killed', () => {
  it('is never lost once it was kept, and blocks nobody', async () => {
    const kills = Number(process.env['SOAK_KILLS'] ?? 200);
    const figures = await killWindows(kills, 4);
    console.log(figures);

    assert.equal(figures.kills, kills);
  });
});
