import { brokenGates, isRight } from '../report/is-right.ts';
import type { ScoredTrial, SuiteResult } from '../report/suite-result.ts';
import type { BaselineDifference } from './compare-with-baseline.ts';
import { isDeterministic } from './deterministic.ts';

/** Why a change may not land. */
export type FaultKind = 'hard_gate' | 'crashed' | 'always' | 'worse' | 'gone' | 'not_run' | 'nothing_ran';

export interface GateFault {
  kind: FaultKind;
  /** The trial or the ask; null of what is no single one. */
  id: string | null;
  why: string;
}

/** Whether a change may land, and everything that speaks against it. */
export interface GateVerdict {
  passed: boolean;
  faults: readonly GateFault[];
  /** Wrong in scenarios that are `usually` right: told, blocks nothing. */
  tolerated: readonly { id: string; why: string; because: string | null }[];
  /** Asks of `always` scenarios, and how many of them are right: what the gate rests on. */
  always: { right: number; of: number };
}

/**
 * Holds a run to its gates. A broken hard gate blocks in every variant and scenario. In deterministic variants also: a crash, a wrong
 * answer in an `always` scenario, whatever is worse than the baseline or gone from it, and what was not run, since nothing there can be
 * down. A model's answers are compared by intervals, never blocked by one flip. A run of nothing does not pass.
 */
export function judgeGates(result: SuiteResult, difference: BaselineDifference): GateVerdict {
  const faults: GateFault[] = result.scored.flatMap((scored) => faultsOf(scored, result));
  for (const { kind, askId, variant, says } of difference.cases) {
    if (kind === 'worse' || kind === 'gone') faults.push({ kind, id: `${askId} ${variant}`, why: says.join('; ') });
  }
  for (const name of difference.scorersGone) {
    faults.push({ kind: 'gone', id: null, why: `the scorer ${name} is in the baseline and was not asked` });
  }
  if (!result.scored.some(({ trial }) => trial.status !== 'not_run')) {
    faults.push({ kind: 'nothing_ran', id: null, why: 'no trial was made: nothing was looked at' });
  }
  const always = result.scored.filter((scored) => scored.gate === 'always' && isDeterministic(scored) && ran(scored));
  return {
    passed: faults.length === 0,
    faults,
    tolerated: result.scored.filter(isDeterministic).flatMap((scored) => {
      if (scored.gate === 'always' || isRight(scored, result.decidedBy) !== false) return [];
      return [{ id: scored.trial.id, why: whyWrong(scored, result), because: scored.gateBecause }];
    }),
    always: { right: always.filter((scored) => isRight(scored, result.decidedBy)).length, of: always.length },
  };
}

const ran = ({ trial }: ScoredTrial) => trial.status !== 'not_run';

function faultsOf(scored: ScoredTrial, result: SuiteResult): GateFault[] {
  const { id, status, why } = scored.trial;
  const faults: GateFault[] = brokenGates(scored, result.scorers).map((name) => ({
    kind: 'hard_gate',
    id,
    why: `${name}: ${scored.scores.find(({ scorer }) => scorer === name)?.detail || 'broken'}`,
  }));
  if (!isDeterministic(scored)) return faults;
  if (status === 'not_run') return [...faults, { kind: 'not_run', id, why: why ?? 'nobody said why' }];
  if (status === 'crashed') return [...faults, { kind: 'crashed', id, why: why ?? 'nobody said why' }];
  if (scored.gate === 'always' && !isRight(scored, result.decidedBy)) {
    faults.push({ kind: 'always', id, why: whyWrong(scored, result) });
  }
  return faults;
}

/** What the deciding scorers say. */
function whyWrong({ trial, scores }: ScoredTrial, { decidedBy }: SuiteResult): string {
  if (trial.status === 'crashed') return `crashed: ${trial.why ?? 'nobody said why'}`;
  const said = scores.filter(({ scorer, value }) => decidedBy.includes(scorer) && value !== null && value < 1);
  return said.map(({ scorer, detail }) => `${scorer}: ${detail}`).join('; ') || 'no deciding scorer speaks of it';
}
