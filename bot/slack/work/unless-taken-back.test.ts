import { expect, it } from 'vitest';
import { unlessTakenBack } from './unless-taken-back.ts';
import { LOST, TAKEN_BACK } from './work-loop.ts';

it('ends with what ends the work, but for its asker', async () => {
  const lost = new AbortController();
  const until = unlessTakenBack(lost.signal);
  lost.abort(LOST);
  expect([until.aborted, until.reason]).toEqual([true, LOST]);
  expect(unlessTakenBack(lost.signal).aborted).toBe(true);
  const back = new AbortController();
  const showing = unlessTakenBack(back.signal, 5);
  back.abort(TAKEN_BACK);
  expect(showing.aborted).toBe(false);
  // Not for ever: a Slack that does not answer holds up no stop.
  await expect.poll(() => showing.aborted).toBe(true);
});
