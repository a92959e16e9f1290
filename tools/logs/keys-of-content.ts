import type { JoinKeys } from '../evidence/join-keys.ts';

const YARN_APP = 'application_\\d{10,16}_\\d{4,10}';
const ANY_APP = `${YARN_APP}|app-\\d{14}-\\d{4,10}|spark-(?:application-)?[0-9a-f]{13,32}|local-\\d{13}`;

/** Statements in which a process names the application it belongs to, the surest first. */
const OWN_APPLICATION: readonly RegExp[] = [
  /ApplicationAttemptId: appattempt_(\d{10,16}_\d{4,10})_(\d{1,6})/,
  new RegExp(`Submitted application (${YARN_APP})`),
  new RegExp(`Submitting application (${YARN_APP}) to ResourceManager`),
  new RegExp(`Connected to Spark cluster with app ID (${ANY_APP})`),
  new RegExp(`"?--app-id"? "?(${ANY_APP})`),
  new RegExp(`Logging events to \\S{0,400}/(?:eventlog_v2_)?(${ANY_APP})(?=[_.\\s/]|$)`),
  new RegExp(`spark\\.app\\.id[= ](${ANY_APP})`),
  new RegExp(`Application report for (${YARN_APP})`),
  new RegExp(`Registering app \\S{0,200} with ID (${ANY_APP})`),
];
const APPLICATION_IDS = new RegExp(`\\b(?:${YARN_APP}|app-\\d{14}-\\d{4,10})\\b`, 'g');
const CONTAINER_SET = /export CONTAINER_ID="?(container_(?:e\d{1,6}_)?(\d{10,16}_\d{4,10})_(\d{1,6})_\d{1,10})/;
const NAME = /(?:^|[\s.:])(?:Submitted application|Setting app name): ([^\r\n]{1,400})/;
const EXECUTOR_ID = /Starting executor ID (\S{1,40}) on host (\S{1,255})|"?--executor-id"? "?(\d{1,9}|driver)/;
const PROCESS = /Started daemon with process name: (\d{1,10})@(\S{1,255})/;
const ACLS = /Changing view acls to: ([^\r\n]{1,400})/;
/** More of a sample than this is not searched for ids in running text. */
const MAX_IDS = 5_000;

/**
 * What a process's log says about who the process is: application (id, name, attempt), container, executor, pid and user.
 * Statements the process makes about itself come first; an id that merely occurs counts when it is the only one.
 */
export function keysOfContent(head: string, tail: string): JoinKeys {
  const keys: JoinKeys = {};
  const container = CONTAINER_SET.exec(head);
  if (container) {
    keys.containerId = container[1] ?? '';
    keys.applicationId = `application_${container[2]}`;
    keys.applicationAttempt = Number(container[3]);
  } else Object.assign(keys, ownApplication(head) ?? ownApplication(tail) ?? onlyApplication(head, tail));
  const name = NAME.exec(head) ?? NAME.exec(tail);
  if (name) keys.applicationName = (name[1] ?? '').trim();
  const executor = EXECUTOR_ID.exec(head);
  const executorId = executor?.[1] ?? executor?.[3];
  if (executorId !== undefined && executorId !== 'driver') keys.executorId = executorId;
  const process = PROCESS.exec(head);
  if (process) {
    keys.pid = Number(process[1]);
    keys.host = process[2] ?? '';
  }
  const user = ACLS.exec(head)?.[1]?.split(',').at(-1)?.trim();
  if (user) keys.user = user;
  return keys;
}

function ownApplication(text: string): JoinKeys | null {
  for (const pattern of OWN_APPLICATION) {
    const found = pattern.exec(text);
    if (!found) continue;
    const [, id = '', attempt] = found;
    if (attempt === undefined) return { applicationId: id };
    return { applicationId: `application_${id}`, applicationAttempt: Number(attempt) };
  }
  return null;
}

function onlyApplication(head: string, tail: string): JoinKeys | null {
  const ids = new Set<string>();
  let seen = 0;
  for (const text of [head, tail]) {
    for (const found of text.matchAll(APPLICATION_IDS)) {
      ids.add(found[0]);
      seen += 1;
      if (ids.size > 1 || seen > MAX_IDS) return null;
    }
  }
  const [id] = ids;
  return id === undefined ? null : { applicationId: id };
}
