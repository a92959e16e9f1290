import { access, constants, lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { maskSecrets } from '../evidence/mask-secrets.ts';
import { shorten } from '../evidence/shorten.ts';
import { findAnswer, normaliseRequest } from './http-answers.ts';
import { type HttpIndexLine, readHttpIndex } from './http-index.ts';
import { latestRecordedTime } from './latest-recorded-time.ts';
import type { HttpAnswer, HttpMiss, Platform } from './platform.ts';
import { readWhole } from './read-whole.ts';
import { walkCapture } from './walk-capture.ts';

/** The largest answer that is read whole: a scheduler page of a big cluster has some 10 MB. */
const MAX_ANSWER_BYTES = 64 << 20;
/** The largest answer that is no text: the history server's zip of event logs. */
const MAX_BYTES_ANSWER = 512 << 20;
/** All answers of one service taken together; a capture holds fewer by far. */
const MAX_SERVICE_BYTES = 512 << 20;

/** A path that cannot be used as a capture; the message is for the person who typed it. */
export class CaptureError extends Error {}

/**
 * Opens a captured folder (DESIGN §9) as a platform. A folder with `capture/` inside is taken as an incident: only that
 * folder is read, never what lies beside it.
 *
 * @throws CaptureError when the path is no readable folder or holds nothing of the layout
 */
export async function openCapture(root: string, options: { at?: number } = {}): Promise<Platform> {
  const base = await captureRoot(root);
  const walked = walkCapture(base);
  const { lines: index, skipped } = await readHttpIndex(base);
  const now = options.at ?? (await latestRecordedTime((await walked).files, index));
  const services = [...new Set(index.map((line) => line.service))];
  return {
    kind: 'capture',
    now,
    files: async () => {
      const { files, skipped: left } = await walked;
      return { files, skipped: [...left, ...skipped] };
    },
    services: async () => services,
    get: async (service, request) => await answerOf(base, index, service, request),
    recorded: async (service) => await allAnswers(base, index, service),
    getBytes: async (service, request) => {
      const line = findAnswer(index, service, request);
      const bytes = line ? await readWhole(base, line.file, MAX_BYTES_ANSWER).catch(() => null) : null;
      return bytes === 'too_large' ? null : bytes;
    },
  };
}

/** Every answer of a service, oldest first, one after the other: thousands of samples are no reason for thousands of open files. */
async function allAnswers(base: string, index: readonly HttpIndexLine[], service: string): Promise<HttpAnswer[]> {
  const answers: HttpAnswer[] = [];
  let bytes = 0;
  for (const line of index.filter((entry) => entry.service === service).sort((a, b) => a.at - b.at)) {
    const answer = await readAnswer(base, line);
    if (!('body' in answer)) continue;
    bytes += answer.body.length;
    if (bytes > MAX_SERVICE_BYTES) break;
    answers.push(answer);
  }
  return answers;
}

async function captureRoot(root: string): Promise<string> {
  const info = await stat(root).catch((error: NodeJS.ErrnoException) => {
    throw new CaptureError(error.code === 'EACCES' ? `no permission to read ${root}` : `${root} does not exist`);
  });
  if (!info.isDirectory()) throw new CaptureError(`${root} is not a folder`);
  const inner = path.join(root, 'capture');
  const base = (await isFolder(inner)) ? inner : root;
  await access(base, constants.R_OK | constants.X_OK).catch(() => {
    throw new CaptureError(`no permission to read ${base}`);
  });
  const parts = await Promise.all(['hosts', 'http', 'hdfs', 'user'].map((part) => isFolder(path.join(base, part))));
  if (!parts.includes(true)) {
    throw new CaptureError(`${root} is not a capture: none of hosts/, http/, hdfs/, user/ is in it`);
  }
  return base;
}

async function isFolder(candidate: string): Promise<boolean> {
  return await lstat(candidate).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

async function answerOf(
  base: string,
  index: readonly HttpIndexLine[],
  service: string,
  request: string,
): Promise<HttpAnswer | HttpMiss> {
  const line = findAnswer(index, service, request);
  if (line) return answeredOr(await readAnswer(base, line));
  const known = index.some((entry) => entry.service === service);
  return {
    miss: known ? 'not_recorded' : 'not_configured',
    why: known
      ? { en: `${service} ${request} was not recorded`, zh: `没有录制 ${service} ${request}` }
      : { en: `nothing of ${service} was recorded`, zh: `没有录制 ${service} 的任何内容` },
  };
}

/** A request that failed while it was recorded is no answer, as it is none on the live platform. */
function answeredOr(answer: HttpAnswer | HttpMiss): HttpAnswer | HttpMiss {
  if (!('body' in answer) || answer.status !== 0) return answer;
  const said = shorten(maskSecrets(answer.body.split('\n', 1)[0] ?? ''), 120);
  return {
    miss: 'unreachable',
    why: {
      en: `${answer.service} did not answer ${answer.request} when it was recorded (${said})`,
      zh: `录制时 ${answer.service} 没有应答 ${answer.request}（${said}）`,
    },
  };
}

async function readAnswer(base: string, line: HttpIndexLine): Promise<HttpAnswer | HttpMiss> {
  try {
    const bytes = await readWhole(base, line.file, MAX_ANSWER_BYTES);
    if (bytes === 'too_large') return tooLarge(line);
    if (bytes === null) throw new Error('no such file');
    const body = bytes.toString('utf8');
    const { service, at, status } = line;
    return { service, request: normaliseRequest(line.request), at, status, body, source: line.file };
  } catch {
    return {
      miss: 'not_recorded',
      why: { en: `the recorded answer ${line.file} cannot be read`, zh: `无法读取已录制的应答 ${line.file}` },
    };
  }
}

function tooLarge(line: HttpIndexLine): HttpMiss {
  return {
    miss: 'too_large',
    why: { en: `the answer to ${line.request} is larger than 64 MiB`, zh: `${line.request} 的应答超过 64 MiB` },
  };
}
