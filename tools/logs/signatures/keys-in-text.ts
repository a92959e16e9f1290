import type { JoinKeys } from '../../evidence/join-keys.ts';

const CONTAINER = /container_(?:e\d{1,6}_)?(\d{13})_(\d{4,10})_(\d{2,6})_\d{6,12}/g;
const APPLICATION = /application_\d{13}_\d{4,10}|app-\d{14}-\d{4,8}/g;
const EXECUTOR_AND_HOST = /\b(?:Lost executor|executor) (\d{1,7}) on (?:host )?([\w.-]{1,253})/;
const TASK_PLACE = /\(TID (\d{1,12})\)? ?[,(] ?([\w.-]{1,253}),? executor (\d{1,7})/;
const EXECUTOR_ALONE = /\b(?:executor (\d{1,7}) (?:exited|lost|self-exiting)|executor with id (\d{1,7}) )/i;
const STAGE = /\bin stage (\d{1,9})\.(\d{1,4})\b/;
const ON_HOST = /\bon host: ([\w.-]{1,253}?)[.,]?(?=\s|$|:)/;

/**
 * The join keys that a piece of text names itself: ids in the forms the engines print. An id is taken only when the piece
 * names exactly one of its kind, so that a list of containers joins to none of them.
 */
export function keysInText(text: string): JoinKeys {
  const keys: JoinKeys = {};
  const containers = new Map([...text.matchAll(CONTAINER)].map((found) => [found[0], found]));
  const applications = new Set([...text.matchAll(APPLICATION)].map((found) => found[0]));
  const container = containers.size === 1 ? [...containers.values()][0] : undefined;
  if (container) {
    keys.containerId = container[0];
    keys.applicationAttempt = Number(container[3]);
    applications.add(`application_${container[1]}_${container[2]}`);
  }
  if (applications.size === 1) keys.applicationId = [...applications][0] as string;
  return { ...keys, ...executorIn(text), ...stageIn(text) };
}

function executorIn(text: string): JoinKeys {
  const task = TASK_PLACE.exec(text);
  const place = EXECUTOR_AND_HOST.exec(text);
  const executorId = task?.[3] ?? place?.[1] ?? first(EXECUTOR_ALONE.exec(text));
  const host = task?.[2] ?? place?.[2] ?? ON_HOST.exec(text)?.[1];
  return {
    ...(task?.[1] ? { taskId: Number(task[1]) } : {}),
    ...(executorId ? { executorId } : {}),
    ...(host ? { host: host.replace(/[.,:]$/, '') } : {}),
  };
}

function stageIn(text: string): JoinKeys {
  const stage = STAGE.exec(text);
  return stage ? { stageId: Number(stage[1]), stageAttempt: Number(stage[2]) } : {};
}

function first(found: RegExpExecArray | null): string | undefined {
  return found?.[1] ?? found?.[2];
}
