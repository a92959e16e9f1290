import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../evidence/finding.ts';
import { bytes, count, plural } from '../evidence/spoken-figures.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnFacts } from './facts.ts';
import type { YarnQueue } from './queue-facts.ts';
import { YARN_THRESHOLDS } from './thresholds.ts';
import { distinctEvidence, yarnFinding } from './yarn-finding.ts';

/** How a queue stood at the time of its sample. */
export interface QueueState {
  /** It holds all it may. */
  isFull: boolean;
  /** Applications or containers of it wait. */
  waits: boolean;
  /** Use of its ceiling, 0 to 1; null where the scheduler does not tell. */
  usedShare: number | null;
  /** The state in words, with the code where something waits because of it. */
  finding: Finding;
  /** Who runs in it, the largest first. */
  holders: readonly Finding[];
}

const RULE = 'yarn/queue-state';
const MAX_HOLDERS = 8;

/** How one queue stands: its share used, guaranteed and at most, what runs and waits in it, and who holds it. Pure. */
export function judgeQueue(queue: YarnQueue, facts: YarnFacts): QueueState {
  const usedShare = usedShareOf(queue);
  const isFull = usedShare !== null && usedShare * 100 >= YARN_THRESHOLDS.fullPercent;
  const inQueue = facts.applications.filter((application) => isIn(application, queue));
  const running = inQueue
    .filter(({ state }) => state === 'RUNNING')
    .sort((a, b) => (b.allocated?.memoryBytes ?? 0) - (a.allocated?.memoryBytes ?? 0));
  const pending = inQueue.filter(({ state }) => ['NEW', 'NEW_SAVING', 'SUBMITTED', 'ACCEPTED'].includes(state));
  const waitingApps = queue.pendingApplications ?? pending.length;
  const waits = waitingApps > 0 || (queue.pendingContainers ?? 0) > 0;
  const mastersFull = waitingApps > 0 && isMasterShareUsed(queue);
  const code: CauseCode | null = !waits
    ? null
    : isFull
      ? 'scheduling.queue_wait'
      : mastersFull
        ? 'scheduling.queue_blocked'
        : null;
  return {
    isFull,
    waits,
    usedShare,
    finding: yarnFinding({
      rule: RULE,
      code,
      ...(code === null ? {} : { symptom: 'waiting' as const }),
      statement: stateOf(queue, usedShare, mastersFull, {
        running: queue.activeApplications ?? running.length,
        waiting: waitingApps,
      }),
      keys: { queue: queue.name },
      at: queue.sampledAt,
      evidence: distinctEvidence([queue.evidence, mastersFull ? queue.amEvidence : null]),
      values: {
        ...(queue.used ? { usedBytes: queue.used.memoryBytes } : {}),
        ...(queue.max ? { limitBytes: queue.max.memoryBytes } : {}),
        ...(usedShare === null ? {} : { usedShare }),
        waiting: waitingApps,
        ...(running.length > 0 ? { holders: running.slice(0, MAX_HOLDERS).map(nameOf).join(', ') } : {}),
      },
    }),
    holders: [
      ...running.slice(0, MAX_HOLDERS).map((application) => holder(application, queue)),
      ...pending.slice(0, MAX_HOLDERS).map((application) => waiter(application)),
    ],
  };
}

/** `root.ads` and `ads` are one queue; two leaves of one name are told apart by their paths. */
function isIn({ queue: said }: YarnApplication, queue: YarnQueue): boolean {
  if (said === queue.path) return true;
  if (said.includes('.')) return !queue.leaf && said.startsWith(`${queue.path}.`);
  return queue.leaf && said === queue.name;
}

/** Use of a queue's ceiling, 0 to 1, by what the scheduler printed or by sizes; null where neither tells. */
export function usedShareOf(queue: YarnQueue): number | null {
  const { absoluteUsedPercent: used, absoluteMaxPercent: max } = queue;
  if (used !== null && max !== null && max > 0) return used / max;
  if (queue.used === null || queue.max === null) return null;
  const shares = [
    queue.max.memoryBytes > 0 ? queue.used.memoryBytes / queue.max.memoryBytes : 0,
    queue.max.vcores > 0 ? queue.used.vcores / queue.max.vcores : 0,
  ];
  return Math.max(...shares);
}

/** One more master of the size of those that run does not fit. */
function isMasterShareUsed({ amLimit, amUsed, activeApplications }: YarnQueue): boolean {
  if (!amLimit || !amUsed || amUsed.memoryBytes === 0) return false;
  const another = amUsed.memoryBytes / Math.max(1, activeApplications ?? 1);
  return amUsed.memoryBytes + another > amLimit.memoryBytes;
}

function stateOf(
  queue: YarnQueue,
  usedShare: number | null,
  mastersFull: boolean,
  { running, waiting }: { running: number; waiting: number },
): Bilingual {
  const { used, guaranteed, max, absoluteCapacityPercent: share, absoluteMaxPercent: most } = queue;
  const en = [
    usedShare === null ? null : `${percentOf(usedShare * 100)} of what it may hold is used`,
    used ? `${bytes(used.memoryBytes)} and ${plural(used.vcores, 'vcore')} held` : null,
    sharesOf(guaranteed?.memoryBytes ?? null, share, 'guaranteed'),
    sharesOf(max?.memoryBytes ?? null, most, 'at most'),
    `${count(running)} running and ${count(waiting)} pending`,
    mastersFull && queue.amLimit && queue.amUsed
      ? `ApplicationMasters hold ${bytes(queue.amUsed.memoryBytes)} of their ${bytes(queue.amLimit.memoryBytes)}`
      : null,
  ];
  const zh = [
    usedShare === null ? null : `已用上限的 ${percentOf(usedShare * 100)}`,
    used ? `占用 ${bytes(used.memoryBytes)}、${count(used.vcores)} vcore` : null,
    sharesOf(guaranteed?.memoryBytes ?? null, share, '保障'),
    sharesOf(max?.memoryBytes ?? null, most, '上限'),
    `运行中 ${count(running)} 个，等待 ${count(waiting)} 个`,
    mastersFull && queue.amLimit && queue.amUsed
      ? `ApplicationMaster 份额 ${bytes(queue.amLimit.memoryBytes)} 已用 ${bytes(queue.amUsed.memoryBytes)}`
      : null,
  ];
  const at = new Date(queue.sampledAt).toISOString().slice(11, 19);
  const stopped = /STOPPED|DRAINING/i.test(queue.state);
  return {
    en: `Queue ${queue.path} at ${at} UTC${stopped ? ` (${queue.state})` : ''}: ${en.filter((part) => part !== null).join(', ')}`,
    zh: `队列 ${queue.path} 在 ${at}（UTC）${stopped ? `（${queue.state}）` : ''}：${zh.filter((part) => part !== null).join('，')}`,
  };
}

function sharesOf(sizeBytes: number | null, share: number | null, word: string): string | null {
  const size = sizeBytes === null || sizeBytes === 0 ? null : bytes(sizeBytes);
  const part = share === null ? null : `${percentOf(share)} of the cluster`;
  if (size === null && part === null) return null;
  if (/[a-z]/.test(word)) return `${word} ${size ?? part}${size !== null && part !== null ? ` (${part})` : ''}`;
  const teil = share === null ? null : `集群的 ${percentOf(share)}`;
  return `${word} ${size ?? teil}${size !== null && teil !== null ? `（${teil}）` : ''}`;
}

function percentOf(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function nameOf({ name, id }: YarnApplication): string {
  return name || id;
}

function holder(application: YarnApplication, queue: YarnQueue): Finding {
  const { allocated, user } = application;
  const size = allocated === null ? '?' : bytes(allocated.memoryBytes);
  const containers = allocated?.containers ?? 0;
  const of = queue.max && allocated && queue.max.memoryBytes > 0 ? allocated.memoryBytes / queue.max.memoryBytes : null;
  const part =
    of === null
      ? { en: '', zh: '' }
      : { en: `, ${percentOf(of * 100)} of the queue's ceiling`, zh: `，占队列上限的 ${percentOf(of * 100)}` };
  return yarnFinding({
    rule: `${RULE}/holder`,
    statement: {
      en: `${nameOf(application)} (${application.id}${user ? `, ${user}` : ''}) holds ${size} in ${plural(containers, 'container')}${part.en}`,
      zh: `${nameOf(application)}（${application.id}${user ? `，${user}` : ''}）占用 ${size}、${count(containers)} 个容器${part.zh}`,
    },
    keys: { applicationId: application.id, queue: queue.name },
    at: application.sampledAt,
    evidence: [application.evidence.state],
    values: { heldBytes: allocated?.memoryBytes ?? 0, containers, ...(of === null ? {} : { ofQueue: of }) },
  });
}

function waiter(application: YarnApplication): Finding {
  const waited = application.startedAt === null ? null : Math.max(0, application.sampledAt - application.startedAt);
  const minutes = waited === null ? null : Math.round(waited / 1000);
  return yarnFinding({
    rule: `${RULE}/waiter`,
    statement: {
      en: `${nameOf(application)} (${application.id}) waits${minutes === null ? '' : ` since ${count(minutes)} s`}`,
      zh: `${nameOf(application)}（${application.id}）在等待${minutes === null ? '' : `，已 ${count(minutes)} 秒`}`,
    },
    keys: { applicationId: application.id, queue: application.queue },
    at: application.sampledAt,
    evidence: distinctEvidence([application.evidence.state, application.evidence.diagnostics]),
    values: waited === null ? {} : { waitedMs: waited, waitedS: minutes ?? 0 },
  });
}
