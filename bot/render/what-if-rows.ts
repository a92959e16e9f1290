import { duration } from '../../tools/evidence/spoken-figures.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { inBrackets } from './headline.ts';
import { LABELS } from './labels.ts';

/** What the run would have taken without each culprit: `skew tail of stage 6: about 1 min 10 s instead of 3 min 3 s`. */
export function whatIfRows(diagnosis: Diagnosis): string[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const wall = diagnosis.ledger?.wallClockMs ?? 0;
  return diagnosis.whatIf.map(({ without, savedMs, modelErrorPct }) => {
    const left = duration(Math.max(0, wall - savedMs))[language];
    const error = inBrackets(`${words.modelError} ${modelErrorPct} %`, language);
    const between = language === 'zh' ? '，' : ' ';
    return `${without.replaceAll('_', ' ')}${words.colon}${words.about} ${left}${between}${words.insteadOf} ${duration(wall)[language]}${error}`;
  });
}
