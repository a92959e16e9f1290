import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';

/** Words of a job's name that would tell a cause: those of the codes, and what people call them. */
const TELLING = new Set([
  ...CAUSE_CODES.flatMap((code) => code.split(/[._]/)).filter((word) => word.length > 3),
  ...['oom', 'skewed', 'spill', 'broken', 'failing', 'failed', 'slow', 'crash', 'leak', 'full', 'bad', 'gc', 'heap'],
]);
const MOST_WORDS = 4;

/**
 * The id of a candidate, `case-<of the case>-<job>`: the same for the same case, and without a word that tells a cause.
 *
 * @param job as people call it; null: nobody named it
 */
export function neutralId(caseId: string, job: string | null): string {
  const words = (job ?? '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'somebody' && !/^\d{6,}$/.test(word) && !TELLING.has(word));
  const of = caseId.replace(/^case_/, '');
  return ['case', of, ...(words.length > 0 ? words.slice(0, MOST_WORDS) : ['job'])].join('-');
}
