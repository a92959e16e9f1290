import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { type GoneWorker, goneWorkers } from '../gone-workers.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import type { EventOf } from '../shuffle-events.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';

const RULE = 'shuffle/data-lost';

/**
 * Data of the run that the service had taken and could not give back: a reader gave up on a worker that is gone and had no
 * replica, or the service says itself that partitions are lost. A rerun of the stage repairs it; that is no failure.
 */
export const dataLost: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['shuffle.remote_service_data_lost'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const failed = toldByRun(facts, scope, 'fetch_failed');
    const stated = [...toldByRun(facts, scope, 'data_lost'), ...toldByRun(facts, scope, 'integrity_mismatch')];
    const gone = goneWorkers(facts, scope).filter(({ host }) => lostHosts(facts, scope).has(host));
    const rerun = toldByRun(facts, scope, 'stage_rerun');
    const gaveUp = toldByRun(facts, scope, 'read_failed').filter(({ next }) => next === 'gave_up');
    const byWorker = gone.map((worker) => withWorker(worker, failed.length > 0 ? failed : gaveUp, rerun, scope));
    if (byWorker.length > 0 || stated.length === 0) return byWorker;
    return [asStated(stated, failed, rerun, scope)];
  },
};

/** Workers whose data could not be read by a reader of the run, with no replica to turn to. */
export function lostHosts(facts: ShuffleCase['facts'], scope: ShuffleCase['scope']): Set<string> {
  const gaveUp = [
    ...toldByRun(facts, scope, 'fetch_failed').flatMap(({ workerHost }) => workerHost ?? []),
    ...toldByRun(facts, scope, 'read_failed').flatMap(({ next, workerHost, peerHost }) =>
      next === 'gave_up' && peerHost === null ? [workerHost] : [],
    ),
    ...toldByRun(facts, scope, 'data_lost').flatMap(({ workerHost }) => workerHost ?? []),
  ];
  return new Set(gaveUp);
}

function withWorker(
  worker: GoneWorker,
  failed: readonly (EventOf<'fetch_failed'> | EventOf<'read_failed'>)[],
  rerun: readonly EventOf<'stage_rerun'>[],
  scope: ShuffleCase['scope'],
): Finding {
  const { host } = worker;
  const own = failed.filter(({ workerHost }) => workerHost === host);
  const repaired = repairTold(rerun, scope);
  const shuffleId = own.flatMap((event) => (event.kind === 'fetch_failed' ? event.shuffleId : []))[0];
  const evidence: Evidence[] = [
    ...rerun.slice(0, 1).map(({ record }) => recordEvidence(record)),
    ...own.slice(0, 1).map(({ record }) => recordEvidence(record)),
    ...worker.evidence,
  ];
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_data_lost',
    symptom: 'fetch_failed',
    statement: {
      en: `Worker ${host} of the remote shuffle is gone, and the map output on it had no second copy: ${plural(own.length, 'read')} of it failed${repaired.en}`,
      zh: `远程 shuffle 的 worker ${host} 已不在，其上的 map 输出没有第二份副本：读取失败 ${own.length} 次${repaired.zh}`,
    },
    keys: { ...keyOfRun(scope), host, ...(shuffleId === undefined ? {} : { shuffleId }) },
    at: worker.at,
    evidence,
    count: Math.max(1, own.length),
    values: { workerHost: host, failedReads: own.length, reruns: rerun.length },
    refutes: [
      {
        code: 'network.connection_timeout',
        why: {
          en: `the connections to ${host} were refused because its worker is gone, not because of the network`,
          zh: `到 ${host} 的连接被拒绝是因为它的 worker 已不在，而不是网络问题`,
        },
      },
      {
        code: 'shuffle.executor_lost',
        why: {
          en: `the data lay on worker ${host} of the remote shuffle, not on an executor`,
          zh: `数据在远程 shuffle 的 worker ${host} 上，而不在 executor 上`,
        },
      },
    ],
  });
}

function asStated(
  stated: readonly (EventOf<'data_lost'> | EventOf<'integrity_mismatch'>)[],
  failed: readonly EventOf<'fetch_failed'>[],
  rerun: readonly EventOf<'stage_rerun'>[],
  scope: ShuffleCase['scope'],
): Finding {
  const repaired = repairTold(rerun, scope);
  const [first] = stated;
  const differs = first?.kind === 'integrity_mismatch';
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_data_lost',
    symptom: 'fetch_failed',
    statement: differs
      ? {
          en: `The integrity check of the remote shuffle failed: what readers got is not what the map tasks had written${repaired.en}`,
          zh: `远程 shuffle 的完整性校验失败：读到的数据与 map 任务写入的不一致${repaired.zh}`,
        }
      : {
          en: `The remote shuffle states that data it had taken is lost${repaired.en}`,
          zh: `远程 shuffle 声明已接收的数据丢失${repaired.zh}`,
        },
    keys: keyOfRun(scope),
    at: first?.at ?? null,
    evidence: [...failed.slice(0, 1), ...stated.slice(0, 2)].map(({ record }) => recordEvidence(record)),
    count: stated.length,
    values: { reruns: rerun.length },
  });
}

function repairTold(rerun: readonly unknown[], { succeeded }: ShuffleCase['scope']): { en: string; zh: string } {
  if (rerun.length === 0) return { en: '', zh: '' };
  return succeeded
    ? { en: '; the stage was run again and the run ended well', zh: '；该 stage 已重跑，作业最终成功' }
    : { en: '; the stage was run again', zh: '；该 stage 已重跑' };
}
