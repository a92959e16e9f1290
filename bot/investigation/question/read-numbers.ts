const MAX_NUMBERS = 20;
const MAX_QUEUES = 5;

const EXECUTOR =
  /(?:\bexecutors?\b|执行器)\s{0,2}(?:id)?\s{0,2}[#:：]?\s{0,2}(\d{1,6})(?![\d.:%]|\s?(?:gb|mb|g|m|min|s|h)\b)/gi;
const STAGE =
  /(?:\bstages?\b|阶段)\s{0,2}(?:id)?\s{0,2}[#:：]?\s{0,2}(\d{1,6})(?:\.\d{1,3})?(?!\d)|第\s?(\d{1,6})\s?(?:个)?\s?(?:阶段|stage)/gi;
const TASK = /(?:\btasks?\b|\btid\b)\s{0,2}(?:id)?\s{0,2}[#:：]?\s{0,2}(\d{1,9})(?:\.\d{1,3})?(?!\d|\/)/gi;
const QUEUE_AFTER = /(?:\bqueue\b|队列)\s{0,2}(?:named |called |[:：=])?\s{0,2}[`"'“「]?([A-Za-z][\w.-]{0,100})/gi;
const QUEUE_BEFORE = /[`"'“「]?([A-Za-z][\w.-]{0,100})[`"'”」]?\s{0,2}(?:这个|的)?(?:\bqueue\b|队列)/gi;
const NOT_A_QUEUE: ReadonlySet<string> = new Set(
  `the a an our my your this that which other another same whole some any its their yarn spark capacity fair resource resources
  is was are were has had be been full busy empty blocked wait waiting waits time limit limits share in on of for and or to the
  into from with run scheduler listener task event message run work wrong right high low hot own each every quota usage
  utilization users user jobs length size manager name config settings acl`.split(/\s+/),
);

/** Executors that the asker numbers, as Spark writes their ids. */
export function readExecutors(said: string): string[] {
  return numbers(said, EXECUTOR);
}

export function readStages(said: string): number[] {
  return numbers(said, STAGE).map(Number);
}

export function readTasks(said: string): number[] {
  return numbers(said, TASK).map(Number);
}

/** Queues by name: `queue ads`, `the adhoc queue`, `队列 root.ads`. */
export function readQueues(said: string): string[] {
  const found = new Set<string>();
  for (const pattern of [QUEUE_AFTER, QUEUE_BEFORE]) {
    for (const match of said.matchAll(pattern)) {
      const name = (match[1] ?? '').replace(/[.-]+$/, '');
      if (name !== '' && !NOT_A_QUEUE.has(name.toLowerCase())) found.add(name);
    }
  }
  return [...found].slice(0, MAX_QUEUES);
}

function numbers(said: string, pattern: RegExp): string[] {
  const found = [...said.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(found)].slice(0, MAX_NUMBERS);
}
