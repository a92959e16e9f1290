import { duration } from '../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { spoken } from '../../../tools/spark/measures/spark-evidence.ts';
import { attemptEnds } from '../ledger/attempt-fates.ts';
import { executorSlots } from '../ledger/executor-slots.ts';
import { MOVABLE_BY_CAPACITY, MOVABLE_BY_ENVIRONMENT } from './movable-accounts.ts';
import type { LedgeredRun } from './run-comparison.ts';
import { medianOf } from './run-history.ts';
import type { FoundChange } from './setting-changes.ts';

/** Jars that one run alone has are told up to this number. */
const MAX_JARS = 20;

const OTHER_CODE = { en: 'Another version runs', zh: '运行的版本不同' };

/** Version of Spark and Java, master, jars on the class path: what none of the baselines had. */
export function environmentChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const newest = baselines[0];
  if (!newest) return [];
  const changes: FoundChange[] = [];
  const compare = (name: string, of: (run: SparkRun) => string | null) => {
    const to = of(slow);
    const before = baselines.map(of);
    if (to === null || before.some((value) => value === null || value === to)) return;
    changes.push(environmentChange(name, before[0] ?? null, to, slow, newest));
  };
  compare('Spark version', (run) => run.sparkVersion);
  compare('Java version', (run) => run.environment.system['java.version'] ?? null);
  compare(
    'Scala version',
    (run) => /version [\d.]{1,20}/.exec(run.environment.jvm['Scala Version'] ?? '')?.[0] ?? null,
  );
  compare('master', (run) => run.application.platform);
  return [...changes, ...jarChanges(slow, baselines)];
}

function environmentChange(
  name: string,
  from: string | null,
  to: string | null,
  slow: SparkRun,
  base: SparkRun,
): FoundChange {
  return {
    what: 'environment',
    name,
    from,
    to,
    ratio: null,
    moves: MOVABLE_BY_ENVIRONMENT,
    because: OTHER_CODE,
    worsens: true,
    evidence: [
      ...spoken(slow.environment.quote, slow.application.startedAt),
      ...spoken(base.environment.quote, base.application.startedAt),
    ],
  };
}

/** Libraries by name, with the versions each run has: `rz-udf` 1.4.2 → 1.5.0. */
function jarChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const now = jarVersions(slow);
  const before = baselines.map(jarVersions);
  if (now.size === 0 || before.some((jars) => jars.size === 0)) return [];
  const changes: FoundChange[] = [];
  for (const name of new Set([...now.keys(), ...(before[0]?.keys() ?? [])])) {
    const to = now.get(name) ?? null;
    if (before.some((jars) => (jars.get(name) ?? null) === to)) continue;
    changes.push(environmentChange(`jar ${name}`, before[0]?.get(name) ?? null, to, slow, baselines[0] as SparkRun));
    if (changes.length === MAX_JARS) break;
  }
  return changes;
}

function jarVersions(run: SparkRun): Map<string, string> {
  const jars = new Map<string, string>();
  for (const path of run.environment.classPathJars) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    const match = /^(.{1,200}?)-(\d[\w.+-]{0,60})\.jar$/.exec(file);
    if (match) jars.set(match[1] as string, match[2] as string);
    else if (file.endsWith('.jar')) jars.set(file, 'present');
  }
  return jars;
}

/** Capacity that differs by less than this is no change: executors come one by one. */
const CAPACITY_NOTICED = 0.2;
/** Executors that come this much later are a change. */
const LATER_MS = 5_000;

/** Task slots held (mean over the run), how many at most, and when the first executor came. */
export function capacityChanges(slow: LedgeredRun, baselines: readonly LedgeredRun[]): FoundChange[] {
  const now = capacityOf(slow);
  const before = baselines.map(capacityOf);
  if (before.length === 0) return [];
  const changes: FoundChange[] = [];
  for (const [name, of] of [
    ['slots on average', (capacity: Capacity) => capacity.meanSlots],
    ['slots at most', (capacity: Capacity) => capacity.mostSlots],
  ] as const) {
    const from = median(before.map(of));
    const ratio = from > 0 ? of(now) / from : null;
    if (ratio === null || Math.abs(ratio - 1) < CAPACITY_NOTICED) continue;
    changes.push(capacityChange(name, from.toFixed(1), of(now).toFixed(1), ratio, ratio < 1, slow, baselines));
  }
  const usual = median(before.map(({ firstAfterMs }) => firstAfterMs));
  if (now.firstAfterMs - usual >= LATER_MS) {
    const ratio = usual > 0 ? now.firstAfterMs / usual : null;
    const [from, to] = [duration(usual).en, duration(now.firstAfterMs).en];
    changes.push(capacityChange('first executor after', from, to, ratio, true, slow, baselines));
  }
  return changes;
}

interface Capacity {
  meanSlots: number;
  mostSlots: number;
  firstAfterMs: number;
}

function capacityOf({ run, ledger }: LedgeredRun): Capacity {
  const slots = executorSlots(run, attemptEnds(run, ledger.to).endedAt, ledger.to);
  const started = run.application.startedAt ?? ledger.from;
  const firstAt = slots.firstAt ?? started;
  const span = Math.max(1, ledger.to - firstAt);
  let slotMs = 0;
  const steps: [number, number][] = [];
  for (const life of slots.lives) {
    const until = Math.min(life.until, ledger.to);
    if (until <= life.from) continue;
    slotMs += (until - life.from) * life.slots;
    steps.push([life.from, life.slots], [until, -life.slots]);
  }
  steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let alive = 0;
  let mostSlots = 0;
  for (const [, by] of steps) {
    alive += by;
    mostSlots = Math.max(mostSlots, alive);
  }
  return { meanSlots: slotMs / span, mostSlots, firstAfterMs: Math.max(0, firstAt - started) };
}

function capacityChange(
  name: string,
  from: string,
  to: string,
  ratio: number | null,
  worsens: boolean,
  slow: LedgeredRun,
  baselines: readonly LedgeredRun[],
): FoundChange {
  const added = (run: SparkRun) => run.executors.find((executor) => executor.quotes.added);
  const base = baselines[0]?.run;
  return {
    what: 'capacity',
    name,
    from,
    to,
    ratio,
    moves: MOVABLE_BY_CAPACITY,
    because: { en: 'The same work has fewer slots, or waits for them', zh: '同样的工作可用的槽位更少，或需要等待' },
    worsens,
    evidence: [slow.run, ...(base ? [base] : [])].flatMap((run) => {
      const executor = added(run);
      return executor ? spoken(executor.quotes.added, executor.addedAt) : [];
    }),
  };
}

function median(values: readonly number[]): number {
  return medianOf([...values].sort((a, b) => a - b));
}
