import type { Finding } from '../../../../tools/evidence/finding.ts';
import type { ComparedRuns, RunComparison } from '../run-comparison.ts';
import type { ComparisonRule } from './comparison-rule.ts';
import { configChanged } from './config-changed.ts';
import { doneAgain } from './done-again.ts';
import { driverAlone } from './driver-alone.ts';
import { engineUpgraded } from './engine-upgraded.ts';
import { executorsReleased } from './executors-released.ts';
import { inputGrew } from './input-grew.ts';
import { longerQueue } from './longer-queue.ts';
import { moreCopies } from './more-copies.ts';
import { moreFetchWait } from './more-fetch-wait.ts';
import { moreFiles } from './more-files.ts';
import { moreGc } from './more-gc.ts';
import { moreSpill } from './more-spill.ts';
import { newSkew } from './new-skew.ts';
import { otherPartitions } from './other-partitions.ts';
import { readAgain } from './read-again.ts';
import { rowsMultiplied } from './rows-multiplied.ts';
import { slowDisk } from './slow-disk.ts';
import { starvedHost } from './starved-host.ts';
import { withinHistory } from './within-history.ts';
import { worsePlan } from './worse-plan.ts';

/**
 * Every rule about two runs, in the order of precedence among those that are true at once (`causes.md`): the change that
 * made it before its effect; what names a mechanism of its own before the general change.
 */
export const COMPARISON_RULES: readonly ComparisonRule[] = [
  withinHistory,
  executorsReleased,
  configChanged,
  inputGrew,
  moreFiles,
  worsePlan,
  driverAlone,
  readAgain,
  rowsMultiplied,
  newSkew,
  slowDisk,
  starvedHost,
  moreGc,
  moreSpill,
  moreFetchWait,
  moreCopies,
  longerQueue,
  otherPartitions,
  doneAgain,
  engineUpgraded,
];

/** A finding that explains this much less than another does not go before it, whatever their order. */
const CLEARLY_LESS = 0.5;

/** Every judgement about the comparison: what is shown before what is suggested, causes before symptoms; the first being what explains the slow-down best. Pure. */
export function judgeComparison(comparison: RunComparison, runs: ComparedRuns): Finding[] {
  const found = COMPARISON_RULES.flatMap((rule, precedence) =>
    rule.apply(comparison, runs).map((finding) => ({ finding, precedence })),
  ).filter(({ finding }) => !/\b(?:NaN|Infinity|undefined)\b/.test(finding.statement.en));
  const heaviest = Math.max(0, ...found.map(({ finding }) => finding.weight));
  const light = ({ finding }: (typeof found)[number]) => (finding.weight < heaviest * CLEARLY_LESS ? 1 : 0);
  const suggested = ({ finding }: (typeof found)[number]) =>
    finding.code === null ? 2 : finding.kind === 'inferred' ? 1 : 0;
  found.sort(
    (a, b) =>
      light(a) - light(b) ||
      suggested(a) - suggested(b) ||
      a.precedence - b.precedence ||
      b.finding.weight - a.finding.weight,
  );
  return found.map(({ finding }) => finding);
}
