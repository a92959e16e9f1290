import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import { judgeQueue, type QueueState, usedShareOf } from '../../../tools/yarn/judge-queue.ts';
import { judgeYarn } from '../../../tools/yarn/judge-yarn.ts';
import type { YarnQueue } from '../../../tools/yarn/queue-facts.ts';
import type { Hypothesis } from '../joining/hypothesis.ts';
import { rankHypotheses } from '../joining/rank-hypotheses.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

/** A sample this near to the asked time tells of it: schedulers are sampled each minute or so. */
const NEAR_MS = 10 * 60_000;
const MAX_KNOWN = 20;
/** Applications that wait in a queue and are judged. */
const MAX_WAITING = 50;

/** How a queue stands, who holds it and who waits, by the sample of the asked time, else the latest. */
export function lookAtQueue(
  said: string | null,
  context: ThingContext,
  samples: readonly (readonly YarnQueue[])[],
): ThingReport {
  const { queues } = context.yarn;
  const latest = queues.length > 0 ? queues : (samples.at(-1) ?? []);
  if (said === null) return allQueues(queuesThen(latest, samples, context.window), latest, context);
  const queue = queueMeant(said, latest);
  if (queue === null) return unknownQueue(said, latest);
  const ofTime = sampleOf(queue.path, samples, context.window) ?? (isNear(queue, context.window) ? queue : null);
  if (ofTime === null) return notOfThatTime(queue);
  const state = judgeQueue(ofTime, knownThen(ofTime, context.yarn));
  const causes = causesOf(ofTime, state, context);
  const blocked = causes.length > 0;
  return {
    kind: 'queue',
    id: ofTime.path,
    isKnown: true,
    verdict: blocked ? 'answered' : 'healthy',
    summary: summaryOf(state),
    told: [state.finding, ...state.holders],
    causes,
    needs: [],
    window: { from: ofTime.sampledAt, to: ofTime.sampledAt },
  };
}

/** Who runs and waits is known of now; of an earlier sample only its own figures are told. */
function knownThen({ sampledAt }: YarnQueue, yarn: YarnFacts): YarnFacts {
  const isPresent = yarn.queues.length === 0 || yarn.queues.some((queue) => queue.sampledAt === sampledAt);
  return isPresent ? yarn : { ...yarn, applications: [] };
}

/** By its full path, else its last part where that is one queue's alone (a leaf before a parent). */
function queueMeant(said: string, queues: readonly YarnQueue[]): YarnQueue | null {
  const name = said.toLowerCase();
  const same = queues.filter(({ path }) => path.toLowerCase() === name || path.toLowerCase() === `root.${name}`);
  const byName = queues.filter((queue) => queue.name.toLowerCase() === name);
  const leaves = byName.filter(({ leaf }) => leaf);
  return same[0] ?? (leaves.length === 1 ? leaves[0] : byName.length === 1 ? byName[0] : null) ?? null;
}

/** Of the samples in the asked time the fullest; without a time the latest. */
function sampleOf(
  path: string,
  samples: readonly (readonly YarnQueue[])[],
  window: ThingContext['window'],
): YarnQueue | null {
  const own = samples.flatMap((queues) => queues.filter((queue) => queue.path === path));
  if (window === null) return own.at(-1) ?? null;
  const inTime = own.filter((queue) => isNear(queue, window));
  // Answers tell percentages, a metrics server sizes: what compares is the share of the ceiling.
  const use = (queue: YarnQueue) => usedShareOf(queue) ?? -1;
  const held = ({ used }: YarnQueue) => used?.memoryBytes ?? 0;
  const waiting = ({ pendingApplications, pendingContainers }: YarnQueue) =>
    (pendingApplications ?? 0) + (pendingContainers ?? 0);
  return inTime.toSorted((a, b) => use(b) - use(a) || waiting(b) - waiting(a) || held(b) - held(a))[0] ?? null;
}

function isNear({ sampledAt }: YarnQueue, window: ThingContext['window']): boolean {
  return window === null || (sampledAt >= window.from - NEAR_MS && sampledAt <= window.to + NEAR_MS);
}

/** Why applications of the queue wait: what YARN says of each of them, and the state of the queue itself. */
function causesOf(queue: YarnQueue, state: QueueState, { yarn, window }: ThingContext): Hypothesis[] {
  const names = new Set([queue.name, queue.path]);
  const waiting = yarn.applications
    .filter((application) => names.has(application.queue) && application.finishedAt === null)
    .map(({ id }) => id)
    .slice(0, MAX_WAITING);
  const judged = judgeYarn({ ...yarn, scope: { applicationIds: waiting }, asked: waiting }).filter(
    ({ code, rule }) => rule === 'yarn/queue-waiting' && code?.startsWith('scheduling.') === true,
  );
  // What YARN says of an application is of now, not of an earlier sample.
  const now = window === null || yarn.queues.some(({ sampledAt }) => sampledAt === queue.sampledAt);
  const findings = [...(now ? judged : []), ...(state.finding.code === null ? [] : [state.finding])];
  const ranked = rankHypotheses(findings, {
    end: { state: 'waiting', at: queue.sampledAt, startedAt: null },
    asks: 'failure',
    timed: false,
  });
  return ranked.filter(({ standing }) => standing !== 'inconclusive');
}

function summaryOf(state: QueueState): Bilingual {
  const { en, zh } = state.finding.statement;
  const verdict = wordsOf(state);
  return { en: `${verdict.en} ${en}.`, zh: `${verdict.zh}${zh}。` };
}

function wordsOf({ isFull, waits, usedShare, finding }: QueueState): Bilingual {
  if (usedShare === null) return { en: 'The scheduler does not tell how full it is.', zh: '调度器没有给出占用比例。' };
  if (isFull && waits) return { en: 'Yes, it is full, and work waits for it.', zh: '满了，并且有任务在等。' };
  if (isFull) return { en: 'It is full, but nothing waits for it.', zh: '满了，但没有任务在等。' };
  if (finding.code === 'scheduling.queue_blocked') {
    return {
      en: 'It is not full, yet applications wait: the share of their masters is used up.',
      zh: '没有满，但有应用在等：ApplicationMaster 的份额用完了。',
    };
  }
  return waits
    ? { en: 'It is not full, yet work waits in it.', zh: '没有满，但有任务在等。' }
    : { en: 'No, it is not full, and nothing waits in it.', zh: '没有满，也没有任务在等。' };
}

/** The queues at the asked time, each as full as it was then; none of now for an earlier time. */
function queuesThen(
  latest: readonly YarnQueue[],
  samples: readonly (readonly YarnQueue[])[],
  window: ThingContext['window'],
): YarnQueue[] {
  return latest.flatMap((queue) => sampleOf(queue.path, samples, window) ?? (isNear(queue, window) ? queue : []));
}

function allQueues(queues: readonly YarnQueue[], latest: readonly YarnQueue[], { yarn }: ThingContext): ThingReport {
  const [first] = latest;
  if (queues.length === 0 && first) return { ...notOfThatTime(first), id: 'queues' };
  const leaves = queues.filter(({ leaf }) => leaf).slice(0, MAX_KNOWN);
  const states = leaves.map((queue) => ({ queue, state: judgeQueue(queue, knownThen(queue, yarn)) }));
  const full = states.filter(({ state }) => state.isFull).map(({ queue }) => queue.path);
  const waiting = states.filter(({ state }) => state.waits).map(({ queue }) => queue.path);
  const list = (names: readonly string[], none: string, mark: string) => (names.length === 0 ? none : names.join(mark));
  return {
    kind: 'queue',
    id: 'queues',
    isKnown: leaves.length > 0,
    verdict: leaves.length === 0 ? 'needs_more' : 'healthy',
    summary: {
      en: `Full: ${list(full, 'none', ', ')}. With work that waits: ${list(waiting, 'none', ', ')}.`,
      zh: `已满：${list(full, '无', '、')}。有任务在等：${list(waiting, '无', '、')}。`,
    },
    told: states.map(({ state }) => state.finding),
    causes: [],
    needs: leaves.length === 0 ? [SCHEDULER] : [],
    window: null,
  };
}

const SCHEDULER: ThingReport['needs'][number] = {
  what: { en: 'the scheduler’s answer', zh: '调度器的应答' },
  how: {
    en: 'name the ResourceManager in .env (wherefore doctor checks it), or yarn queue -status NAME',
    zh: '在 .env 里配置 ResourceManager（用 wherefore doctor 检查），或 yarn queue -status 队列名',
  },
};

function unknownQueue(said: string, queues: readonly YarnQueue[]): ThingReport {
  const names = queues.filter(({ leaf }) => leaf).map(({ path }) => path);
  const shown = [...names.slice(0, MAX_KNOWN), ...(names.length > MAX_KNOWN ? ['…'] : [])];
  const none = names.length === 0;
  return {
    kind: 'queue',
    id: said,
    isKnown: false,
    verdict: 'needs_more',
    summary: {
      en: none
        ? `Nothing can be said about queue ${said}: no scheduler's answer is there.`
        : `No queue called ${said} is in the scheduler's answer; there are: ${shown.join(', ')}.`,
      zh: none
        ? `无法判断队列 ${said}：没有调度器的应答。`
        : `调度器的应答里没有名为 ${said} 的队列，有的是：${shown.join('、')}。`,
    },
    told: [],
    causes: [],
    needs: [
      none
        ? SCHEDULER
        : {
            what: { en: 'which queue is meant', zh: '指的是哪个队列' },
            how: {
              en: 'ask again with one of these names, with its full path where two share one',
              zh: '请用以上名字再问一次；重名时请带完整路径',
            },
          },
    ],
    window: null,
  };
}

function notOfThatTime(queue: YarnQueue): ThingReport {
  const at = new Date(queue.sampledAt).toISOString().slice(0, 16).replace('T', ' ');
  return {
    kind: 'queue',
    id: queue.path,
    isKnown: true,
    verdict: 'needs_more',
    summary: {
      en: `How full queue ${queue.path} was then is not on record: the scheduler tells only the present, and the nearest sample is of ${at} UTC.`,
      zh: `没有当时队列 ${queue.path} 的记录：调度器只反映当前状态，最近的样本在 ${at}（UTC）。`,
    },
    told: [],
    causes: [],
    needs: [
      {
        what: { en: 'the queue’s use over that time', zh: '那段时间的队列用量' },
        how: {
          en: 'a Prometheus server that scrapes the ResourceManager; name it in .env',
          zh: '需要抓取 ResourceManager 的 Prometheus，并在 .env 里配置',
        },
      },
    ],
    window: null,
  };
}
