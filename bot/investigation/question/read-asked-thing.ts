import { NOT_A_NAME } from './name-words.ts';
import type { Question } from './question.ts';
import { saidText } from './said-text.ts';

/** Something other than a run that a question is about. */
export interface AskedThing {
  kind: 'host' | 'queue' | 'dataset' | 'path' | 'cluster';
  /** As the asker wrote it; null for the cluster, and for queues where all are meant. */
  name: string | null;
}

/** Names that the platform knows, whatever they look like. */
export interface KnownNames {
  hosts: readonly string[];
  /** Last parts and full paths. */
  queues: readonly string[];
}

/** A question about a thing is one short sentence; whoever tells a story tells it of a run. */
const MAX_WORDS = 240;

/** The asker's own run is meant, whatever host or queue stands beside it. */
const OWN_RUN =
  /\b(?:my|our|this|that)\s(?:[\w-]{1,30}\s){0,3}(?:jobs?|applications?|apps?|tasks?|query|queries|executors?|drivers?|runs?|pipelines?|stages?|containers?|model|training)\b|(?:我的?|我们的?|咱们?的?|这个|该)\s?\S{0,6}(?:任务|作业|应用|程序|容器|训练|job|executor|driver)/i;

/**
 * The thing that a question is about instead of a run; null where a run is meant or nothing says so. Whoever names a job, an
 * application or a container asks about that run, whatever host or queue stands beside it.
 */
export function readAskedThing(question: Question, known: KnownNames): AskedThing | null {
  const text = saidText(question.text).trim();
  const { ids } = question;
  const namesRun = [question.applicationIds, question.applicationNumbers, ids.containers, ids.attempts, ids.pods];
  if (text.length > MAX_WORDS || namesRun.some((named) => named.length > 0) || OWN_RUN.test(text)) return null;
  const data = askedData(text);
  if (data) return data;
  const hosts = unique([...question.hosts, ...known.hosts.filter((name) => standsIn(text, name))]);
  const queues = unique([...question.queues, ...known.queues.filter((name) => standsIn(text, name))]);
  if (question.jobNames.some((name) => !queues.includes(name) && !hosts.includes(name))) return null;
  const host = hosts.find((name) => isAskedHost(text.replaceAll(name, HOST)));
  if (host !== undefined) return { kind: 'host', name: host };
  const queue = askedQueue(text, queues);
  if (queue) return queue;
  return CLUSTER.test(text) ? { kind: 'cluster', name: null } : null;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** A name of three letters and more, as a word of its own. */
function standsIn(text: string, name: string): boolean {
  if (name.length < 3) return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/[\w.-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}

/** Stands for the host's name while its place in the sentence is looked at. */
const HOST = '\uE000';
const ENDED =
  'died|dies?|dying|killed|kills?|crashed|crash(?:es)?|went (?:down|away)|gone|lost|restarted|failed|fell over|happened|going on|wrong|broke|evicted|oom(?:ed)?';
const HOST_ASKED: readonly RegExp[] = [
  // "what died on node2", "which containers were killed on node2 last night"
  new RegExp(
    `\\b(?:what|who|which|anything|anybody|something|how many)\\b[^?\\n]{0,60}\\b(?:${ENDED})\\b[^?\\n]{0,40}${HOST}`,
    'i',
  ),
  new RegExp(`${HOST}[^?\\n]{0,40}\\b(?:what|who|which|anything)\\b[^?\\n]{0,60}\\b(?:${ENDED})\\b`, 'i'),
  new RegExp(
    `\\b(?:any|all|list|show)\\b[^?\\n]{0,30}\\b(?:kills?|oom[\\w-]{0,8}|crash\\w{0,3}|deaths?)\\b[^?\\n]{0,20}${HOST}`,
    'i',
  ),
  // "why did node2 go down", "is node2 healthy"
  new RegExp(
    `\\b(?:is|was|did|has|why (?:is|was|did|has)|what killed)\\s(?:the )?(?:node |host |machine |server )?${HOST}(?:\\s\\w{1,12}){0,2}?(?:$|\\s?[?]|\\s(?:down|dead|ok|okay|healthy|unhealthy|sick|broken|alive|die|died|go down|gone|reboot\\w{0,3}|restart\\w{0,3}|lost|up)\\b)`,
    'i',
  ),
  new RegExp(`${HOST}[^？?。\\n]{0,24}(?:挂|死|杀|崩|丢|发生|出|坏)(?:了|过|掉了?)?\\s?(?:什么|啥|哪些|谁|多少|几)`),
  new RegExp(
    `${HOST}[^？?。\\n]{0,24}(?:什么|啥|哪些|谁|有没有|多少|几个)[^？?。\\n]{0,14}(?:挂|死|被杀|被\\s?kill|杀|崩|退出|OOM|出事)`,
    'i',
  ),
  new RegExp(`(?:什么|啥|哪些|谁)[^？?。\\n]{0,20}(?:挂|死|被杀|杀|崩)[^？?。\\n]{0,10}${HOST}`),
  new RegExp(`${HOST}[^？?。\\n]{0,14}(?:怎么了|出了?什么(?:事|问题)|还好吗|健康吗|正常吗|挂了吗|还活着吗)`),
];

function isAskedHost(text: string): boolean {
  return HOST_ASKED.some((pattern) => pattern.test(text));
}

const ABOUT_SHARE =
  /\b(?:full|busy|free|empty|used|usage|utili[sz]ation|room|capacity|blocked|overloaded|using|uses|holds?|holding|occup\w{1,6}|hogging|share|pending|waiting)\b|满|占|空闲|用了|多少|资源|忙|排队|堵|谁/i;
const ASKS = /[?？]|\b(?:is|are|who|how|what|which|does|has)\b|吗|么|没|谁|多少|怎么|哪/i;
const ANY_QUEUE = /\bwhich queues?\b|\bare (?:the |all )?queues\b|(?:哪个|哪些|各个?|所有)\s?队列/i;

function askedQueue(text: string, queues: readonly string[]): AskedThing | null {
  if (!ABOUT_SHARE.test(text) || !ASKS.test(text) || !/queue|队列/i.test(text)) return null;
  const [queue] = queues;
  if (queue !== undefined && isQuestionOfQueue(text, queue)) return { kind: 'queue', name: queue };
  return queue === undefined && ANY_QUEUE.test(text) ? { kind: 'queue', name: null } : null;
}

/** What is told of a run beside the queue: it waits, it failed, it is slow. The question is about the queue alone. */
const OF_A_RUN =
  /\b(?:job|jobs|stuck|slow|slower|fail\w{0,4}|preempt\w{0,4}|accepted|submitted|submit)\b|任务|作业|提交|失败|变慢|卡住/i;

function isQuestionOfQueue(text: string, queue: string): boolean {
  return !OF_A_RUN.test(text.replaceAll(queue, ''));
}

const NAME = '([A-Za-z0-9/][\\w./:=-]{1,200})';
const DATA_ASKED: readonly RegExp[] = [
  new RegExp(
    `\\b(?:is|are|was|were|how much of)\\s(?:the\\s)?(?:(?:dataset|data set|table|path|directory|folder|mount|files? (?:of|in|under))\\s)?[\`"']?${NAME}[\`"']?\\s(?:data(?:set)?\\s)?(?:is\\s)?(?:(?:already|fully|really|still|completely|all)\\s)?(?:in\\s(?:the\\s)?(?:alluxio\\s)?(?:cache|alluxio)|cached|preloaded|pre-loaded|warm(?:ed)?)\\b`,
    'i',
  ),
  new RegExp(
    `${NAME}\\s{0,2}(?:这个)?(?:数据集|数据|目录|路径|表)?\\s{0,2}(?:已经|都|全部|是否|有没有|现在|被){0,3}\\s{0,2}(?:缓存|预热|预加载)(?:好|完|上|全|进去|到\\s?alluxio)?\\s?了?\\s?(?:吗|么|没|$|[?？])`,
    'i',
  ),
  new RegExp(
    `${NAME}\\s{0,2}(?:这个)?(?:数据集|数据|目录|路径|表)?\\s{0,2}(?:已经|都|现在|是否|是不是){0,3}\\s{0,2}在\\s?(?:alluxio|缓存)\\s?(?:缓存)?(?:里|中)(?:了)?\\s?(?:吗|么|$|[?？])`,
    'i',
  ),
];
const NO_DATA: ReadonlySet<string> = new Set([
  'alluxio',
  'cache',
  'fuse',
  'rdd',
  'dataframe',
  'everything',
  'anything',
  'yes',
]);

function askedData(text: string): AskedThing | null {
  for (const pattern of DATA_ASKED) {
    const name = (pattern.exec(text)?.[1] ?? '').replace(/[./:-]+$/, '');
    if (name === '' || NO_DATA.has(name.toLowerCase()) || NOT_A_NAME.has(name.toLowerCase())) continue;
    return { kind: /^\/|:\/\//.test(name) ? 'path' : 'dataset', name };
  }
  return null;
}

const CLUSTER =
  /\bwho(?:'s| is| are)?\s(?:using|hogging|occupying|eating|holding|filling)\b[^?\n]{0,20}\bcluster\b|\bis (?:the|our) (?:[\w-]{1,20}\s)?cluster\s(?:healthy|ok|okay|fine|full|busy|alright|up|down|overloaded|well)\b(?!\s(?:or|and)\b)|\bhow (?:is|busy is|full is|healthy is) (?:the|our) cluster\b|^\s{0,5}cluster (?:status|health)|集群(?:现在|目前|今天|昨晚)?(?:健康|正常|还好|忙|满|空闲|有没有问题|有问题)\S{0,3}(?:吗|么|没)?\s?(?:[?？]|$)|集群(?:现在|目前)?(?:状态|情况)?(?:如何|怎么样|怎样)|谁(?:在|正在)?(?:使?用|占用?|占着|占了)\S{0,4}集群|集群\S{0,6}(?:被谁|谁在|谁占)/i;
