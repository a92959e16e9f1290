import { settingOf as catalogueSetting } from '../../../knowledge/causes/settings.ts';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { settingEvidence } from '../../../tools/spark/measures/spark-evidence.ts';
import { settingOf, sparkAtLeast } from '../../../tools/spark/measures/spark-setting.ts';
import { MOVABLE_BY_SETTING, type MovableEntry, movableEntry } from './movable-accounts.ts';
import type { RunChange } from './run-comparison.ts';
import { isRunNoise } from './run-noise.ts';
import { quantityOf, sameValue } from './same-value.ts';

/** A change before it is weighed against the accounts. */
export type FoundChange = Omit<RunChange, 'explainsMs'>;

/**
 * Spark properties whose value the history never had: it differs from that of every baseline. `from` is the newest
 * baseline's. A key that is absent stands for the default; setting a default explicitly is no change.
 */
export function settingChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const newest = baselines[0];
  if (!newest) return [];
  const keys = new Set([...Object.keys(slow.environment.spark), ...Object.keys(newest.environment.spark)]);
  const changes: FoundChange[] = [];
  for (const key of [...keys].sort()) {
    if (isRunNoise(key) || baselines.some((base) => !differs(key, slow, base))) continue;
    const from = setValue(newest, key);
    const to = setValue(slow, key);
    changes.push(settingChange(key, from, to, slow, newest));
  }
  return changes;
}

function differs(key: string, slow: SparkRun, base: SparkRun): boolean {
  const a = setValue(slow, key) ?? defaultOf(key, slow);
  const b = setValue(base, key) ?? defaultOf(key, base);
  if (a === null || b === null) return a !== b;
  return !sameValue(key, a, b);
}

/** A value as set; an empty one sets nothing (`spark.submit.pyFiles=` of every PySpark submission, an empty list of jars). */
function setValue(run: SparkRun, key: string): string | null {
  const value = settingOf(run, key);
  return value === null || value.trim() === '' ? null : value;
}

/** What Spark takes when the key is absent, where the catalogue knows it; by version where it changed. */
function defaultOf(key: string, run: SparkRun): string | null {
  if (key === 'spark.sql.adaptive.enabled') return String(sparkAtLeast(run, 3, 2));
  if (key === 'spark.speculation.multiplier') return sparkAtLeast(run, 4, 0) ? '3' : '1.5';
  if (key === 'spark.speculation.quantile') return sparkAtLeast(run, 4, 0) ? '0.9' : '0.75';
  if (key === 'spark.sql.ansi.enabled') return String(sparkAtLeast(run, 4, 0));
  return DEFAULTS[key] ?? catalogueSetting(key)?.default ?? null;
}

/** Defaults of docs/configuration.md that the catalogue does not list; the same from 2.x to 4.0. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'spark.speculation': 'false',
  'spark.dynamicAllocation.enabled': 'false',
  'spark.dynamicAllocation.minExecutors': '0',
  'spark.dynamicAllocation.executorIdleTimeout': '60s',
  'spark.dynamicAllocation.schedulerBacklogTimeout': '1s',
  'spark.shuffle.service.enabled': 'false',
  'spark.task.cpus': '1',
  'spark.locality.wait': '3s',
  'spark.executor.memory': '1g',
  'spark.driver.memory': '1g',
  'spark.memory.fraction': '0.6',
  'spark.memory.storageFraction': '0.5',
  'spark.io.compression.codec': 'lz4',
  'spark.shuffle.compress': 'true',
  'spark.shuffle.spill.compress': 'true',
  'spark.rdd.compress': 'false',
  'spark.sql.autoBroadcastJoinThreshold': '10485760b',
  'spark.sql.shuffle.partitions': '200',
};

function settingChange(
  key: string,
  from: string | null,
  to: string | null,
  slow: SparkRun,
  base: SparkRun,
): FoundChange {
  const entry = movableEntry(MOVABLE_BY_SETTING, key);
  const before = from ?? defaultOf(key, base);
  const after = to ?? defaultOf(key, slow);
  return {
    what: 'setting',
    name: key,
    from: shown(key, from, before),
    to: shown(key, to, after),
    ratio: ratioOf(key, before, after),
    moves: entry?.accounts ?? [],
    because: entry?.because ?? UNKNOWN_EFFECT,
    worsens: entry !== null && worsens(entry, key, before, after),
    evidence: [...settingEvidence(slow, key), ...settingEvidence(base, key)],
  };
}

const UNKNOWN_EFFECT = { en: 'Not known to cost time', zh: '未知其是否影响耗时' };

/** The value as set; `default (…)` where the key is absent and the default is known. */
function shown(key: string, set: string | null, effective: string | null): string | null {
  if (set !== null) return maskSecrets(`${key}=${set}`).slice(key.length + 1);
  return effective === null ? null : `default (${effective})`;
}

function ratioOf(key: string, from: string | null, to: string | null): number | null {
  const before = from === null ? null : quantityOf(key, from);
  const after = to === null ? null : quantityOf(key, to);
  return before !== null && after !== null && before > 0 ? after / before : null;
}

/** Whether the change goes in the direction that makes a run slower; unknown values and directions can. */
export function worsens(entry: MovableEntry, key: string, from: string | null, to: string | null): boolean {
  const before = from === null ? null : quantityOf(key, from);
  const after = to === null ? null : quantityOf(key, to);
  if (entry.slowerWhen === undefined || before === null || after === null) return true;
  return entry.slowerWhen === 'less' || entry.slowerWhen === 'off' ? after < before : after > before;
}
