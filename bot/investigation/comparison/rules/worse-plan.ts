import type { Finding } from '../../../../tools/evidence/finding.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { duration } from '../../../../tools/spark/measures/figures.ts';
import { spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import type { ComparedRuns, RunChange, RunComparison } from '../run-comparison.ts';
import { hostOfGrowth } from '../slow-host.ts';
import { accountName } from './account-name.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters, topAccount } from './comparison-rule.ts';
import { stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * The program does the same work in a worse way than before: rows go through Python, every row meets every other, a join
 * is no longer broadcast, a cache is gone, or rows are collected and the driver works on them alone.
 */
export const worsePlan: ComparisonRule = {
  id: 'comparison/worse-plan',
  codes: ['code.inefficient_plan'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const found = [driverAlone(comparison, runs), worseNodes(comparison, runs)].flatMap((finding) => finding ?? []);
    return found.sort((a, b) => b.weight - a.weight).slice(0, 1);
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

function worseNodes(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const nodes = comparison.changes.filter(
    ({ what, name, from, to }) =>
      what === 'plan' &&
      ((WORSE_WHEN_MORE.test(name) && Number(to) > Number(from)) ||
        (WORSE_WHEN_GONE.test(name) && Number(to) < Number(from))),
  );
  const [worst] = nodes;
  const top = topAccount(comparison);
  if (!worst || top === null || !worst.moves.includes(top) || hostOfGrowth(comparison, runs, top) !== null) return null;
  if (!matters(comparison, worst.explainsMs)) return null;
  const changed = programChanges(comparison);
  const named = nodes.map(({ name, from, to }) => `${name} ${from} → ${to}`).join(', ');
  const stage = stageOfGrowth(comparison, top);
  const lost = duration(worst.explainsMs);
  return comparisonFinding(comparison, runs, {
    rule: worsePlan.id,
    kind: bySetting(comparison) ? 'inferred' : 'observed',
    code: 'code.inefficient_plan',
    en: `The plan of the run differs from the usual one: ${named}. ${worst.because.en}; that costs up to ${lost.en}, mostly ${accountName(top).en}${told(changed).en}`,
    zh: `本次的执行计划与平时不同：${named}。${worst.because.zh}；最多多用 ${lost.zh}，主要是${accountName(top).zh}${told(changed).zh}`,
    evidence: [
      ...nodes.slice(0, 3).flatMap(({ evidence }) => [...evidence]),
      ...changed.slice(0, 1).flatMap(({ evidence }) => [...evidence]),
      ...(stage ? stageLines(runs, stage, 'runMs') : []),
    ],
    explainsMs: worst.explainsMs * (bySetting(comparison) ? 0.8 : 1),
    values: { nodes: named, account: top, ...programValues(changed) },
  });
}

/** Only the driver works, after rows were brought to it. */
function driverAlone(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const grown = grownMs(comparison, 'driver');
  if (!matters(comparison, grown) || topAccount(comparison) !== 'driver') return null;
  const gap = longestGap(runs.slow.run, runs.slow.ledger.to);
  if (!gap || gap.ms < grown * 0.3) return null;
  const changed = programChanges(comparison);
  const driverSetting = comparison.changes.some(
    ({ what, name, worsens }) => what === 'setting' && worsens && /^spark\.driver\./.test(name),
  );
  if (driverSetting && changed.length === 0) return null;
  const [lost, longest] = [duration(grown), duration(gap.ms)];
  const after = gap.after ? { en: ` after "${gap.after}"`, zh: `，发生在“${gap.after}”之后` } : { en: '', zh: '' };
  const collects = gap.collects || changed.length > 0;
  return comparisonFinding(comparison, runs, {
    rule: worsePlan.id,
    kind: collects ? 'observed' : 'inferred',
    code: 'code.inefficient_plan',
    en: `For ${lost.en} more than usual only the driver worked while the executors idled; the longest such time is ${longest.en}${after.en}${told(changed).en}`,
    zh: `只有驱动程序在工作、执行器空闲的时间比平时多 ${lost.zh}；最长一段为 ${longest.zh}${after.zh}${told(changed).zh}`,
    evidence: [...gap.evidence, ...changed.slice(0, 1).flatMap(({ evidence }) => [...evidence])],
    explainsMs: grown,
    values: { driverGrewMs: grown, longestGapMs: gap.ms, after: gap.after, ...programValues(changed) },
  });
}

function programChanges(comparison: RunComparison): RunChange[] {
  return comparison.changes.filter(({ what }) => what === 'code');
}

function told(changed: readonly RunChange[]): { en: string; zh: string } {
  const [first] = changed;
  if (!first) return { en: '', zh: '' };
  const values = `${first.name}: ${first.from ?? '–'} → ${first.to ?? '–'}`;
  return { en: `; the program changed: ${values}`, zh: `；程序有变化：${values}` };
}

function programValues(changed: readonly RunChange[]): Record<string, string | null> {
  const [first] = changed;
  return first ? { changed: first.name, from: first.from, to: first.to } : {};
}

/** Descriptions of jobs that bring rows to the driver (call sites of Scala, Java and Python APIs). */
const COLLECTS = /\b(?:collect\w*|toPandas|toLocalIterator|take\w*|head|show|first|treeReduce|reduce|foreach)\b/i;

interface Gap {
  ms: number;
  after: string | null;
  collects: boolean;
  evidence: ReturnType<typeof spoken>;
}

/** The longest time without any job after the first one, and the job before it. */
function longestGap(run: SparkRun, to: number): Gap | null {
  const jobs = run.jobs
    .filter((job) => job.submittedAt !== null)
    .sort((a, b) => (a.submittedAt ?? 0) - (b.submittedAt ?? 0));
  let best: Gap | null = null;
  let busyUntil = jobs[0]?.submittedAt ?? 0;
  let before = jobs[0] ?? null;
  for (const job of [...jobs, null]) {
    const next = job?.submittedAt ?? to;
    if (before && next - busyUntil > (best?.ms ?? 0)) {
      best = {
        ms: next - busyUntil,
        after: before.description,
        collects: COLLECTS.test(before.description ?? ''),
        evidence: [
          ...spoken(before.quotes.end, before.endedAt),
          ...(job
            ? spoken(job.quotes.start, job.submittedAt)
            : spoken(run.application.quotes.end, run.application.endedAt)),
        ],
      };
    }
    if (job && (job.endedAt ?? to) >= busyUntil) [busyUntil, before] = [job.endedAt ?? to, job];
  }
  return best;
}
