import type { ModelSettings } from '../../bot/agent/model-settings.ts';
import type { Trial } from '../trial/trial.ts';
import type { JudgedTrial } from './compare-with-labels.ts';
import { type Judgement, judgeAnswer } from './judge-answer.ts';
import { answerHash } from './judged-text.ts';

/** After so many that could not be judged in a row the judge is down, and is not pressed further. */
const DOWN_AFTER = 3;

/**
 * Puts answers to a judge, one after the other; the same text of the same ask once. What a judge that is down leaves is not judged.
 *
 * @param only asks to be judged; null: all
 * @param maxUsd the most that all of it may cost; null: not limited
 */
export async function judgeTrials(
  trials: readonly Trial[],
  settings: ModelSettings,
  options: { seed: number; only: ReadonlySet<string> | null; maxUsd: number | null },
  signal: AbortSignal,
): Promise<JudgedTrial[]> {
  const judged: JudgedTrial[] = [];
  let downInARow = 0;
  let spentUsd = 0;
  for (const { id, askId, diagnosis } of trials) {
    if (diagnosis === null || (options.only !== null && !options.only.has(askId))) continue;
    const answer = answerHash(diagnosis);
    const before = judged.find((other) => other.askId === askId && other.answer === answer);
    const whyNot =
      downInARow >= DOWN_AFTER
        ? 'the judge is down'
        : options.maxUsd !== null && spentUsd >= options.maxUsd
          ? `${options.maxUsd} USD are spent`
          : null;
    let judgement: Judgement;
    if (before) judgement = { ...before.judgement, usd: null };
    else if (whyNot !== null) judgement = { judged: false, why: whyNot, usd: null };
    else {
      judgement = await judgeAnswer(diagnosis, settings, options.seed, signal);
      downInARow = judgement.judged ? 0 : downInARow + 1;
      spentUsd += judgement.usd ?? 0;
    }
    judged.push({ trialId: id, askId, answer, judgement });
  }
  return judged;
}
