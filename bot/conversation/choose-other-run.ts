import type { Bilingual } from '../../knowledge/bilingual.ts';
import { normaliseJobName } from '../investigation/comparison/normalise-job-name.ts';
import type { FirstLook } from '../investigation/first-look.ts';
import { namesOther } from '../investigation/others/pseudonyms.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import type { Candidate, SubjectChoice } from '../investigation/subject/candidate.ts';
import { listCandidates } from '../investigation/subject/list-candidates.ts';
import { withOneClock } from '../investigation/with-one-clock.ts';

/** Runs told where none fits. */
const MOST_TOLD = 5;

/**
 * Which run of the same job is meant by "and yesterday's?"; where none is, what is on record.
 *
 * @param called how the answer calls the job; null: by a name of the run
 */
export function chooseOtherRun(
  text: string,
  { subject, called }: { subject: SubjectChoice; called: string | null },
  seen: FirstLook,
  now: number,
): { run: Candidate } | { none: Bilingual; told: readonly Candidate[] } {
  if (subject.kind !== 'chosen')
    return {
      told: [],
      none: {
        en: 'The case so far is about no single run, so there is no other run of it: name the job.',
        zh: '目前的案例不是针对某一次运行，没有“另一次”：请说明是哪个作业。',
      },
    };
  const { candidate } = subject;
  const name = called ?? candidate.names.find((known) => known !== candidate.id) ?? candidate.id;
  const job = new Set(candidate.names.map(normaliseJobName));
  const others = listCandidates(seen.runs, withOneClock(seen).known, seen.logs)
    .filter(
      ({ id, names }) =>
        !namesOther(id) && id !== candidate.id && names.some((other) => job.has(normaliseJobName(other))),
    )
    .sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  const { window } = readQuestion(text, { now });
  const run = window
    ? others.find(({ startedAt }) => startedAt !== null && startedAt >= window.from && startedAt <= window.to)
    : (others.find(({ startedAt }) => (startedAt ?? 0) < (candidate.startedAt ?? Number.POSITIVE_INFINITY)) ??
      others[0]);
  if (run) return { run };
  const told = others.slice(0, MOST_TOLD).map(spoken).join('; ');
  const when: Bilingual = window
    ? { en: ` of that time (“${window.words}”)`, zh: `在所说时间（“${window.words}”）的` }
    : { en: ' but the one spoken of', zh: '除这一次以外的' };
  return {
    told: others.slice(0, MOST_TOLD),
    none: {
      en: `No run of ${name}${when.en} is on record here${told === '' ? '.' : `; what is: ${told}. Ask for one by its id.`}`,
      zh: `这里没有 ${name} ${when.zh}运行记录${told === '' ? '。' : `；有记录的是：${told}。可以用 id 指定。`}`,
    },
  };
}

function spoken({ id, startedAt, state }: Candidate): string {
  const at = startedAt === null ? '' : ` ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${id}${at} (${state})`;
}
