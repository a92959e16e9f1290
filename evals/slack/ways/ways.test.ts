import { afterAll, beforeAll, describe, it } from 'vitest';
import { SCENES } from './all-ways.ts';
import type { Stage } from './stage.ts';
import { goWay, openScene } from './way.ts';

// One bot for each scene, its real process; the scenes side by side, since most of it is waiting.
describe.concurrent.each(SCENES)('$name', ({ recording, ways, ...scene }) => {
  let stage: Stage | null = null;
  beforeAll(async () => {
    if (recording !== null) stage = await openScene({ ...scene, recording, ways });
  }, 120_000);
  afterAll(async () => await stage?.close(), 60_000);
  describe('one after another', { concurrent: false }, () => {
    it.skipIf(recording === null).each(ways)('$name', { timeout: 120_000 }, async (way) => {
      if (stage !== null) await goWay(way, stage);
    });
  });
});
