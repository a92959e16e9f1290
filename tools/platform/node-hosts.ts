import { writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { bytes, count, plural, were } from '../evidence/spoken-figures.ts';
import type { HttpClient } from './http-client.ts';
import { lazyFile } from './lazy-content.ts';
import {
  logRequest,
  MAX_LOG_WINDOW_BYTES,
  NODE_FACTS,
  NODE_LOGS,
  NODE_REQUESTS,
  type NodeFacts,
  type NodeLogs,
} from './node-protocol.ts';
import type { PlatformFile } from './platform.ts';
import { newSpoolPath } from './spool-stream.ts';
import { describeStored } from './walk-capture.ts';

/** Facts and listing of a host with thousands of groups and logs have some MiB. */
const MAX_FACTS_BYTES = 64 << 20;
/** Logs that are looked into, the latest written first. */
const MAX_LOGS = 2_000;
/** Of a longer log the end is read: what happened lately stands there. */
const MAX_LOG_BYTES = 64 << 20;

/** True for a host's collector (`wherefore node`): it serves files of its host and no answers. */
export function isNodeService(service: string): boolean {
  return /^node@[^@/\s]{1,255}$/.test(service);
}

/** Files of hosts that a collector serves, as if they were mounted: the kernel's own at once, logs as far as they are read. */
export async function nodeHostFiles(
  services: readonly string[],
  client: HttpClient,
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const hosts = await Promise.all(services.map((service) => filesOfHost(service, client)));
  return { files: hosts.flatMap(({ files }) => files), skipped: hosts.flatMap(({ skipped }) => skipped) };
}

async function filesOfHost(
  service: string,
  client: HttpClient,
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const [facts, logs] = await Promise.all([
    read(service, NODE_REQUESTS.facts, NODE_FACTS, client),
    read(service, NODE_REQUESTS.logs, NODE_LOGS, client),
  ]);
  // A collector that answers neither is told once, though the two may have broken in different ways.
  const parts = 'why' in facts && 'why' in logs ? [facts] : [facts, logs];
  const skipped = parts.flatMap((part) => ('why' in part ? [part.why] : leftOutNote(service, part)));
  const told = new Map(skipped.map((note) => [note.en, note]));
  const files = 'why' in facts ? [] : await factFiles(service, facts);
  const found = 'why' in logs ? { files: [], skipped: [] } : await logFiles(service, logs, client);
  return { files: [...files, ...found.files], skipped: [...told.values(), ...found.skipped] };
}

async function read<Shape extends z.ZodType>(
  service: string,
  request: string,
  shape: Shape,
  client: HttpClient,
): Promise<z.infer<Shape> | { why: Bilingual }> {
  const reply = await client.get(service, request, { maxBytes: MAX_FACTS_BYTES });
  if ('miss' in reply) return { why: reply.why };
  if (reply.status !== 200) return { why: refused(service, reply.status) };
  const parsed = shape.safeParse(parseJson(reply.body.toString('utf8')));
  return parsed.success ? parsed.data : { why: { en: `${service} is no collector`, zh: `${service} 不是采集器` } };
}

function refused(service: string, status: number): Bilingual {
  const hint = status === 401 ? { en: ': its token is another one', zh: '：令牌不匹配' } : { en: '', zh: '' };
  return {
    en: `${service} answered with status ${status}${hint.en}`,
    zh: `${service} 的应答状态为 ${status}${hint.zh}`,
  };
}

async function factFiles(service: string, { files }: NodeFacts): Promise<PlatformFile[]> {
  const written: PlatformFile[] = [];
  for (const { path, text, base64 } of files) {
    const content = base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
    const realPath = newSpoolPath();
    await writeFile(realPath, content, { mode: 0o600 });
    written.push(describeStored(partsOf(service, path), realPath, content.length));
  }
  return written;
}

async function logFiles(
  service: string,
  { files }: NodeLogs,
  client: HttpClient,
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const known = files.slice(0, MAX_LOGS);
  const found: PlatformFile[] = [];
  const cut: string[] = [];
  let over = files.length - known.length;
  for (const { path, bytes: size } of known) {
    const packed = /\.(?:gz|zst)$/.test(path);
    if (packed && size > MAX_LOG_BYTES) {
      over += 1;
      continue;
    }
    if (size > MAX_LOG_BYTES) cut.push(path);
    found.push(await logFile(service, path, size, client));
  }
  return { files: found, skipped: [...tooMany(service, over), ...endsOnly(service, cut)] };
}

async function logFile(service: string, path: string, size: number, client: HttpClient): Promise<PlatformFile> {
  const start = Math.max(0, size - MAX_LOG_BYTES);
  const window = async (from: number, wanted: number): Promise<Buffer | null> => {
    const reply = await client.get(service, logRequest(path, start + from, wanted), { maxBytes: wanted });
    return 'body' in reply && reply.status === 200 ? reply.body : null;
  };
  const { realPath, lazy } = await lazyFile(size - start, window, MAX_LOG_WINDOW_BYTES);
  return { ...describeStored(partsOf(service, path), realPath, size - start), lazy };
}

/** Where the file would lie in a capture: `hosts/<host>/<path on that host>`. */
function partsOf(service: string, path: string): string[] {
  const host = service.slice('node@'.length).replace(/:\d{1,5}$/, '');
  return ['hosts', host, ...path.split('/').filter((part) => part !== '')];
}

function leftOutNote(service: string, part: NodeFacts | NodeLogs): Bilingual[] {
  const { leftOut, unreadable } = part;
  const notes: Bilingual[] = [];
  if ('kernelMessages' in part && !part.kernelMessages) {
    notes.push({
      en: `${service} may not read the kernel's messages (/dev/kmsg): it has to run as root or with CAP_SYSLOG`,
      zh: `${service} 无权读取内核消息（/dev/kmsg）：需以 root 或 CAP_SYSLOG 运行`,
    });
  }
  if (leftOut > 0) {
    notes.push({
      en: `${service} left out ${plural(leftOut, 'file')} beyond its limits`,
      zh: `${service} 因超出上限未提供 ${count(leftOut)} 个文件`,
    });
  }
  if (unreadable > 0) {
    notes.push({
      en: `${service} may not read ${plural(unreadable, 'file')}`,
      zh: `${service} 无权读取 ${count(unreadable)} 个文件`,
    });
  }
  return notes;
}

function tooMany(service: string, over: number): Bilingual[] {
  if (over === 0) return [];
  return [
    {
      en: `${plural(over, 'log')} of ${service} ${were(over)} left out: the latest ${count(MAX_LOGS)} are read, packed ones up to ${bytes(MAX_LOG_BYTES)}`,
      zh: `${service} 有 ${count(over)} 个日志未读取：只读取最近的 ${count(MAX_LOGS)} 个，压缩文件不超过 ${bytes(MAX_LOG_BYTES)}`,
    },
  ];
}

function endsOnly(service: string, cut: readonly string[]): Bilingual[] {
  if (cut.length === 0) return [];
  const names = cut.slice(0, 3);
  const more = cut.length > names.length;
  return [
    {
      en: `of ${plural(cut.length, 'log')} of ${service} only the last ${bytes(MAX_LOG_BYTES)} were read (${names.join(', ')}${more ? ', …' : ''})`,
      zh: `${service} 有 ${count(cut.length)} 个日志只读取了最后 ${bytes(MAX_LOG_BYTES)}（${names.join('、')}${more ? ' 等' : ''}）`,
    },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
