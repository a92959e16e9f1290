import type { Finding } from '../../evidence/finding.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import { type GoneWorker, goneWorkers, wronglyDeclared } from '../gone-workers.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from '../thresholds.ts';
import { lostHosts } from './data-lost.ts';

const RULE = 'shuffle/worker-gone';

/**
 * Workers that went away, by what that did to the run asked about: slots that could not be reserved, pushes and reads that had
 * to go elsewhere, or nothing at all. What a run had no data on is no cause for it, however loud it died.
 */
export const workerGone: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['shuffle.remote_service_unavailable'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const lost = lostHosts(facts, scope);
    const gone = goneWorkers(facts, scope).filter(({ host }) => !lost.has(host));
    return [
      ...gone.map((worker) => judged(worker, { facts, scope })),
      ...wronglyDeclared(facts, scope).map((event) =>
        shuffleFinding({
          rule: RULE,
          echo: true,
          statement: {
            en: `The master declared worker ${event.workerHost} lost, and the worker went on answering: it was late, not gone`,
            zh: `master 判定 worker ${event.workerHost} 丢失，但该 worker 之后仍有应答：只是心跳迟到`,
          },
          at: event.at,
          evidence: [recordEvidence(event.record)],
          values: { workerHost: event.workerHost },
        }),
      ),
    ];
  },
};

function judged(worker: GoneWorker, at: ShuffleCase): Finding {
  const { facts, scope } = at;
  const of = <Event extends { workerHost: string | null }>(events: readonly Event[]) =>
    events.filter(({ workerHost }) => workerHost === worker.host);
  const reserve = of(toldByRun(facts, scope, 'reserve_failed'));
  if (reserve.length > 0) return slotsElsewhere(worker, at, reserve[0]?.record);
  const reads = of(toldByRun(facts, scope, 'read_failed'));
  const served = reads.filter(({ next }) => next === 'peer');
  if (served.length > 0) return replicaRead(worker, at, served[0]?.record, served.length);
  const pushes = of(toldByRun(facts, scope, 'push_failed'));
  const [touched] = [...pushes, ...reads];
  if (touched) return touchedRun(worker, at, touched.record, pushes.length, reads.length);
  if (worker.use.used === 'no') return notUsed(worker, at);
  if (worker.use.used === 'yes') return noHarm(worker, at);
  return ofCluster(worker, at);
}

function slotsElsewhere(worker: GoneWorker, { facts, scope }: ShuffleCase, record: TextRecord | undefined): Finding {
  const delays = toldByRun(facts, scope, 'blocked').filter(
    ({ on, durationMs }) => on === 'register' && durationMs >= LIMIT.slowRegisterMs,
  );
  const delayMs = Math.max(0, ...delays.map(({ durationMs }) => durationMs));
  const registered = toldByRun(facts, scope, 'registered');
  const cost =
    delayMs > 0 ? { en: `, which cost ${duration(delayMs).en}`, zh: `，耗时 ${duration(delayMs).zh}` } : NOTHING;
  const then =
    registered.length > 0
      ? { en: `; the driver took slots on other workers${cost.en}`, zh: `；driver 改用其他 worker 的槽位${cost.zh}` }
      : NOTHING;
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_unavailable',
    statement: {
      en: `Worker ${worker.host} of the remote shuffle was down when slots were reserved on it: the master still offered it${then.en}`,
      zh: `在远程 shuffle 的 worker ${worker.host} 上预留槽位时它已停止，而 master 仍在分配它${then.zh}`,
    },
    keys: { ...keyOfRun(scope), host: worker.host },
    at: worker.at,
    until: worker.until,
    evidence: [
      ...delays.slice(0, 1).map((event) => recordEvidence(event.record)),
      ...(record ? [recordEvidence(record)] : []),
      ...worker.evidence,
    ],
    values: { workerHost: worker.host, delayMs: Math.round(delayMs) },
    refutes: [
      ...(registered.length > 0
        ? [
            {
              code: 'shuffle.remote_service_no_slots' as const,
              why: {
                en: 'slots were offered and reserved on the other workers',
                zh: '其他 worker 上的槽位已成功分配并预留',
              },
            },
          ]
        : []),
      {
        code: 'shuffle.remote_service_data_lost',
        why: {
          en: `nothing had been written to ${worker.host}: its slots were never reserved`,
          zh: `${worker.host} 上没有写入过数据：槽位根本没有预留成功`,
        },
      },
      networkRefuted(worker.host),
    ],
  });
}

function replicaRead(
  worker: GoneWorker,
  { scope }: ShuffleCase,
  record: TextRecord | undefined,
  reads: number,
): Finding {
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_unavailable',
    symptom: 'slow',
    // Nothing was lost: what it explains is the waiting of some readers.
    weight: 0.4,
    statement: {
      en: `Worker ${worker.host} of the remote shuffle ${ended(worker).en}, and readers turned to the second copy (${plural(reads, 'time')}): no data was lost, the readers only waited`,
      zh: `远程 shuffle 的 worker ${worker.host} ${ended(worker).zh}，读取方改读第二副本（${reads} 次）：数据没有丢失，只是多等了一会儿`,
    },
    keys: { ...keyOfRun(scope), host: worker.host },
    at: worker.at,
    until: worker.until,
    evidence: [...(record ? [recordEvidence(record)] : []), ...worker.evidence],
    count: reads,
    values: { workerHost: worker.host, replicaReads: reads },
    refutes: [
      {
        code: 'shuffle.remote_service_data_lost',
        why: { en: 'the second copy of the data was read', zh: '数据由第二副本读出' },
      },
      networkRefuted(worker.host),
    ],
  });
}

function touchedRun(
  worker: GoneWorker,
  { scope }: ShuffleCase,
  record: TextRecord,
  pushes: number,
  reads: number,
): Finding {
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_unavailable',
    symptom: pushes > 0 ? 'slow' : 'fetch_failed',
    statement: {
      en: `Worker ${worker.host} of the remote shuffle ${ended(worker).en} while the run used it: failed pushes ${pushes}, failed reads ${reads}`,
      zh: `运行期间远程 shuffle 的 worker ${worker.host} ${ended(worker).zh}：推送失败 ${pushes} 次，读取失败 ${reads} 次`,
    },
    keys: { ...keyOfRun(scope), host: worker.host },
    at: worker.at,
    until: worker.until,
    evidence: [recordEvidence(record), ...worker.evidence],
    values: { workerHost: worker.host, failedPushes: pushes, failedReads: reads },
    refutes: [networkRefuted(worker.host)],
  });
}

function notUsed(worker: GoneWorker, { scope }: ShuffleCase): Finding {
  const why = {
    en: `the run had no data on worker ${worker.host}: its shuffles lay on other workers`,
    zh: `该作业在 worker ${worker.host} 上没有数据：它的 shuffle 都在其他 worker 上`,
  };
  return shuffleFinding({
    rule: RULE,
    echo: true,
    statement: {
      en: `Worker ${worker.host} of the remote shuffle ${ended(worker).en}, and the run asked about had no data on it`,
      zh: `远程 shuffle 的 worker ${worker.host} ${ended(worker).zh}，但所问的作业在它上面没有数据`,
    },
    keys: keyOfRun(scope),
    at: worker.at,
    until: worker.until,
    evidence: [...worker.evidence.slice(-1), ...worker.use.evidence],
    values: { workerHost: worker.host },
    refutes: [
      { code: 'shuffle.remote_service_data_lost', why },
      { code: 'shuffle.remote_service_unavailable', why },
    ],
  });
}

function noHarm(worker: GoneWorker, { scope }: ShuffleCase): Finding {
  return shuffleFinding({
    rule: RULE,
    echo: true,
    kind: 'inferred',
    statement: {
      en: `Worker ${worker.host} of the remote shuffle held data of the run and ${ended(worker).en}; no push and no read of the run failed on it`,
      zh: `远程 shuffle 的 worker ${worker.host} 持有该作业的数据且${ended(worker).zh}，但该作业对它的推送和读取都没有失败`,
    },
    keys: keyOfRun(scope),
    at: worker.at,
    until: worker.until,
    evidence: [...worker.use.evidence.slice(0, 1), ...worker.evidence.slice(-1)],
    values: { workerHost: worker.host },
  });
}

function ofCluster(worker: GoneWorker, { scope }: ShuffleCase): Finding {
  const asked = scope.applicationId !== null;
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_unavailable',
    kind: asked || !worker.byService ? 'inferred' : 'observed',
    weight: asked ? 0.3 : 1,
    statement: {
      en: `Worker ${worker.host} of the remote shuffle ${ended(worker).en}${asked ? '; whether the run had data on it is not known' : ''}`,
      zh: `远程 shuffle 的 worker ${worker.host} ${ended(worker).zh}${asked ? '；该作业是否在它上面有数据尚不清楚' : ''}`,
    },
    keys: { host: worker.host },
    at: worker.at,
    until: worker.until,
    evidence: [...worker.evidence],
    values: { workerHost: worker.host },
  });
}

function ended({ isPlanned }: GoneWorker): { en: string; zh: string } {
  return isPlanned ? { en: 'was shut down or drained', zh: '被停机或下线' } : { en: 'went away', zh: '已不在' };
}

const NOTHING = { en: '', zh: '' };

function networkRefuted(host: string) {
  return {
    code: 'network.connection_timeout' as const,
    why: {
      en: `the connections to ${host} failed because its worker is gone, not because of the network`,
      zh: `到 ${host} 的连接失败是因为它的 worker 已不在，而不是网络问题`,
    },
  };
}
