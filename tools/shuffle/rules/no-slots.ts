import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { bytes, plural } from '../../evidence/spoken-figures.ts';
import { type FullDisk, fullDisks } from '../full-disks.ts';
import { isInScope, toldByRun, toldByService } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import { isOfRun } from '../shuffle-keys.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from '../thresholds.ts';

const RULE = 'shuffle/no-slots';

/**
 * The masters answered and had no worker to offer: all excluded for full or bad disks or for load. Whose data filled the disks is
 * told, since the run that suffers is seldom the one that filled them.
 */
export const noSlots: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['shuffle.remote_service_no_slots', 'storage.disk_full_local'],
  apply(at: ShuffleCase): Finding[] {
    const { facts, scope } = at;
    const full = fullDisks(facts, scope);
    const refusals = refusalsOf(at);
    const unreached = toldByRun(facts, scope, 'no_master').length > 0;
    if (refusals.length > 0 && !unreached) return [withoutSlots(at, refusals, full)];
    return full.length > 0 ? [onlyFull(at, full)] : [];
  },
};

/** What the run was told; a question about the cluster takes the master's own words. */
function refusalsOf({ facts, scope }: ShuffleCase): { at: number | null; evidence: Evidence }[] {
  const { applicationId } = scope;
  const denied = toldByRun(facts, scope, 'slots_denied').filter(({ status }) => status !== 'RESERVE_SLOTS_FAILED');
  const byMaster = toldByService(facts, scope, 'slots_refused').filter(
    (event) => applicationId === null || event.applicationId === null || isOfRun(event.applicationId, applicationId),
  );
  return [...toldByRun(facts, scope, 'no_workers'), ...denied, ...byMaster].map(({ at, record }) => ({
    at,
    evidence: recordEvidence(record),
  }));
}

function withoutSlots(
  { facts, scope }: ShuffleCase,
  refusals: readonly { at: number | null; evidence: Evidence }[],
  full: readonly FullDisk[],
): Finding {
  const fell = toldByRun(facts, scope, 'fell_back');
  const excluded = toldByService(facts, scope, 'worker_excluded');
  const loaded = excluded.filter(({ highWorkload }) => highWorkload);
  const cause = full.length > 0 ? diskTold(full) : loaded.length > 0 ? loadTold(loaded.length) : NOTHING;
  const left = fell.length > 0 ? leftTold(fell.length) : NOTHING;
  const available = facts.meters.availableWorkers
    ?.flatMap(({ points }) => points)
    .filter(({ at, value }) => value === 0 && isInScope(at, scope));
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_no_slots',
    statement: {
      en: `The remote shuffle had no worker left to offer slots on${cause.en}${left.en}`,
      zh: `远程 shuffle 没有可分配槽位的 worker${cause.zh}${left.zh}`,
    },
    keys: keyOfRun(scope),
    at: refusals[0]?.at ?? null,
    evidence: [
      ...fell.slice(0, 1).map(({ record }) => recordEvidence(record)),
      ...refusals.slice(0, 1).map(({ evidence }) => evidence),
      ...excluded.slice(0, 1).map(({ record }) => recordEvidence(record)),
      ...(available?.slice(-1).map(({ evidence }) => evidence) ?? []),
      ...full.slice(0, 1).flatMap(({ evidence }) => evidence),
    ],
    count: refusals.length,
    values: { excludedWorkers: new Set(excluded.map(({ workerHost }) => workerHost)).size, ...figuresOf(full) },
    refutes: [
      {
        code: 'shuffle.remote_service_quota',
        why: {
          en: 'the master refused for want of workers, not for a quota',
          zh: 'master 是因没有 worker 而拒绝，不是配额',
        },
      },
      {
        code: 'shuffle.remote_service_unavailable',
        why: { en: 'the masters answered; they had no worker to offer', zh: 'master 有应答，只是没有 worker 可分配' },
      },
    ],
  });
}

/** Full disks that did not keep the run from its slots: told, and no cause by themselves. */
function onlyFull({ scope }: ShuffleCase, full: readonly FullDisk[]): Finding {
  const hosts = [...new Set(full.map(({ host }) => host))];
  const isCause = scope.applicationId === null;
  return shuffleFinding({
    rule: RULE,
    ...(isCause ? { code: 'storage.disk_full_local' as const } : { echo: true as const }),
    kind: 'inferred',
    statement: {
      en: `Disks of the remote shuffle's workers were too full to be used (${hosts.join(', ')})${diskTold(full).en}`,
      zh: `远程 shuffle 的 worker（${hosts.join('、')}）的磁盘已满而不可用${diskTold(full).zh}`,
    },
    at: full[0]?.at ?? null,
    evidence: full.slice(0, 2).flatMap(({ evidence }) => evidence.slice(-1)),
    count: full.length,
    values: figuresOf(full),
  });
}

function diskTold(full: readonly FullDisk[]): { en: string; zh: string } {
  const [disk] = full;
  if (!disk) return NOTHING;
  const hosts = new Set(full.map(({ host }) => host)).size;
  const free = disk.freeBytes === null ? '' : `, ${bytes(disk.freeBytes)} of ${bytes(disk.totalBytes ?? 0)} free`;
  const freeZh = disk.freeBytes === null ? '' : `，${bytes(disk.totalBytes ?? 0)} 中只剩 ${bytes(disk.freeBytes)}`;
  const who = whoFilled(disk);
  return {
    en: `: their disks are full (${plural(hosts, 'worker')}; ${disk.mount} on ${disk.host}${free})${who.en}`,
    zh: `：磁盘已满（${hosts} 个 worker；${disk.host} 的 ${disk.mount}${freeZh}）${who.zh}`,
  };
}

function whoFilled({ totalBytes, freeBytes, ownBytes, runBytes }: FullDisk): { en: string; zh: string } {
  if (totalBytes === null || freeBytes === null || ownBytes === 0) return NOTHING;
  const usedBytes = totalBytes - freeBytes;
  const run =
    runBytes > 0 ? { en: `, ${bytes(runBytes)} of it this run's`, zh: `，其中该作业 ${bytes(runBytes)}` } : NOTHING;
  if (ownBytes < usedBytes * LIMIT.ownShare) {
    return {
      en: `; the shuffle service itself keeps only ${bytes(ownBytes)} there${run.en}: files of others fill the disk`,
      zh: `；shuffle 服务自己只占 ${bytes(ownBytes)}${run.zh}：磁盘是被其他文件占满的`,
    };
  }
  return {
    en: `; ${bytes(ownBytes)} of it are shuffle data${run.en}`,
    zh: `；其中 shuffle 数据 ${bytes(ownBytes)}${run.zh}`,
  };
}

function figuresOf(full: readonly FullDisk[]): Record<string, number | string> {
  const [disk] = full;
  if (!disk) return {};
  return {
    fullDisks: full.length,
    mount: disk.mount,
    workerHost: disk.host,
    ...(disk.totalBytes === null ? {} : { totalBytes: disk.totalBytes }),
    ...(disk.freeBytes === null ? {} : { freeBytes: disk.freeBytes }),
    ownBytes: disk.ownBytes,
    runBytes: disk.runBytes,
  };
}

function loadTold(workers: number): { en: string; zh: string } {
  return {
    en: `: they were excluded for high workload (${plural(workers, 'worker')})`,
    zh: `：它们因负载过高被排除（${workers} 个）`,
  };
}

function leftTold(shuffles: number): { en: string; zh: string } {
  return {
    en: `; ${plural(shuffles, 'shuffle')} of the run silently used Spark's own shuffle`,
    zh: `；该作业有 ${shuffles} 个 shuffle 悄悄改用了 Spark 自带的 shuffle`,
  };
}

const NOTHING = { en: '', zh: '' };
