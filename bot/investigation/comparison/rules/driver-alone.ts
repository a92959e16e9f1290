import type { Bilingual } from '../../../../knowledge/bilingual.ts';
import type { Finding } from '../../../../tools/evidence/finding.ts';
import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import type { ComparedRuns, RunComparison } from '../run-comparison.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters, topAccount } from './comparison-rule.ts';
import { programChanges, programValues, told } from './program-changes.ts';

/**
 * For longer than usual only the driver works while the executors idle: rows were brought to it, or the program does alone
 * what executors could do. Told by the longest time without any job and by the job before it, or by how much longer than
 * usual it took to the first job (what the program does there, waiting for its upstream or listing files, the log does not tell).
 */
export const driverAlone: ComparisonRule = {
  id: 'comparison/driver-alone',
  codes: ['code.inefficient_plan'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const finding = longerAlone(comparison, runs);
    return finding ? [finding] : [];
  },
};

function longerAlone(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const grown = grownMs(comparison, 'driver');
  if (!matters(comparison, grown) || topAccount(comparison) !== 'driver') return null;
  const gap = longer(longestGap(runs.slow.run, runs.slow.ledger.to), laterStart(runs));
  if (!gap || gap.ms < grown * 0.3) return null;
  const changed = programChanges(comparison);
  const driverSetting = comparison.changes.some(
    ({ what, name, worsens }) => what === 'setting' && worsens && /^spark\.driver\./.test(name),
  );
  if (driverSetting && changed.length === 0) return null;
  const [lost, longest] = [duration(grown), duration(gap.ms)];
  const after = whereOf(gap);
  const collects = gap.collects || changed.length > 0;
  return comparisonFinding(comparison, runs, {
    rule: driverAlone.id,
    kind: collects ? 'observed' : 'inferred',
    code: 'code.inefficient_plan',
    en: `For ${lost.en} more than usual only the driver worked while the executors idled; the longest such time is ${longest.en}${after.en}${told(changed).en}`,
    zh: `只有驱动程序在工作、执行器空闲的时间比平时多 ${lost.zh}；最长一段为 ${longest.zh}${after.zh}${told(changed).zh}`,
    evidence: [...gap.evidence, ...changed.slice(0, 1).flatMap(({ evidence }) => [...evidence])],
    explainsMs: grown,
    values: { driverGrewMs: grown, longestGapMs: gap.ms, after: gap.after ?? null, ...programValues(changed) },
  });
}

/** Descriptions of jobs that bring rows to the driver (call sites of Scala, Java and Python APIs). */
const COLLECTS = /\b(?:collect\w*|toPandas|toLocalIterator|take\w*|head|show|first|treeReduce|reduce|foreach)\b/i;

interface Gap {
  ms: number;
  /** The job before it; `undefined`: it is the time before the first job. */
  after: string | null | undefined;
  collects: boolean;
  evidence: ReturnType<typeof spoken>;
}

function longer(a: Gap | null, b: Gap | null): Gap | null {
  return a && b ? (b.ms > a.ms ? b : a) : (a ?? b);
}

function whereOf({ after }: Gap): Bilingual {
  if (after === undefined)
    return { en: ' longer than usual before the first job', zh: '，在第一个作业之前，比平时多出' };
  return after ? { en: ` after "${after}"`, zh: `，发生在“${after}”之后` } : { en: '', zh: '' };
}

/** How much longer than usual the driver took from the first executor to its first job. */
function laterStart({ slow, reference }: ComparedRuns): Gap | null {
  const now = toFirstJob(slow.run);
  const usual = toFirstJob(reference.run);
  const [first] = slow.run.jobs;
  if (now === null || usual === null || !first || now - usual <= 0) return null;
  return {
    ms: now - usual,
    after: undefined,
    collects: false,
    evidence: [
      ...spoken(slow.run.application.quotes.start, slow.run.application.startedAt),
      ...spoken(first.quotes.start, first.submittedAt),
    ],
  };
}

/** Milliseconds from the start, or the first executor, to the first job; `null` when the log does not tell. */
function toFirstJob(run: SparkRun): number | null {
  const first = run.jobs.reduce((at, job) => Math.min(at, job.submittedAt ?? at), Number.POSITIVE_INFINITY);
  const executor = run.executors.reduce(
    (at, { id, addedAt }) => (id === 'driver' ? at : Math.min(at, addedAt ?? at)),
    Number.POSITIVE_INFINITY,
  );
  const started = run.application.startedAt;
  const ready = Math.max(Number.isFinite(executor) ? executor : (started ?? Number.NaN), started ?? 0);
  return Number.isFinite(first - ready) ? Math.max(0, first - ready) : null;
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
