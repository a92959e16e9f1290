import type { Bilingual } from '../../knowledge/bilingual.ts';
import { settingOf } from '../../knowledge/causes/settings.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';

/** A value for a setting, computed from evidence. */
export interface Proposal {
  key: string;
  from: string | null;
  to: string;
  because: Bilingual;
  evidence: readonly Evidence[];
}

const MIB = 1 << 20;
/** What is measured at the moment of a kill is a lower bound; a quarter on top is dr-elephant's safety buffer as well. */
const HEADROOM = 1.25;
/** Steps in which memory is advised. */
const STEP_BYTES = 256 * MIB;

/** Codes whose cure is room beside the heap. */
const BESIDE_HEAP = new Set([
  'memory.container_physical_limit',
  'kernel.memcg_oom',
  'memory.offheap_direct',
  'memory.native_leak',
  'memory.python_worker',
]);

/**
 * Values for settings that follow from the finding at the root: those its rule computed (an entry of `values` under the
 * setting's own key), the setting that was changed, and memory sizes from what was used and what was allowed.
 *
 * @param settings the settings the run had
 */
export function proposeSettings(root: Finding, settings: Readonly<Record<string, string>>): Proposal[] {
  return [
    ...byRule(root, settings),
    ...changedBack(root),
    ...memoryBesideHeap(root, settings),
    ...largerHeap(root, settings),
  ].filter(
    (proposal, at, all) => all.findIndex((other) => other.key === proposal.key) === at && proposal.from !== proposal.to,
  );
}

/** What the setting does: the figures it was computed from stand in the cause itself. */
function purposeOf(key: string): Bilingual {
  return settingOf(key)?.meaning ?? { en: 'computed from the figures above', zh: '由上面的数字算出' };
}

function current(settings: Readonly<Record<string, string>>, key: string): string | null {
  if (Object.hasOwn(settings, key)) return settings[key] ?? null;
  return settingOf(key)?.default ?? null;
}

function byRule(root: Finding, settings: Readonly<Record<string, string>>): Proposal[] {
  return Object.entries(root.values).flatMap(([key, value]) =>
    settingOf(key)
      ? [{ key, from: current(settings, key), to: String(value), because: purposeOf(key), evidence: root.evidence }]
      : [],
  );
}

function changedBack(root: Finding): Proposal[] {
  const { setting, settingFrom, settingTo } = root.values;
  if (typeof setting !== 'string' || !settingOf(setting) || settingFrom === undefined) return [];
  return [
    {
      key: setting,
      from: settingTo === undefined ? null : String(settingTo),
      to: String(settingFrom),
      because: { en: 'the value of the usual runs', zh: '平时运行所用的值' },
      evidence: root.evidence,
    },
  ];
}

function memoryBesideHeap(root: Finding, settings: Readonly<Record<string, string>>): Proposal[] {
  if (root.code === null || !BESIDE_HEAP.has(root.code)) return [];
  const limitBytes = bytesOf(root, ['limitBytes', 'containerBytes']);
  const usedBytes = Math.max(
    bytesOf(root, ['usedBytes', 'peakBytes', 'usageBytes', 'processTreeBytes', 'rssBytes']),
    limitBytes,
  );
  if (limitBytes === 0 || usedBytes === 0) return [];
  const process = isDriver(root) ? 'driver' : 'executor';
  const heap = heapBytes(settings, `spark.${process}.memory`);
  if (heap === null) return [];
  const key = `spark.${process}.memoryOverhead`;
  const wantedBytes = Math.ceil((usedBytes * HEADROOM - heap) / STEP_BYTES) * STEP_BYTES;
  const hadBytes = Math.max(0, limitBytes - heap);
  if (wantedBytes <= hadBytes) return [];
  const used = formatMebibytes(usedBytes);
  const limit = formatMebibytes(limitBytes);
  return [
    {
      key,
      from: current(settings, key) ?? (hadBytes > 0 ? formatMebibytes(hadBytes) : null),
      to: formatMebibytes(Math.max(wantedBytes, 384 * MIB)),
      because: {
        en: `at least ${used} were used of ${limit}, the heap is ${formatMebibytes(heap)}; a quarter on top`,
        zh: `至少用了 ${used}，上限 ${limit}，堆为 ${formatMebibytes(heap)}；再留四分之一余量`,
      },
      evidence: root.evidence,
    },
  ];
}

/** Half as much again, as dr-elephant's branch for failed executors of up to 8 GB does. */
const HEAP_GROWTH = 1.5;

const HEAP_CODES: ReadonlySet<string | null> = new Set([
  'memory.executor_heap_oom',
  'memory.driver_heap_oom',
  'memory.gc_overhead',
]);

function largerHeap(root: Finding, settings: Readonly<Record<string, string>>): Proposal[] {
  if (!HEAP_CODES.has(root.code)) return [];
  const driver = root.code === 'memory.driver_heap_oom' || root.keys.executorId === 'driver';
  const key = driver ? 'spark.driver.memory' : 'spark.executor.memory';
  const heap = heapBytes(settings, key);
  if (heap === null) return [];
  const size = formatMebibytes(heap);
  return [
    {
      key,
      from: current(settings, key),
      to: formatMebibytes(Math.ceil((heap * HEAP_GROWTH) / STEP_BYTES) * STEP_BYTES),
      because:
        root.code === 'memory.gc_overhead'
          ? {
              en: `collecting a heap of ${size} took the time; half as much again`,
              zh: `时间耗在 ${size} 堆的回收上；先加一半`,
            }
          : {
              en: `a heap of ${size} was filled; half as much again, if the job cannot hold less at once`,
              zh: `${size} 的堆被占满；如果不能减少同时持有的数据，先加一半`,
            },
      evidence: root.evidence,
    },
  ];
}

/** The heap a run had: as set, or Spark's default where the run's settings are known; null where no settings were read. */
function heapBytes(settings: Readonly<Record<string, string>>, key: string): number | null {
  if (Object.keys(settings).length === 0) return null;
  const heap = current(settings, key);
  return heap === null ? null : parseSparkSize(heap);
}

function isDriver(root: Finding): boolean {
  const role = root.values.role ?? root.values.containerRole;
  return role === 'driver' || role === 'application_master' || /_0{4,}1$/.test(root.keys.containerId ?? '');
}

function bytesOf(root: Finding, names: readonly string[]): number {
  for (const name of names) {
    const value = root.values[name];
    if (typeof value === 'number' && value > 0) return value;
  }
  return 0;
}

function parseSparkSize(text: string): number | null {
  const match = /^\s*(\d{1,12})\s*([kmgt]?)b?\s*$/i.exec(text);
  if (!match) return null;
  const factor = { '': MIB, k: 1024, m: MIB, g: 1 << 30, t: 2 ** 40 }[(match[2] ?? '').toLowerCase()];
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** As Spark writes sizes: whole GiB where it is whole, else MiB. */
function formatMebibytes(bytes: number): string {
  const mebibytes = Math.round(bytes / MIB);
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}g` : `${mebibytes}m`;
}
