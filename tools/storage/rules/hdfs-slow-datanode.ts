import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, isInHdfsScope, looksInScope } from '../hdfs-case.ts';
import type { HdfsEvent } from '../hdfs-facts.ts';
import { HDFS_THRESHOLDS as LIMIT } from '../hdfs-thresholds.ts';

type Slow = Extract<HdfsEvent, { kind: 'slow_write' }>;

/**
 * One DataNode whose own disk takes long for writes while its equals are quick: by its own log, or by the NameNode's report of slow
 * disks. All of them slow alike is load, and a slow mirror speaks of the next DataNode, not of the one that writes the line.
 */
export const hdfsSlowDatanode: Rule<HdfsCase> = {
  id: 'storage/hdfs-slow-datanode',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(given): Finding[] {
    const told = byLogs(given);
    return told.length > 0 ? told : byReport(given);
  },
};

function byLogs({ facts, scope }: HdfsCase): Finding[] {
  const slow = facts.events.filter(
    (event): event is Slow => event.kind === 'slow_write' && event.where === 'disk' && isInHdfsScope(event.at, scope),
  );
  const hosts = [...Map.groupBy(slow, ({ host }) => host)]
    .map(([host, lines]) => ({ host, lines, times: lines.reduce((sum, { record }) => sum + record.count, 0) }))
    .sort((a, b) => b.times - a.times);
  const [worst, next] = hosts;
  if (!worst || worst.times < LIMIT.slowWrites || worst.times < LIMIT.slowRatio * (next?.times ?? 0)) return [];
  const slowest = worst.lines.reduce((best, line) => (line.durationMs > best.durationMs ? line : best));
  const volumes = new Set(worst.lines.flatMap(({ path }) => path ?? []));
  const [only] = volumes;
  const path = volumes.size === 1 ? only : undefined;
  const equals = equalsOf(facts.events, worst.host);
  return [
    hdfsFinding({
      rule: hdfsSlowDatanode.id,
      code: 'storage.slow_disk',
      symptom: 'slow',
      kind: equals > 0 || next !== undefined ? 'observed' : 'inferred',
      statement: {
        en: `The disk${path === undefined ? 's' : ` ${path}`} of DataNode ${worst.host} took long for ${plural(worst.times, 'write')}, up to ${duration(slowest.durationMs).en}; the next DataNode logged ${next?.times ?? 0}`,
        zh: `DataNode ${worst.host} 的磁盘${path === undefined ? '' : ` ${path} `}有 ${worst.times} 次慢写，最长 ${duration(slowest.durationMs).zh}；次慢的 DataNode 为 ${next?.times ?? 0} 次`,
      },
      keys: { host: worst.host, ...(path === undefined ? {} : { path }) },
      at: worst.lines[0]?.at ?? null,
      until: worst.lines.at(-1)?.record.lastAt ?? worst.lines.at(-1)?.at ?? null,
      evidence: [evidenceOf(slowest), ...(next?.lines[0] ? [evidenceOf(next.lines[0])] : [])],
      count: worst.times,
      weight: 0.7,
      values: { slowWrites: worst.times, slowestMs: slowest.durationMs, nextSlowWrites: next?.times ?? 0 },
    }),
  ];
}

/** Other DataNodes whose logs were read at all: their silence about slow disks counts. */
function equalsOf(events: readonly HdfsEvent[], host: string): number {
  return new Set(events.flatMap((event) => (event.kind === 'slow_write' && event.host !== host ? [event.host] : [])))
    .size;
}

/** `SlowDisksReport` of the NameNode (3.0 and later, with `dfs.datanode.fileio.profiling.sampling.percentage` set). */
function byReport(given: HdfsCase): Finding[] {
  const look = looksInScope(given).find(({ slowDisks }) => slowDisks.length > 0);
  const [id] = look?.slowDisks ?? [];
  if (!look || id === undefined || !look.evidence.slow_disks) return [];
  const parts = /^(?<host>[\w.-]{1,253}):\d{1,5}:(?<path>\S{1,300})$/.exec(id)?.groups;
  return [
    hdfsFinding({
      rule: hdfsSlowDatanode.id,
      code: 'storage.slow_disk',
      symptom: 'slow',
      statement: {
        en: `The NameNode lists ${plural(look.slowDisks.length, 'disk')} of DataNodes as slower than the others: ${look.slowDisks.slice(0, 3).join(', ')}`,
        zh: `NameNode 列出 ${look.slowDisks.length} 块比其他慢的 DataNode 磁盘：${look.slowDisks.slice(0, 3).join('、')}`,
      },
      keys: parts?.host ? { host: parts.host, ...(parts.path ? { path: parts.path } : {}) } : {},
      at: look.at,
      evidence: [look.evidence.slow_disks],
      weight: 0.5,
      values: { slowDisks: look.slowDisks.length },
    }),
  ];
}

function evidenceOf({ record }: Slow): Evidence {
  return { ...record.quote, area: 'storage', provenance: record.provenance, at: record.at };
}
