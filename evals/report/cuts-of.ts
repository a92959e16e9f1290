import { clusteredShare } from '../statistics/clustered-share.ts';
import { groupOf } from './given-code.ts';
import { isRight } from './is-right.ts';
import type { ScoredTrial, SuiteResult } from './suite-result.ts';
import type { Cut, CutName } from './summary.ts';

/** Under which names a trial is counted: a trial with two causes counts under both. */
const NAMES: Readonly<Record<CutName, (scored: ScoredTrial) => readonly string[]>> = {
  tag: ({ tags }) => tags,
  group: ({ expected }) => [...new Set(expected.causes.map(groupOf))],
  code: ({ expected }) => expected.causes,
  form: ({ trial }) => [trial.form],
  language: ({ trial }) => [trial.language],
  behaviour: ({ expected }) => [expected.behaviour],
};

/** The trials cut by what they share, each cut by name. */
export function cutsOf(trials: readonly ScoredTrial[], result: SuiteResult): Readonly<Record<CutName, readonly Cut[]>> {
  const cut = (name: CutName): Cut[] => {
    const names = [...new Set(trials.flatMap(NAMES[name]))].sort();
    return names.map((one) => ({
      name: one,
      ...figures(
        trials.filter((scored) => NAMES[name](scored).includes(one)),
        result,
      ),
    }));
  };
  return {
    tag: cut('tag'),
    group: cut('group'),
    code: cut('code'),
    form: cut('form'),
    language: cut('language'),
    behaviour: cut('behaviour'),
  };
}

function figures(trials: readonly ScoredTrial[], { decidedBy, seed }: SuiteResult): Omit<Cut, 'name'> {
  const clusters = [...Map.groupBy(trials, ({ incident }) => incident).values()];
  return {
    incidents: clusters.length,
    right: clusteredShare(
      clusters.map((cluster) => cluster.flatMap((scored) => isRight(scored, decidedBy) ?? [])),
      seed,
    ),
    notRun: trials.filter(({ trial }) => trial.status === 'not_run').length,
  };
}
