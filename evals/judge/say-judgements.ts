import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { type JudgedTrial, type LabelComparison, TRUSTED } from './compare-with-labels.ts';
import { JUDGE_QUESTION_NAMES } from './judge-questions.ts';
import type { Labels } from './read-labels.ts';

/** What the judge said, as lines: first how far it can be believed, then what it thinks. Nothing of it is a gate or in the baseline. */
export function sayJudgements(
  judged: readonly JudgedTrial[],
  { questions, dropped }: LabelComparison,
  { labelledBy, confirmedBy, labelledAt, commit, labels }: Labels,
): string[] {
  const answered = judged.flatMap(({ judgement }) => (judgement.judged ? [judgement] : []));
  const usd = judged.map(({ judgement }) => judgement.usd).filter((cost) => cost !== null);
  return [
    `Agreement of the judge with ${labels.length - dropped.length} of ${labels.length} labelled answers (by ${labelledBy}, ${labelledAt}, at ${commit}; ${confirmedBy === null ? 'confirmed by no person yet' : `confirmed by ${confirmedBy}`}); yes of both, no of both, yes of the label alone, yes of the judge alone`,
    ...questions.map(({ question, agreement, isTrusted }) => {
      if (agreement === null) return `  ${question.padEnd(10)} nothing to compare`;
      const { of, bothYes, bothNo, onlyFirst, onlySecond, observed, kappa } = agreement;
      const counts = [bothYes, bothNo, onlyFirst, onlySecond].map((count) => String(count).padStart(4)).join('');
      const told = kappa === null ? 'kappa  —  ' : `kappa ${kappa.toFixed(2).padStart(5)}`;
      return `  ${question.padEnd(10)} n ${String(of).padStart(4)} ${counts}  same ${percent(observed)}  ${told}${isTrusted ? '' : '  not enough'}`;
    }),
    ...dropped.map(({ ask, why }) => `  dropped: ${ask}: ${why}`),
    '',
    `Explanation in the judge's opinion, ${answered.length} of ${judged.length} answers judged; reported only: no gate, not in the baseline`,
    ...JUDGE_QUESTION_NAMES.map((question) => {
      const verdicts = answered.flatMap(({ verdicts }) => verdicts[question] ?? []);
      const yes = verdicts.filter((verdict) => verdict.yes).length;
      const isTrusted = questions.find((one) => one.question === question)?.isTrusted ?? false;
      if (!isTrusted)
        return `  ${question.padEnd(10)} not shown as a score until kappa ≥ ${TRUSTED.kappa} on ≥ ${TRUSTED.labels} labels that a person stands by`;
      const interval = wilsonInterval(yes, verdicts.length);
      const between = interval === null ? '' : ` (95 %: ${percent(interval.low)} to ${percent(interval.high)})`;
      return `  ${question.padEnd(10)} yes ${yes} of ${verdicts.length}${between}`;
    }),
    ...judged.flatMap(({ trialId, judgement }) =>
      judgement.judged ? [] : [`  not judged: ${trialId}: ${judgement.why}`],
    ),
    ...(usd.length > 0 ? [`  cost: ${usd.reduce((sum, cost) => sum + cost, 0).toFixed(4)} USD`] : []),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(5);
}
