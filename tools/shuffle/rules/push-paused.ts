import type { Finding } from '../../evidence/finding.ts';
import { bytes, count, duration, percent, plural } from '../../evidence/spoken-figures.ts';
import { type PausedWorker, pausedWorkers } from '../paused-workers.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from '../thresholds.ts';

const RULE = 'shuffle/push-paused';

/**
 * Workers that stopped taking pushes because their direct memory was full, and why it was: the disk flushes slowly, or the
 * memory is too small for the buffers of the partitions, or neither is shown. A pause on workers the run had no data on is none
 * of its business.
 */
export const pushPaused: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['storage.slow_disk', 'memory.offheap_direct', 'shuffle.remote_service_push'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const paused = pausedWorkers(facts, scope);
    const concerned = paused.filter(({ use }) => use.used !== 'no');
    const [others] = paused.filter(({ use }) => use.used === 'no');
    const groups = Map.groupBy(concerned, causeOf);
    const findings = [...groups].map(([cause, workers]) => FINDINGS[cause](workers, { facts, scope }));
    return others && findings.length === 0 ? [elsewhere(others, { facts, scope })] : findings;
  },
};

type PauseCause = 'slow_disk' | 'small_memory' | 'open';

function causeOf({ flushMaxMs, directRatio, maxDirectBytes, partitions, bufferBytes }: PausedWorker): PauseCause {
  if (flushMaxMs !== null && flushMaxMs >= LIMIT.slowFlushMs) return 'slow_disk';
  const isFast = flushMaxMs === null || flushMaxMs <= LIMIT.fastFlushMs;
  const buffersBytes = (partitions ?? 0) * bufferBytes;
  const isSmall = maxDirectBytes !== null && buffersBytes >= maxDirectBytes * LIMIT.bufferShare;
  return isFast && isSmall && (directRatio ?? 1) >= LIMIT.fullRatio ? 'small_memory' : 'open';
}

const FINDINGS: Readonly<Record<PauseCause, (workers: readonly PausedWorker[], at: ShuffleCase) => Finding>> = {
  slow_disk: slowDisk,
  small_memory: smallMemory,
  open: openCause,
};

function common(workers: readonly PausedWorker[], { scope }: ShuffleCase) {
  const [worst] = workers as [PausedWorker];
  const isOwn = workers.every(({ use }) => use.used === 'yes');
  return {
    rule: RULE,
    symptom: 'slow' as const,
    keys: { ...(isOwn ? keyOfRun(scope) : {}), host: worst.host },
    at: worst.from,
    until: worst.until,
    count: workers.length,
    values: {
      pausedMs: worst.pausedMs,
      workers: workers.map(({ host }) => host).join(', '),
      ...(worst.flushMaxMs === null ? {} : { flushMaxMs: worst.flushMaxMs }),
      ...(worst.maxDirectBytes === null ? {} : { maxDirectBytes: worst.maxDirectBytes }),
    },
  };
}

function slowDisk(workers: readonly PausedWorker[], at: ShuffleCase): Finding {
  const [worst] = workers as [PausedWorker];
  const { host, pausedMs, flushMaxMs, peersFlushMaxMs, mount, use } = worst;
  const isAlone = peersFlushMaxMs !== null && (flushMaxMs ?? 0) >= Math.max(1, peersFlushMaxMs) * LIMIT.slowerThanPeers;
  const flush = duration(flushMaxMs ?? 0);
  const peers =
    peersFlushMaxMs === null
      ? NOTHING
      : {
          en: `, on the other workers ${duration(peersFlushMaxMs).en} at most`,
          zh: `，其他 worker 最多 ${duration(peersFlushMaxMs).zh}`,
        };
  const shared = common(workers, at);
  return shuffleFinding({
    ...shared,
    code: 'storage.slow_disk',
    kind: isAlone && use.used === 'yes' ? 'observed' : 'inferred',
    statement: {
      en: `Worker ${host} of the remote shuffle took no pushes for ${duration(pausedMs).en} because its disk flushed slowly: one buffer took ${flush.en}${peers.en}`,
      zh: `远程 shuffle 的 worker ${host} 因磁盘落盘缓慢而 ${duration(pausedMs).zh}不接收推送：写一个缓冲区要 ${flush.zh}${peers.zh}`,
    },
    keys: { ...shared.keys, host, ...(mount === null ? {} : { path: mount }) },
    evidence: [...worst.pauseEvidence, ...worst.flushEvidence],
    values: { ...shared.values, ...(mount === null ? {} : { mount }) },
    refutes: [
      {
        code: 'memory.gc_overhead',
        why: { en: 'the tasks waited for a worker that took no data', zh: 'task 是在等待不接收数据的 worker' },
      },
      {
        code: 'network.connection_timeout',
        why: {
          en: `worker ${host} lived and answered; it read no pushes while its memory was full`,
          zh: `worker ${host} 存活且有应答，只是内存占满期间不读取推送`,
        },
      },
    ],
  });
}

function smallMemory(workers: readonly PausedWorker[], at: ShuffleCase): Finding {
  const [worst] = workers as [PausedWorker];
  const { host, pausedMs, maxDirectBytes, partitions, bufferBytes, flushMaxMs, use } = worst;
  const limit = bytes(maxDirectBytes ?? 0);
  const shared = common(workers, at);
  const more =
    workers.length > 1
      ? { en: ` (${plural(workers.length, 'worker')} alike)`, zh: `（${workers.length} 个 worker 相同）` }
      : NOTHING;
  return shuffleFinding({
    ...shared,
    code: 'memory.offheap_direct',
    kind: use.used === 'yes' && flushMaxMs !== null ? 'observed' : 'inferred',
    statement: {
      en: `Worker ${host} of the remote shuffle paused pushes for ${duration(pausedMs).en}${more.en}: ${limit} of direct memory are too little for ${plural(partitions ?? 0, 'partition')} with a buffer of ${bytes(bufferBytes)} each, while the disk was fast`,
      zh: `远程 shuffle 的 worker ${host} 暂停推送 ${duration(pausedMs).zh}${more.zh}：${limit} 直接内存不足以容纳 ${count(partitions ?? 0)} 个分区、每个 ${bytes(bufferBytes)} 的缓冲区，而磁盘并不慢`,
    },
    evidence: [...worst.pauseEvidence, ...worst.flushEvidence, ...worst.memoryEvidence],
    values: {
      ...shared.values,
      partitions: partitions ?? 0,
      bufferBytes,
      neededBytes: (partitions ?? 0) * bufferBytes,
    },
    refutes:
      flushMaxMs === null
        ? []
        : [
            {
              code: 'storage.slow_disk',
              why: {
                en: `the slowest flush took ${duration(flushMaxMs).en}`,
                zh: `最慢的一次落盘只用了 ${duration(flushMaxMs).zh}`,
              },
            },
          ],
  });
}

function openCause(workers: readonly PausedWorker[], at: ShuffleCase): Finding {
  const [worst] = workers as [PausedWorker];
  const { host, pausedMs, directRatio, use } = worst;
  const full =
    directRatio === null
      ? NOTHING
      : { en: `, its direct memory was ${percent(directRatio)} used`, zh: `，直接内存使用率 ${percent(directRatio)}` };
  return shuffleFinding({
    ...common(workers, at),
    code: 'shuffle.remote_service_push',
    kind: use.used === 'yes' ? 'observed' : 'inferred',
    statement: {
      en: `Worker ${host} of the remote shuffle paused pushes for ${duration(pausedMs).en}${full.en}`,
      zh: `远程 shuffle 的 worker ${host} 暂停推送 ${duration(pausedMs).zh}${full.zh}`,
    },
    evidence: [...worst.pauseEvidence, ...worst.memoryEvidence.slice(0, 1)],
  });
}

function elsewhere({ host, pausedMs, pauseEvidence, use, from }: PausedWorker, { scope }: ShuffleCase): Finding {
  return shuffleFinding({
    rule: RULE,
    echo: true,
    statement: {
      en: `Worker ${host} of the remote shuffle paused pushes for ${duration(pausedMs).en}; the run asked about had no data on it`,
      zh: `远程 shuffle 的 worker ${host} 暂停推送 ${duration(pausedMs).zh}；所问的作业在它上面没有数据`,
    },
    keys: keyOfRun(scope),
    at: from,
    evidence: [...pauseEvidence, ...use.evidence],
    values: { pausedMs, workerHost: host },
  });
}

const NOTHING = { en: '', zh: '' };
