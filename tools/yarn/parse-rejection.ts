import { parseResources } from './parse-yarn-sizes.ts';
import type { Resources } from './resources.ts';
import type { RejectionReason } from './scheduler-events.ts';

/** A refusal without where and when it was said. */
export interface RejectionText {
  reason: RejectionReason;
  user: string | null;
  queue: string | null;
  asked: Resources | null;
  allowed: Resources | null;
  limit: number | null;
  /** The piece of the text that says it. */
  start: number;
  end: number;
}

const MIB = 1 << 20;

/** Names of users and queues as YARN prints them. */
const NAME = '([^\\s,;\'"]{1,200})';

/**
 * Texts of `RMAppManager`, `ClientRMService`, `CapacityScheduler`, `LeafQueue`, `FairScheduler` and `SchedulerUtils`, Hadoop 2.6
 * to 3.4, recalled from their sources; each pattern keeps to the words that stayed the same over the versions.
 */
const PATTERNS: readonly {
  reason: RejectionReason;
  pattern: RegExp;
  groups: readonly ('user' | 'queue' | 'limit')[];
}[] = [
  {
    reason: 'queue_access',
    pattern: new RegExp(
      `User ${NAME} (?:does not have permission to submit|cannot submit) (?:application_\\w{1,40} |applications? )to queue ${NAME}`,
    ),
    groups: ['user', 'queue'],
  },
  {
    reason: 'unknown_queue',
    pattern: new RegExp(`submitted by user ?:? ?${NAME} to (?:unknown|non-leaf) queue ?: ?${NAME}`),
    groups: ['user', 'queue'],
  },
  {
    reason: 'unknown_queue',
    pattern: new RegExp(`to submit (?:it )?to unknown queue ?:? ?${NAME}`),
    groups: ['queue'],
  },
  {
    reason: 'unknown_queue',
    pattern: new RegExp(`(?:Queue|queue) ${NAME} (?:does not exist|doesn't exist|is not (?:a leaf|found))`),
    groups: ['queue'],
  },
  {
    reason: 'queue_stopped',
    pattern: new RegExp(`Queue ${NAME} is (?:STOPPED|DRAINING)\\. Cannot accept`),
    groups: ['queue'],
  },
  {
    reason: 'too_many_applications',
    pattern: new RegExp(`Queue ${NAME} already has (\\d{1,9}) applications(?: from user ${NAME})?,? ?cannot accept`),
    groups: ['queue', 'limit', 'user'],
  },
  { reason: 'too_many_applications', pattern: /Maximum system application limit reached/, groups: [] },
];

/** `SchedulerUtils`: 2.x and 3.x wording for a request over the largest container. */
const OVER_2X =
  /Invalid resource request, requested (memory|virtual cores) < 0, or requested (?:memory|virtual cores) > max configured, requested(?:Memory|VirtualCores)=(\d{1,12}), max(?:Memory|VirtualCores)=(\d{1,12})/;
const OVER_3X =
  /Invalid resource request!? Cannot allocate containers as requested resource is greater than maximum allowed allocation\. Requested resource type=\[([\w-]{1,60})\], Requested resource=(<[^>]{1,200}>), maximum allowed allocation=(<[^>]{1,200}>)/;

/** The refusal that a text states; `null` when it states none. */
export function parseRejection(text: string): RejectionText | null {
  return overMaximum(text) ?? named(text);
}

function named(text: string): RejectionText | null {
  for (const { reason, pattern, groups } of PATTERNS) {
    const hit = pattern.exec(text);
    if (!hit) continue;
    const value = (group: 'user' | 'queue' | 'limit') => {
      const index = groups.indexOf(group);
      return index === -1 ? null : (hit[index + 1]?.replace(/[.:]$/, '') ?? null);
    };
    const limit = value('limit');
    return {
      reason,
      user: value('user'),
      queue: value('queue'),
      asked: null,
      allowed: null,
      limit: limit === null ? null : Number(limit),
      start: hit.index,
      end: hit.index + hit[0].length,
    };
  }
  return null;
}

function overMaximum(text: string): RejectionText | null {
  const old = OVER_2X.exec(text);
  const hit = old ?? OVER_3X.exec(text);
  if (!hit) return null;
  const cores = old?.[1] === 'virtual cores';
  const of = (amount: string | undefined): Resources =>
    cores ? { memoryBytes: 0, vcores: Number(amount) } : { memoryBytes: Number(amount) * MIB, vcores: 0 };
  return {
    reason: 'over_maximum_allocation',
    user: null,
    queue: null,
    asked: old ? of(old[2]) : parseResources(hit[2] ?? ''),
    allowed: old ? of(old[3]) : parseResources(hit[3] ?? ''),
    limit: null,
    start: hit.index,
    end: hit.index + hit[0].length,
  };
}
