import type { Finding } from '../../../../tools/evidence/finding.ts';
import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import { PARTITION_FILTERS } from '../input-changes.ts';
import type { ComparedRuns, RunChange, RunComparison } from '../run-comparison.ts';
import { hostOfGrowth } from '../slow-host.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { accountName } from './account-name.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters, topAccount } from './comparison-rule.ts';
import { programChanges, programValues, told } from './program-changes.ts';
import { stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * The plan does the same work in a worse way than before: rows go through Python, every row meets every other, a join is no
 * longer broadcast, a cache is gone, a relation is no longer read by the partitions that are needed.
 */
export const worsePlan: ComparisonRule = {
  id: 'comparison/worse-plan',
  codes: ['code.inefficient_plan'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const finding = worseNodes(comparison, runs);
    return finding ? [finding] : [];
  },
};

/** Nodes whose appearance (or, for caches and broadcasts, disappearance) makes the same rows cost more. */
const WORSE_WHEN_MORE =
  /^(?:BatchEvalPython|ArrowEvalPython|MapInPandas|PythonMapInArrow|MapInArrow|FlatMap\w*InPandas|AggregateInPandas|WindowInPandas|\w*PythonUDTF|CartesianProduct|BroadcastNestedLoopJoin|SortMergeJoin|ShuffledHashJoin|Generate|Expand)\b/;
const WORSE_WHEN_GONE = /^(?:BroadcastHashJoin|InMemoryTableScan|InMemoryRelation)\b/;

/** Whether a setting, not the program, made the plan another one. */
function bySetting(comparison: RunComparison): boolean {
  return comparison.changes.some(({ what, name, worsens, explainsMs }) => {
    return what === 'setting' && worsens && name.startsWith('spark.sql.') && matters(comparison, explainsMs);
  });
}

/** A join that changed by itself (statistics, sizes) while an input grew is the input's doing. */
function byInput(comparison: RunComparison, nodes: readonly RunChange[]): boolean {
  const joinsOnly = nodes.every(({ name }) => /(?:Join|Exchange)$/.test(name));
  const grew = comparison.changes.some(
    ({ what, ratio }) => what === 'input' && (ratio ?? 0) >= COMPARISON_THRESHOLDS.inputGrew,
  );
  return joinsOnly && grew && programChanges(comparison).length === 0;
}

function isWorse({ what, name, from, to }: RunChange): boolean {
  if (what !== 'plan') return false;
  if (name.endsWith(PARTITION_FILTERS)) return true;
  return (
    (WORSE_WHEN_MORE.test(name) && Number(to) > Number(from)) ||
    (WORSE_WHEN_GONE.test(name) && Number(to) < Number(from))
  );
}

function worseNodes(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const nodes = comparison.changes.filter(isWorse);
  const top = topAccount(comparison);
  const worst = nodes.find(({ moves }) => top !== null && moves.includes(top));
  if (!worst || top === null || hostOfGrowth(comparison, runs, top) !== null) return null;
  if (!matters(comparison, worst.explainsMs)) return null;
  const changed = programChanges(comparison);
  const named = nodes.map(({ name, from, to }) => `${name} ${from} → ${to}`).join(', ');
  const stage = stageOfGrowth(comparison, top);
  const lost = duration(worst.explainsMs);
  const elsewhere = bySetting(comparison) || byInput(comparison, nodes);
  return comparisonFinding(comparison, runs, {
    rule: worsePlan.id,
    kind: elsewhere ? 'inferred' : 'observed',
    code: 'code.inefficient_plan',
    en: `The plan of the run differs from the usual one: ${named}. ${worst.because.en}; that costs up to ${lost.en}, mostly ${accountName(top).en}${told(changed).en}`,
    zh: `本次的执行计划与平时不同：${named}。${worst.because.zh}；最多多用 ${lost.zh}，主要是${accountName(top).zh}${told(changed).zh}`,
    evidence: [
      ...nodes.slice(0, 3).flatMap(({ evidence }) => [...evidence]),
      ...changed.slice(0, 1).flatMap(({ evidence }) => [...evidence]),
      ...(stage ? stageLines(runs, stage, 'runMs') : []),
    ],
    explainsMs: worst.explainsMs * (elsewhere ? 0.8 : 1),
    values: { nodes: named, account: top, ...programValues(changed) },
  });
}
