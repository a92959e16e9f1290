import { access, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { plural, were } from '../../tools/evidence/spoken-figures.ts';
import { compactTime } from '../../tools/platform/answer-source.ts';
import type { HttpAnswer, Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { type LogPart, partOfFile } from '../../tools/spark/event-log/log-part.ts';
import { openEventLog } from '../../tools/spark/event-log/open-event-log.ts';
import { zipEntries } from '../../tools/spark/history/zip-entries.ts';
import { filesToKeep } from './files-to-keep.ts';
import { maskText, maskWhole } from './mask-text.ts';
import type { Archive } from './remember-archives.ts';

/** A folder that cannot become a capture; the message is for the person who typed it. */
export class CaptureTargetError extends Error {}

/** What a capture holds when it is written. */
export interface CaptureWritten {
  folder: string;
  answers: number;
  files: number;
  /** Bytes on disk. */
  bytes: number;
  /** What it does not hold, in sentences. */
  leftOut: Bilingual[];
}

/** Larger texts are stored packed (`.zst`, DESIGN §9). */
const PACK_FROM_BYTES = 1 << 20;
/** A small binary file of a host: its time zone. */
const MAX_BINARY_BYTES = 64 << 10;

/** @throws CaptureTargetError when the folder is there already or cannot be made: a capture is never written over */
export async function checkCaptureTarget(target: string): Promise<void> {
  const exists = await access(target).then(
    () => true,
    () => false,
  );
  if (exists) throw new CaptureTargetError(`${target} is there already; a capture is never written over`);
  const parent = path.dirname(path.resolve(target));
  await access(parent).catch(() => {
    throw new CaptureTargetError(`cannot write ${target}: ${parent} does not exist`);
  });
}

/**
 * Writes what one investigation read from a platform as a capture (DESIGN §9): every answer of its services, the files it read, the
 * kernel's files of its hosts. Secrets are masked before anything is written. The folder appears when all of it is there.
 *
 * @throws CaptureTargetError when the folder is there already or cannot be written
 */
export async function writeCapture(
  platform: Platform,
  target: string,
  archives: readonly Archive[] = [],
): Promise<CaptureWritten> {
  await checkCaptureTarget(target);
  const folder = `${path.resolve(target)}.writing-${process.pid}`;
  const written: CaptureWritten = { folder: target, answers: 0, files: 0, bytes: 0, leftOut: [] };
  try {
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      throw new CaptureTargetError(`cannot write ${target} (${error.code ?? 'unknown error'})`);
    });
    await mkdir(path.join(folder, 'http'));
    await writeAnswers(folder, platform, written);
    await writeFiles(folder, platform, written);
    for (const archive of archives) await writeArchive(folder, archive, written);
    await checkCaptureTarget(target);
    await rename(folder, path.resolve(target));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return written;
}

async function writeAnswers(folder: string, platform: Platform, written: CaptureWritten): Promise<void> {
  const services = await platform.services();
  const answers = (await Promise.all(services.map((service) => platform.recorded(service)))).flat();
  const lines: string[] = [];
  for (const answer of answers.sort((a, b) => a.at - b.at)) {
    if (!isPlainName(answer.source)) continue;
    const body = Buffer.from(maskWhole(answer.body));
    await put(folder, answer.source, body);
    lines.push(indexLine(answer));
    written.answers += 1;
    written.bytes += body.length;
  }
  await writeFile(
    path.join(folder, 'http', 'index.tsv'),
    ['at\tservice\trequest\tstatus\tfile', ...lines, ''].join('\n'),
  );
}

function indexLine({ at, service, request, status, source }: HttpAnswer): string {
  return [compactTime(at), service, maskWhole(request), status, source].join('\t');
}

async function writeFiles(folder: string, platform: Platform, written: CaptureWritten): Promise<void> {
  const { files } = await platform.files();
  const { kept, leftOut } = filesToKeep(files);
  const unwritten: string[] = [];
  for (const file of kept) {
    const name = nameIn(file);
    const size = name === null ? null : await writeFileMasked(folder, name, partOfFile(file), file).catch(() => null);
    if (size === null) unwritten.push(file.source);
    else {
      written.files += 1;
      written.bytes += size;
    }
  }
  if (leftOut > 0) {
    written.leftOut.push({
      en: `${plural(leftOut, 'file')} that the investigation did not read ${were(leftOut)} left out`,
      zh: `未写入 ${leftOut} 个本次调查没有读取的文件`,
    });
  }
  if (unwritten.length > 0) {
    const names = unwritten.slice(0, 3).join(', ');
    written.leftOut.push({
      en: `${plural(unwritten.length, 'file')} could not be kept: binary, gone or not readable (${names}${unwritten.length > 3 ? ', …' : ''})`,
      zh: `${unwritten.length} 个文件无法写入：二进制、已消失或无法读取（${names}${unwritten.length > 3 ? ' 等' : ''}）`,
    });
  }
}

/** Where a file goes within the capture; null for a name that would lead out of it. */
function nameIn({ origin, source, host, path: onHost }: PlatformFile): string | null {
  const base = path.posix.basename(onHost);
  const names: Readonly<Record<PlatformFile['origin'], string>> = {
    host: source.startsWith(`hosts/${host}/`) ? source : `hosts/${host}${onHost}`,
    hdfs: source.startsWith('hdfs/') ? source : `hdfs${onHost}`,
    user: source.startsWith('user/') ? source : `user/${base}`,
    event_log: `hdfs/${source.replace(/:/g, '-')}${source.includes('/') ? '' : `/${base}`}`,
    attachment: `user/${source.replace(/:/g, '-')}-${base}`,
  };
  const name = names[origin];
  return isPlainName(name) ? name : null;
}

function isPlainName(name: string): boolean {
  return !name.includes('\0') && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Bytes written; null for a binary file, which cannot be masked. */
async function writeFileMasked(
  folder: string,
  name: string,
  part: LogPart,
  file?: PlatformFile,
): Promise<number | null> {
  const log = await openEventLog(part);
  const chunks = log.chunks[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head: Buffer = first.done ? Buffer.alloc(0) : first.value;
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  const ofKernel = /^\/(?:proc|sys)\//.test(file?.path ?? '');
  if (!ofKernel && head.subarray(0, 8192).includes(0)) {
    await log.close();
    if (!/^\/etc\//.test(file?.path ?? '') || head.length > MAX_BINARY_BYTES) return null;
    await put(folder, name, head);
    return head.length;
  }
  // Arguments of a process are parted by NUL.
  const text = ofKernel ? maskText(blanksForNul(all())) : maskText(all());
  if (part.storedBytes >= PACK_FROM_BYTES || log.codecs.length > 0) {
    const target = await place(folder, `${name}.zst`);
    await pipeline(Readable.from(text), createZstdCompress(), (await open(target, 'wx', 0o600)).createWriteStream());
    return (await sizeOf(target)) ?? 0;
  }
  const target = await place(folder, name);
  await pipeline(Readable.from(text), (await open(target, 'wx', 0o600)).createWriteStream());
  return (await sizeOf(target)) ?? 0;
}

async function* blanksForNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk.map((byte) => (byte === 0 ? 0x20 : byte)));
}

/** The event log out of a history server's archive, as if it lay in the distributed file system. */
async function writeArchive(
  folder: string,
  { service, request, bytes }: Archive,
  written: CaptureWritten,
): Promise<void> {
  for (const part of zipEntries(bytes, `http/${service}${request}`)) {
    const entry = part.source.slice(`http/${service}${request}`.length + 1);
    const name = `hdfs/${service}/${entry}`;
    if (!isPlainName(name)) continue;
    const size = await writeFileMasked(folder, name, part).catch(() => null);
    if (size === null) continue;
    written.files += 1;
    written.bytes += size;
  }
}

async function put(folder: string, name: string, content: Buffer): Promise<void> {
  await writeFile(await place(folder, name), content, { flag: 'wx', mode: 0o600 });
}

async function place(folder: string, name: string): Promise<string> {
  const target = path.join(folder, name);
  await mkdir(path.dirname(target), { recursive: true });
  return target;
}

async function sizeOf(target: string): Promise<number | null> {
  const handle = await open(target, 'r');
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
