import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';
import type { Candidate } from '../subject/candidate.ts';

/** One process or container that ended badly, with every finding that tells of it. */
export interface Death {
  at: number | null;
  keys: JoinKeys;
  /** The telling that says most. */
  best: Finding;
  findings: readonly Finding[];
}

const ENDS: ReadonlySet<string> = new Set([
  'process_killed',
  'process_crashed',
  'container_exited',
  'executor_lost',
  'node_lost',
]);

/** Codes that say by themselves that a process or a service is gone. */
const GONE: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'kernel.memcg_oom',
  'kernel.memcg_ancestor_oom',
  'kernel.global_oom',
  'kernel.spurious_oom',
  'memory.container_physical_limit',
  'scheduling.overcommit_eviction',
  'code.native_crash',
  'cache.fuse_crash',
  'cache.worker_lost',
  'shuffle.remote_service_unavailable',
  'shuffle.external_service_unavailable',
  'storage.hdfs_datanode_down',
]);

/** Two tellings of the end of one process lie at most this far apart where no key joins them. */
const SAME_END_MS = 5_000;
/** Who uses a service notices its end within a retry or two. */
const SERVICE_ROUND_MS = 60_000;

/**
 * What ended badly among findings of one host, each end once, in the order of time: the kernel's kill, the exit that the
 * NodeManager booked and the executor that the driver lost are one. What only echoes another end is left out.
 */
export function deathsOf(findings: readonly Finding[]): Death[] {
  const groups: Finding[][] = [];
  for (const finding of findings.filter(tellsOfEnd)) {
    const own = groups.find((group) => group.some((other) => isSameEnd(other, finding)));
    if (own) own.push(finding);
    else groups.push([finding]);
  }
  return groups
    .filter((group) => group.some(({ echo }) => !echo))
    .map(deathOf)
    .sort((a, b) => (a.at ?? Number.MAX_VALUE) - (b.at ?? Number.MAX_VALUE));
}

function tellsOfEnd({ symptom, code, kind }: Finding): boolean {
  if (symptom !== undefined && ENDS.has(symptom)) return true;
  return code !== null && kind === 'observed' && GONE.has(code);
}

function isSameEnd(a: Finding, b: Finding): boolean {
  for (const key of ['containerId', 'podUid', 'pid'] as const) {
    if (a.keys[key] !== undefined && b.keys[key] !== undefined) return a.keys[key] === b.keys[key];
  }
  if (a.keys.executorId !== undefined && a.keys.applicationId === b.keys.applicationId) {
    return a.keys.executorId === b.keys.executorId;
  }
  if (a.code !== null && a.code === b.code && isService(a) && isService(b)) {
    return a.at === null || b.at === null || Math.abs(a.at - b.at) <= SERVICE_ROUND_MS;
  }
  if (a.rule !== b.rule || a.at === null || b.at === null) return false;
  return Math.abs(a.at - b.at) <= SAME_END_MS && a.statement.en === b.statement.en;
}

/** A service of the host: no container and no process is named. */
function isService({ keys }: Finding): boolean {
  return [keys.containerId, keys.podUid, keys.pid, keys.executorId].every((key) => key === undefined);
}

function deathOf(findings: Finding[]): Death {
  const best = findings.toSorted((a, b) => rankOf(b) - rankOf(a))[0] as Finding;
  const times = findings.flatMap(({ at }) => (at === null ? [] : [at]));
  const keys: JoinKeys = Object.assign({}, ...findings.map((finding) => finding.keys), best.keys);
  return { at: best.at ?? (times.length > 0 ? Math.min(...times) : null), keys, best, findings };
}

/** Whoever did it or saw it tells most: the kernel with the group that was full, then YARN, then the engine's own log. */
function rankOf({ area, code, kind, symptom }: Finding): number {
  const byArea = { memory: 6, yarn: 4, cache: 4, storage: 4 }[area as 'memory'] ?? 2;
  const named = code !== null && kind === 'observed' ? 3 : 0;
  return byArea + named + (symptom === 'process_killed' ? 1 : 0);
}

const MAX_EVIDENCE = 3;

/** The death as it is told: whose it was, what ended it and why, with a piece of each source. */
export function toldDeath(death: Death, candidates: readonly Candidate[]): Finding {
  const whose = ownerOf(death.keys, candidates);
  const { statement } = death.best;
  const bySource = Map.groupBy(
    [...death.best.evidence, ...death.findings.flatMap(({ evidence }) => evidence)],
    ({ source }) => source,
  );
  const evidence = [...bySource.values()].flatMap(([first]): Evidence[] => (first ? [first] : []));
  return {
    ...death.best,
    at: death.at,
    keys: death.keys,
    count: 1,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    statement: whose === null ? statement : { en: `${whose.en}: ${statement.en}`, zh: `${whose.zh}：${statement.zh}` },
  };
}

/** Whose process or container it was: the job's name with its id, the pod, or the control group. */
export function ownerOf(keys: JoinKeys, candidates: readonly Candidate[]): Bilingual | null {
  const { applicationId, executorId, containerId, podName, cgroupPath } = keys;
  if (applicationId !== undefined) {
    const name = candidates.find(({ id }) => id === applicationId)?.names[0];
    const run = name === undefined || name === applicationId ? applicationId : `${name} (${applicationId})`;
    const part = executorId === 'driver' ? 'driver' : executorId === undefined ? null : `executor ${executorId}`;
    return part === null ? { en: run, zh: run } : { en: `${run}, ${part}`, zh: `${run}，${part}` };
  }
  const other = podName ?? containerId?.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1');
  if (other !== undefined) return { en: other, zh: other };
  return cgroupPath === undefined ? null : { en: `group ${cgroupPath}`, zh: `控制组 ${cgroupPath}` };
}
