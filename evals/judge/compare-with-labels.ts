import { type Agreement, cohenKappa, type PairOfVerdicts } from '../statistics/cohen-kappa.ts';
import type { Judgement } from './judge-answer.ts';
import { JUDGE_QUESTION_NAMES, type JudgeQuestion } from './judge-questions.ts';
import type { Labels } from './read-labels.ts';

/** One answer that was put to the judge. */
export interface JudgedTrial {
  trialId: string;
  askId: string;
  /** Hash of the answer's text. */
  answer: string;
  judgement: Judgement;
}

/** How far the judge agrees with the labels: of one question, or of all together. */
export interface QuestionAgreement {
  question: JudgeQuestion | 'all';
  /** The first is the label, the second the judge; null: nothing to compare. */
  agreement: Agreement | null;
  /** Whether the judge's share of yes may be called a score. */
  isTrusted: boolean;
}

/** The labels held against what the judge said. */
export interface LabelComparison {
  questions: readonly QuestionAgreement[];
  /** Labels of answers that are not what they were, or that were not put: they count nothing until somebody reads the answer again. */
  dropped: readonly { ask: string; why: 'the answer has changed' | 'not asked in this run' | 'not judged' }[];
}

/** Below either, or with labels that no person stands by, a judge's opinion is no score (Landis and Koch, Biometrics 33, 1977, call 0.61 and more substantial). */
export const TRUSTED = { kappa: 0.6, labels: 50 } as const;

/** Compares the labels with the verdicts of the judge about the very same texts. */
export function compareWithLabels(
  { labels, confirmedBy }: Pick<Labels, 'labels' | 'confirmedBy'>,
  judged: readonly JudgedTrial[],
): LabelComparison {
  const dropped: LabelComparison['dropped'][number][] = [];
  const pairs: { question: JudgeQuestion; pair: PairOfVerdicts }[] = [];
  for (const { ask, answer, says } of labels) {
    const asked = judged.filter(({ askId }) => askId === ask);
    const same = asked.filter((trial) => trial.answer === answer);
    const trial = same.find(({ judgement }) => judgement.judged);
    if (trial === undefined || !trial.judgement.judged) {
      const changed = asked.length === 0 ? 'not asked in this run' : 'the answer has changed';
      dropped.push({ ask, why: same.length > 0 ? 'not judged' : changed });
      continue;
    }
    for (const question of JUDGE_QUESTION_NAMES) {
      const label = says[question];
      const verdict = trial.judgement.verdicts[question];
      if (label && verdict) pairs.push({ question, pair: { first: label[0] === 'yes', second: verdict.yes } });
    }
  }
  const agreementOf = (question: JudgeQuestion | 'all'): QuestionAgreement => {
    const own = pairs.filter((one) => question === 'all' || one.question === question);
    const agreement = cohenKappa(own.map(({ pair }) => pair));
    // All together counts answers, not verdicts: those of one answer stand and fall together.
    const count = question === 'all' ? labels.length - dropped.length : own.length;
    const isTrusted = confirmedBy !== null && (agreement?.kappa ?? 0) >= TRUSTED.kappa && count >= TRUSTED.labels;
    return { question, agreement, isTrusted };
  };
  return { questions: [...JUDGE_QUESTION_NAMES, 'all' as const].map(agreementOf), dropped };
}
