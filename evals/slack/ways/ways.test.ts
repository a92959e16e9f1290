import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTED } from './all-ways.ts';
import type { Stage } from './stage.ts';
import { goWay, openScene } from './way.ts';

// The bot's real process over a double of Slack; one process for all ways.
describe('ways to ask', () => {
  let stage: Stage | null = null;
  beforeAll(async () => {
    stage = await openScene(TESTED);
  }, 60_000);
  afterAll(async () => await stage?.close(), 60_000);
  it.each(TESTED.ways)('$name', { timeout: 90_000 }, async (way) => {
    if (stage === null) throw new Error('the stage did not open');
    await expect(goWay(way, stage)).resolves.toBeUndefined();
  });
});
