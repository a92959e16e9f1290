import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnFacts } from '../facts.ts';
import { parseHoldBack } from '../queue-diagnostics.ts';
import { type QueueVerdict, queueVerdict } from '../queue-verdict.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/** Applications named as holders of a queue. */
const MAX_HOLDERS = 5;

/**
 * Applications that wait for the scheduler now: not yet started, or running with containers still asked for. Says whether the
 * queue's share is used up (wait), something holds it back though capacity is there (blocked), or nothing can ever fit, and who holds it.
 */
export const queueWaitingRule: Rule<YarnFacts> = {
  id: 'yarn/queue-waiting',
  area: 'yarn',
  codes: ['scheduling.queue_wait', 'scheduling.queue_blocked', 'scheduling.insufficient_resources'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts) ?? []),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding | null {
  if (application.finishedAt !== null || /FINISHED|FAILED|KILLED|UNKNOWN/.test(application.state)) return null;
  const starts = application.state !== 'RUNNING';
  if (!starts && application.pending === null) return null;
  const held = parseHoldBack(application.diagnostics);
  if (held?.kind === 'starting') return null;
  const verdict = queueVerdict(application, held, facts);
  return verdict ? finding(application, verdict, starts, facts) : null;
}

function finding(application: YarnApplication, verdict: QueueVerdict, starts: boolean, facts: YarnFacts): Finding {
  const waitedMs = application.startedAt === null ? null : application.sampledAt - application.startedAt;
  const holders = holdersOf(application, verdict, facts);
  const am = verdict.reason === 'am_limit';
  // A running application that holds nothing but its master waits as well; one that got a part of its ask goes on.
  const alone = (application.allocated?.containers ?? 0) <= 1;
  return yarnFinding({
    rule: queueWaitingRule.id,
    code: verdict.code,
    ...(starts || alone ? { symptom: 'waiting' as const } : {}),
    kind: isTold(verdict, application, starts || alone) ? 'observed' : 'inferred',
    weight: starts ? 1 : alone ? 0.8 : 0.3,
    keys: applicationKeys(application),
    at: application.startedAt,
    until: application.sampledAt,
    evidence: distinctEvidence([
      application.evidence.state,
      starts ? null : application.evidence.pending,
      ...verdict.evidence,
      verdict.stated ? application.evidence.diagnostics : null,
    ]),
    values: valuesOf(verdict, waitedMs, holders),
    statement: withHolders(statementOf(application, verdict), holders),
    ...(am && verdict.stated && verdict.limit && verdict.used && verdict.request
      ? { completeStatement: 'queue_am_limit_exceeded' }
      : {}),
    ...(verdict.code === 'scheduling.queue_blocked'
      ? { refutes: [notTooSmall(facts, verdict)].flatMap((x) => x ?? []) }
      : {}),
  });
}

/**
 * The scheduler says it in words, or its own figures leave no other reading: what is asked for goes over the ceiling of the queue,
 * or no node has it free while the application has nothing yet (one that got a part of its ask may just like to have more).
 */
function isTold({ stated, reason, request }: QueueVerdict, { pending }: YarnApplication, hasNothing: boolean): boolean {
  if (stated) return true;
  const told = reason === 'queue_full' || (reason === 'cluster_full' && hasNothing);
  return told && request !== null && pending !== null;
}

/** Free capacity at the same time says that it is not the cluster's size. */
function notTooSmall(facts: YarnFacts, verdict: QueueVerdict) {
  const free = facts.cluster?.availableMemoryBytes ?? null;
  if (free === null || verdict.request === null || free < verdict.request.memoryBytes) return null;
  return {
    code: 'scheduling.insufficient_resources' as const,
    why: {
      en: `the cluster had ${bytes(free)} free while ${bytes(verdict.request.memoryBytes)} was asked for`,
      zh: `集群当时空闲 ${bytes(free)}，而申请量为 ${bytes(verdict.request.memoryBytes)}`,
    },
  };
}

function valuesOf(
  verdict: QueueVerdict,
  waitedMs: number | null,
  holders: readonly YarnApplication[],
): Record<string, number | string> {
  return {
    reason: verdict.reason,
    ...(waitedMs === null ? {} : { waitedMs }),
    ...(verdict.request ? { requestBytes: verdict.request.memoryBytes } : {}),
    ...(verdict.limit ? { limitBytes: verdict.limit.memoryBytes } : {}),
    ...(verdict.used ? { usedBytes: verdict.used.memoryBytes } : {}),
    ...(verdict.queue?.absoluteUsedPercent != null ? { queueUsedPercent: verdict.queue.absoluteUsedPercent } : {}),
    ...(verdict.queue?.absoluteMaxPercent != null ? { queueMaxPercent: verdict.queue.absoluteMaxPercent } : {}),
    ...(holders.length > 0 ? { holders: holders.map((holder) => holder.name || holder.id).join(', ') } : {}),
  };
}

/** Who runs in the queue now, or anywhere where the whole cluster is full; the largest first. */
function holdersOf(application: YarnApplication, { reason }: QueueVerdict, facts: YarnFacts): YarnApplication[] {
  return facts.applications
    .filter((other) => other.id !== application.id)
    .filter((other) => reason === 'cluster_full' || leaf(other.queue) === leaf(application.queue))
    .filter((other) => other.state === 'RUNNING')
    .sort((a, b) => (b.allocated?.memoryBytes ?? 0) - (a.allocated?.memoryBytes ?? 0))
    .slice(0, MAX_HOLDERS);
}

/** `root.ads` and `ads` are one queue. */
function leaf(queue: string): string {
  return queue.split('.').at(-1) ?? queue;
}

function withHolders(statement: Bilingual, holders: readonly YarnApplication[]): Bilingual {
  if (holders.length === 0) return statement;
  const names = holders.map((holder) => holder.name || holder.id);
  return {
    en: `${statement.en}; running there: ${names.join(', ')}`,
    zh: `${statement.zh}；正在运行：${names.join('、')}`,
  };
}

function statementOf(application: YarnApplication, verdict: QueueVerdict): Bilingual {
  const { request, limit, used } = verdict;
  const queue = application.queue;
  // Of a queue with room the parent may have none.
  const full = verdict.queue && leaf(queue) !== verdict.queue.name ? verdict.queue.path : queue;
  const size = (value: QueueVerdict['request']) => (value ? bytes(value.memoryBytes) : '?');
  switch (verdict.reason) {
    case 'am_limit':
      return {
        en: `Queue ${queue} lets ApplicationMasters hold ${size(limit)}, ${size(used)} is held, and ${size(request)} more does not fit`,
        zh: `队列 ${queue} 的 ApplicationMaster 上限为 ${size(limit)}，已用 ${size(used)}，再申请 ${size(request)} 放不下`,
      };
    case 'user_am_limit':
      return {
        en: `The user's share for ApplicationMasters in queue ${queue} (${size(limit)}) is used up`,
        zh: `该用户在队列 ${queue} 中的 ApplicationMaster 份额（${size(limit)}）已用完`,
      };
    case 'user_limit':
      return {
        en: `The user's own limit in queue ${queue} is reached`,
        zh: `该用户在队列 ${queue} 中的资源上限已达到`,
      };
    case 'queue_stopped':
      return { en: `Queue ${queue} is stopped and starts nothing`, zh: `队列 ${queue} 已停止，不再启动应用` };
    case 'reserved':
      return {
        en: `Free memory is kept reserved on nodes, so ${size(request)} cannot be placed`,
        zh: `节点上的空闲内存被预留，无法分配 ${size(request)}`,
      };
    case 'queue_full':
      return {
        en: `Queue ${full} has no room left for ${size(request)}: ${size(used)} of the ${size(limit)} it may hold are taken`,
        zh: `队列 ${full} 已放不下 ${size(request)}：上限 ${size(limit)} 中已占用 ${size(used)}`,
      };
    case 'cluster_full':
      return {
        en: `No node has ${size(request)} free: the cluster's memory is given to others`,
        zh: `没有节点剩余 ${size(request)}：集群内存已分配给其他应用`,
      };
    case 'never_fits':
      return {
        en: `No node is large enough for ${size(request)}`,
        zh: `没有任何节点能容纳 ${size(request)}`,
      };
    case 'no_nodes':
      return { en: 'No NodeManager is active', zh: '没有可用的 NodeManager' };
  }
}
