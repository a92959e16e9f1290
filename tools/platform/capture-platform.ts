import { lstat, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findAnswer, normaliseRequest } from './http-answers.ts';
import { type HttpIndexLine, readHttpIndex } from './http-index.ts';
import { latestRecordedTime } from './latest-recorded-time.ts';
import type { HttpAnswer, HttpMiss, Platform } from './platform.ts';
import { walkCapture } from './walk-capture.ts';

/** The largest answer that is read whole: a scheduler page of a big cluster has some 10 MB. */
const MAX_ANSWER_BYTES = 64 << 20;

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
  const index = await readHttpIndex(base);
  const now = options.at ?? (await latestRecordedTime((await walked).files, index));
  const services = [...new Set(index.map((line) => line.service))];
  return {
    kind: 'capture',
    now,
    files: () => walked,
    services: async () => services,
    get: async (service, request) => await answerOf(base, index, service, request),
    recorded: async (service) => {
      const lines = index.filter((line) => line.service === service).sort((a, b) => a.at - b.at);
      const answers = await Promise.all(lines.map((line) => readAnswer(base, line)));
      return answers.filter((answer): answer is HttpAnswer => 'body' in answer);
    },
    getBytes: async (service, request) => {
      const line = findAnswer(index, service, request);
      if (!line) return null;
      return await readFile(path.join(base, line.file)).catch(() => null);
    },
  };
}

async function captureRoot(root: string): Promise<string> {
  const info = await stat(root).catch((error: NodeJS.ErrnoException) => {
    throw new CaptureError(error.code === 'EACCES' ? `no permission to read ${root}` : `${root} does not exist`);
  });
  if (!info.isDirectory()) throw new CaptureError(`${root} is not a folder`);
  const inner = path.join(root, 'capture');
  const base = (await isFolder(inner)) ? inner : root;
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
  if (line) return await readAnswer(base, line);
  const known = index.some((entry) => entry.service === service);
  return {
    miss: known ? 'not_recorded' : 'not_configured',
    why: known
      ? { en: `${service} ${request} was not recorded`, zh: `没有录制 ${service} ${request}` }
      : { en: `nothing of ${service} was recorded`, zh: `没有录制 ${service} 的任何内容` },
  };
}

async function readAnswer(base: string, line: HttpIndexLine): Promise<HttpAnswer | HttpMiss> {
  const real = path.join(base, line.file);
  try {
    const info = await stat(real);
    if (info.size > MAX_ANSWER_BYTES) return tooLarge(line);
    const body = (await readFile(real)).toString('utf8');
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
