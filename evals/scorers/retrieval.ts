import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { scorerOf } from './scorer-of.ts';

/** Whether the runbook of a true cause is among what is cited, and how far in front. */
export const RETRIEVAL = scorerOf({
  name: 'retrieval',
  measures: '1 through the rank at which a runbook of a true cause is cited; 0: it is not',
  expects: (expected) => expected.behaviour === 'answer' && runbooksOf(expected.causes).size > 0,
  judge: ({ diagnosis, expected }) => {
    const wanted = runbooksOf([...expected.causes, ...expected.alsoRight]);
    const cited = citedRunbooks(diagnosis);
    const rank = cited.findIndex((runbook) => wanted.has(runbook)) + 1;
    return {
      value: rank === 0 ? 0 : 1 / rank,
      detail: `${[...wanted].join(' or ')} ${rank === 0 ? 'is not cited' : `stands at ${rank}`}: ${cited.join(', ') || 'nothing'}`,
      figures: { rank },
    };
  },
});

function runbooksOf(codes: readonly Parameters<typeof causeOf>[0][]): ReadonlySet<string> {
  return new Set(codes.flatMap((code) => causeOf(code).runbook ?? []));
}

/** Each once, as a reader comes upon them: behind the remedies, then among the passages. */
function citedRunbooks({ rootCauses, passages }: Diagnosis): string[] {
  const behind = rootCauses.flatMap(({ remediations }) =>
    remediations.flatMap(({ runbook }) => runbook?.split('#')[0] ?? []),
  );
  return [...new Set([...behind, ...passages.map(({ runbook }) => runbook)])];
}
