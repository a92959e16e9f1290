import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, percent } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, segmentsOfStage } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { planNodeEvidence, stageEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * A scan reads nearly everything in vain: the filter right above it throws almost all rows away, and nothing of it was
 * pushed into the scan (no partition filter, no pushed filter), as happens with a function or cast around the column.
 */
export const unfilteredScan: Rule<SparkRun> = {
  id: 'spark/unfiltered-scan',
  area: 'spark',
  codes: ['code.inefficient_plan'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(
      found.filter((finding) => finding !== null),
      SPARK_THRESHOLDS.filterMinWeight,
    );
  },
};

/** A filter and the file scan below it. */
interface FilteredScan {
  sql: SqlExecutionFacts;
  filter: PlanNode;
  scan: PlanNode;
  read: number;
  kept: number;
}

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const hit = filteredScan(run, stage);
  if (!hit) return null;
  const wall = wallOf(run, succeededRows(run, index), (row) => durationOf(run, row)) * (1 - hit.kept / hit.read);
  const weight = weightOf(clock, wall);
  if (weight === 0) return null;
  const name = `${stage.stageId}.${stage.attempt}`;
  const time = duration(wall);
  const [read, kept, share] = [count(hit.read), count(hit.kept), percent(hit.kept / hit.read)];
  const size = bytes(stage.inputBytes?.sum ?? 0);
  return sparkFinding(run, {
    rule: unfilteredScan.id,
    kind: 'inferred',
    code: 'code.inefficient_plan',
    symptom: 'slow',
    en: `Stage ${name} reads ${read} rows (${size}) and keeps ${kept} (${share}): the filter reached neither the partitions nor the files; about ${time.en} of the run`,
    zh: `阶段 ${name} 读了 ${read} 行（${size}）只留下 ${kept} 行（${share}）：过滤条件既没有用于分区裁剪，也没有下推到文件；约占运行 ${time.zh}`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...planNodeEvidence(hit.sql, hit.scan),
      ...planNodeEvidence(hit.sql, hit.filter),
      ...stageEvidence(stage),
    ],
    weight,
    values: { savedMs: wall, rowsRead: hit.read, rowsKept: hit.kept, inputBytes: stage.inputBytes?.sum },
  });
}

function filteredScan(run: SparkRun, stage: StageFacts): FilteredScan | null {
  for (const { sql, nodes } of segmentsOfStage(run, stage)) {
    const scans = nodes.filter(
      (node) => /^(?:File)?Scan /.test(node.name) && metricOf(node, 'number of output rows') !== null,
    );
    const filters = nodes.filter((node) => node.name === 'Filter');
    const [scan] = scans;
    const [filter] = filters;
    if (scans.length !== 1 || filters.length !== 1 || !scan || !filter || pushed(scan)) continue;
    const [read, kept] = [metricOf(scan, 'number of output rows') ?? 0, metricOf(filter, 'number of output rows') ?? 0];
    if (read > 0 && kept <= read * SPARK_THRESHOLDS.filterKeeps) return { sql, filter, scan, read, kept };
  }
  return null;
}

/** Whether the scan's own line names a filter it uses; a line that was cut before them cannot say, so it counts as yes. */
function pushed(scan: PlanNode): boolean {
  const partition = /PartitionFilters: \[([^\]]{0,400})/.exec(scan.description);
  const data = /PushedFilters: \[([^\]]{0,400})/.exec(scan.description);
  if (!data && !partition) return true;
  const usable = (text: string | undefined) =>
    (text ?? '').replace(/IsNotNull\([^)]{0,100}\)|isnotnull\([^)]{0,100}\)|[, ]/g, '') !== '';
  return usable(partition?.[1]) || usable(data?.[1]);
}
