import path from 'node:path';
import { expect, it } from 'vitest';
import { chaosTable } from './chaos-table.ts';
import { breachesOf } from './judge-answers.ts';
import { runChaos } from './run-chaos.ts';
import { SET_UPS } from './set-ups.ts';

const DEMO = path.join(import.meta.dirname, '../../../bot/demo/failed-run');

/** The whole of it in small: real processes, real kills. `npm run slack:chaos` runs it on every store with 500 questions. */
it('answers every question once although the bot is killed twice', { timeout: 150_000 }, async () => {
  const [setUp] = SET_UPS;
  if (!setUp) throw new Error('there is no set-up');
  const outcome = await runChaos(setUp, {
    questions: 12,
    seed: 3,
    askEveryMs: 150,
    killEveryMs: 2_500,
    kills: { least: 2, most: 2 },
    settleMs: 90_000,
    from: DEMO,
    isIndexed: false,
    say: () => undefined,
  });
  expect(breachesOf(outcome.judged)).toEqual([]);
  expect(outcome.judged.answeredOnce + outcome.judged.toldOnce).toBe(12);
  expect(outcome.kills).toBeGreaterThanOrEqual(2);
  expect(outcome.leftProcesses).toBe(0);
  expect(chaosTable([outcome])).toContain(`| ${setUp.name} | 12 |`);
});
