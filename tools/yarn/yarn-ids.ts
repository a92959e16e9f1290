/** The ids that YARN prints (Hadoop 2.x and 3.x; the epoch part `e12` appears after a restart with recovery). */

const APPLICATION = /\bapplication_(\d{1,16})_(\d{1,12})\b/;
const ATTEMPT = /\bappattempt_(\d{1,16})_(\d{1,12})_(\d{1,10})\b/;
const CONTAINER = /\bcontainer_(?:e\d{1,10}_)?(\d{1,16})_(\d{1,12})_(\d{1,10})_(\d{1,12})(?!\d)/;

/** What a container's id says of it. */
export interface ContainerIdParts {
  containerId: string;
  applicationId: string;
  attemptId: string;
  /** Attempt of the application, from 1. */
  attempt: number;
  /** Running number within the attempt; 1 is the ApplicationMaster's in nearly every case. */
  number: number;
}

/** The first application id in a text, or the one that an attempt or container id in it names. */
export function findApplicationId(text: string): string | null {
  const direct = APPLICATION.exec(text);
  if (direct) return direct[0];
  const attempt = ATTEMPT.exec(text);
  if (attempt) return `application_${attempt[1]}_${attempt[2]}`;
  const container = CONTAINER.exec(text);
  return container ? `application_${container[1]}_${container[2]}` : null;
}

/** The first attempt id in a text with its parts. */
export function findAttemptId(text: string): { attemptId: string; applicationId: string; number: number } | null {
  const hit = ATTEMPT.exec(text);
  if (!hit) return null;
  return { attemptId: hit[0], applicationId: `application_${hit[1]}_${hit[2]}`, number: Number(hit[3]) };
}

/** The first container id in a text with its parts. */
export function findContainerId(text: string): ContainerIdParts | null {
  const hit = CONTAINER.exec(text);
  if (!hit) return null;
  const attempt = Number(hit[3]);
  return {
    containerId: hit[0],
    applicationId: `application_${hit[1]}_${hit[2]}`,
    attemptId: `appattempt_${hit[1]}_${hit[2]}_${String(attempt).padStart(6, '0')}`,
    attempt,
    number: Number(hit[4]),
  };
}

/** Host of a node id or an address: `bd-node11:45454` and `http://bd-node11:8042/x` are `bd-node11`. */
export function hostOf(address: string): string | null {
  const bare = address.replace(/^[a-z]{1,8}:\/\//i, '').split('/')[0] ?? '';
  const host = bare.startsWith('[') ? bare.slice(1).split(']')[0] : bare.split(':')[0];
  return host ? host : null;
}
