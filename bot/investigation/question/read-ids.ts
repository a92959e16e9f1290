import type { QuestionIds } from './question.ts';

/** At most this many ids of one kind are kept: a question names few, a pasted log can name thousands. */
const MAX_IDS = 50;
/** Ids are looked for in this much of one text. */
const MAX_TEXT = 4_000_000;

const APPLICATION =
  /(?<![A-Za-z0-9])(?:application|appattempt|container(?:_e\d{1,6})?)_\d{10,16}_\d{4,9}(?!\d)|(?<![\w-])(?:app-\d{14}-\d{4,6}|local-\d{13}|spark-[0-9a-f]{32})(?![\w])/g;
const CONTAINER = /(?<![A-Za-z0-9])container_(?:e\d{1,6}_)?\d{10,16}_\d{4,9}_\d{2,6}_\d{6,9}(?!\d)/g;
const ATTEMPT = /(?<![A-Za-z0-9])appattempt_\d{10,16}_\d{4,9}_\d{6}(?!\d)/g;
const MAP_REDUCE =
  /(?<![A-Za-z0-9])(?:job_\d{8,20}_\d{4,9}|(?:task|attempt)_\d{8,20}_\d{4,9}_[mr]_\d{6}(?:_\d{1,4})?)(?!\d)/g;
const DRIVER = /(?<![\w-])driver-\d{14}-\d{4,6}(?!\w)/g;
const POD =
  /(?<![\w.-])[a-z0-9](?:[a-z0-9-]{0,200}[a-z0-9])?-(?:exec-\d{1,6}|driver|[a-f0-9]{8,10}-[a-z0-9]{5})(?![\w-])/g;
const POD_UID =
  /(?<![0-9a-f-])(?:pod)?([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12})(?![0-9a-f-])/g;
const HEX_ID = /(?<![\w-])[0-9a-f]{32}(?!\w)/g;
const FLINK_TALK = /flink|jobmanager|taskmanager|checkpoint|job ?id|\/jobs?\//i;

/** Application ids of every kind in a text; container and attempt ids are turned into their application. */
export function readApplicationIds(text: string): string[] {
  return found(text, APPLICATION).map(applicationOf).filter(unique).slice(0, MAX_IDS);
}

/** All other ids in a text. */
export function readOtherIds(text: string): QuestionIds {
  return {
    containers: found(text, CONTAINER),
    attempts: found(text, ATTEMPT),
    mapReduce: found(text, MAP_REDUCE),
    drivers: found(text, DRIVER),
    pods: found(text, POD).filter((name) => name.length <= 253),
    podUids: found(text, POD_UID).map((match) => match.replace(/^pod/, '').replaceAll('_', '-')),
    flinkJobs: FLINK_TALK.test(text.slice(0, MAX_TEXT)) ? found(text, HEX_ID) : [],
  };
}

/** `container_e12_1700000000000_0042_01_000008` and `appattempt_1700000000000_0042_000001` name `application_1700000000000_0042`. */
function applicationOf(id: string): string {
  const yarn = /^(?:application|appattempt|container(?:_e\d+)?)_(\d+_\d+)$/.exec(id);
  return yarn ? `application_${yarn[1]}` : id;
}

function found(text: string, pattern: RegExp): string[] {
  const seen = new Set<string>();
  for (const match of text.slice(0, MAX_TEXT).matchAll(pattern)) {
    seen.add(match[0]);
    if (seen.size >= MAX_IDS) break;
  }
  return [...seen];
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}
