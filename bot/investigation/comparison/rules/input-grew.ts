import { bytes, count, duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { keptTaskNear, taskEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { totalOf, workByHost } from '../host-work.ts';
import { PARTITION_FILTERS } from '../input-changes.ts';
import type { ComparedRuns, RunChange, RunComparison, StageChange } from '../run-comparison.ts';
import { hostOfGrowth } from '../slow-host.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters, topAccount } from './comparison-rule.ts';

/**
 * A relation holds more rows (or bytes) than usual and the stages that work on it take longer in proportion: the time for a
 * row is what it was. Where the time for a row rose as well and nothing else changed (a bigger sort spills), the input is
 * still where it began, but only suggested.
 */
export const inputGrew: ComparisonRule = {
  id: 'comparison/input-grew',
  codes: ['data.input_grew'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const grown = grownInput(comparison);
    if (!grown) return [];
    const more = comparison.stages.filter((stage) => (stage.workRatio ?? 0) >= COMPARISON_THRESHOLDS.inputGrew);
    const byWork = more.reduce((ms, stage) => ms + Math.min(stage.moreWorkMs, Math.max(0, stage.deltaMs)), 0);
    if (matters(comparison, byWork)) return [toFinding(grown, more, byWork, 'observed', comparison, runs)];
    const beyond = more.reduce(
      (ms, stage) => ms + Math.max(0, stage.deltaMs - stage.doneAgainMs - stage.lessCapacityMs),
      0,
    );
    const elsewhere = comparison.changes.some(
      ({ what, explainsMs }) => (what === 'setting' || what === 'code') && matters(comparison, explainsMs),
    );
    const top = topAccount(comparison);
    const oneHost = top !== null && hostOfGrowth(comparison, runs, top) !== null;
    if (elsewhere || oneHost) return [];
    // A side that outgrew the broadcast threshold makes the plan another one without anybody's change.
    const replanned = comparison.changes.find(
      ({ what, name, worsens }) => what === 'plan' && worsens && /Join$/.test(name),
    );
    const explainsMs = Math.max(beyond, replanned?.explainsMs ?? 0);
    if (!matters(comparison, explainsMs)) return [];
    return [toFinding(grown, more, explainsMs, 'inferred', comparison, runs)];
  },
};

/** The relation that grew most: by rows, else by bytes. A relation in more files alone holds no more data. */
function grownInput(comparison: RunComparison): RunChange | null {
  const inputs = comparison.changes.filter(
    (change) => change.what === 'input' && (change.ratio ?? 0) >= COMPARISON_THRESHOLDS.inputGrew,
  );
  const asksForMore = new Set(
    comparison.changes.flatMap(({ name }) =>
      name.endsWith(PARTITION_FILTERS) ? [name.slice(0, -PARTITION_FILTERS.length)] : [],
    ),
  );
  const size = (change: RunChange) => Number(change.to) - Number(change.from);
  for (const measure of [/ rows$/, / bytes$/]) {
    const [most] = inputs
      .filter(({ name }) => measure.test(name) && !asksForMore.has(name.replace(measure, '')))
      .sort((a, b) => size(b) - size(a));
    if (most) return most;
  }
  return null;
}

function toFinding(
  grown: RunChange,
  stages: readonly StageChange[],
  explainsMs: number,
  kind: 'observed' | 'inferred',
  comparison: RunComparison,
  runs: ComparedRuns,
) {
  const [largest] = [...stages].sort((a, b) => b.deltaMs - a.deltaMs);
  const now = largest ? rate(runs.slow.run, largest.slowRows) : null;
  const before = largest ? rate(runs.reference.run, largest.baseRows) : null;
  const factor = (grown.ratio ?? 1).toFixed(1);
  const whole = explainsMs >= comparison.deltaMs * 0.9;
  const explains = duration(explainsMs);
  const all = duration(comparison.deltaMs);
  const rates = now !== null && before !== null ? `${before.toFixed(2)} → ${now.toFixed(2)} ms` : null;
  const same = now !== null && before !== null && now <= before * COMPARISON_THRESHOLDS.sameRate;
  const what = spokenInput(grown);
  return comparisonFinding(comparison, runs, {
    rule: inputGrew.id,
    kind,
    code: 'data.input_grew',
    en: `The input grew ${factor} times: ${what}. That explains ${whole ? `the ${all.en} the run is slower` : `${explains.en} of the ${all.en} the run is slower`}${rates ? `; the time for a row is ${rates}` : ''}`,
    zh: `输入是平时的 ${factor} 倍：${what}。这可以解释${whole ? `慢的 ${all.zh}` : `慢的 ${all.zh}中的 ${explains.zh}`}${rates ? `；每行耗时 ${rates}` : ''}`,
    evidence: [...grown.evidence, ...typicalTasks(runs, largest)],
    explainsMs: kind === 'observed' ? explainsMs : explainsMs * 0.85,
    values: {
      input: grown.name,
      from: Number(grown.from),
      to: Number(grown.to),
      ratio: grown.ratio,
      msPerRow: now,
      usualMsPerRow: before,
    },
    ...(same
      ? {
          refutes: [
            {
              code: 'kernel.cpu_contention' as const,
              why: { en: `The time for a row is as usual (${rates})`, zh: `每行耗时与平时相同（${rates}）` },
            },
          ],
        }
      : {}),
  });
}

/** Relation and figures as people say them: `ods.db/ad_click_log rows 400,000 → 1,240,000`. */
export function spokenInput(change: RunChange): string {
  const [, relation, measure] = /^(.*) (rows|bytes|files)$/s.exec(change.name) ?? [null, '', change.name];
  const parts = (relation ?? '')
    .split('/')
    .filter((part) => part !== '' && !part.includes('=') && !part.includes('<date>'));
  const name = parts.slice(-2).join('/') || relation;
  const figure = (text: string | null) => (measure?.includes('bytes') ? bytes(Number(text)) : count(Number(text)));
  return `${name} ${measure} ${figure(change.from)} → ${figure(change.to)}`.trim();
}

/** Run time for one row (byte, task) of a stage. */
function rate(run: SparkRun, rows: readonly number[]): number | null {
  const hosts = workByHost(run, rows);
  const work = totalOf(hosts, (host) => host.work);
  return work > 0 ? totalOf(hosts, (host) => host.runMs) / work : null;
}

function typicalTasks(runs: ComparedRuns, stage: StageChange | undefined) {
  if (!stage) return [];
  return [...typicalTask(runs.slow.run, stage.slowRows), ...typicalTask(runs.reference.run, stage.baseRows)];
}

function typicalTask(run: SparkRun, rows: readonly number[]) {
  const stage = run.stages[rows.at(-1) ?? -1];
  if (!stage) return [];
  return taskEvidence(keptTaskNear(run, stage, stage.runMs?.p50 ?? 0, (row) => run.tasks.runMs[row] ?? 0));
}
