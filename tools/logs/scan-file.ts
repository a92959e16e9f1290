import { open } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { openChunks } from '../platform/open-chunks.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { noteRead } from '../platform/read-files.ts';
import { UnpackLimitError, unpackLimitNote } from '../platform/unpack-limit.ts';
import { beginsRecord } from './line-layout.ts';
import { LogScanner } from './log-scanner.ts';
import { mergePieces } from './merge-pieces.ts';
import type { ScannedSection, ScanPlan } from './scan-plan.ts';
import { sharedTriggerSet, type TriggerChoice, triggerSet } from './trigger-set.ts';

/** What a scan of one file needs. */
export interface FileScan {
  plan: ScanPlan;
  choice: TriggerChoice;
  /** Some of the file's text. */
  sample: Uint8Array;
  signal?: AbortSignal;
}

/** One stretch of a file for one thread. */
export interface RangeScan extends Omit<FileScan, 'signal'> {
  realPath: string;
  from: number;
  to: number;
  /** Where the main thread keeps compiled modules, when it does. */
  compileCacheFolder?: string;
}

/** What a scan brought. */
export interface FileScanned {
  sections: ScannedSection[];
  /** Why a packed file was not read to its end; null when it was. */
  stopped: Bilingual | null;
}

/** Smaller files are scanned before a thread would have started. */
const PARALLEL_FROM_BYTES = 48 << 20;
const MAX_THREADS = 8;
const READ_BYTES = 1 << 20;
/** For a file of this size finding the rarest windows of the triggers costs more than it saves. */
const SMALL_BYTES = 8 << 20;
/** Where no record begins within this much behind a cut, the cut is given up. */
const CUT_SEARCH_BYTES = 256 << 10;

/** The file's own compression broke off. */
const DAMAGED: Bilingual = {
  en: 'the compressed file is damaged: what stands before the damage was read',
  zh: '压缩文件已损坏：只读取了损坏处之前的内容',
};

/** Scans a file of any size with bounded memory; large plain ones on several threads. */
export async function scanFile(file: PlatformFile, scan: FileScan): Promise<FileScanned> {
  noteRead(file);
  const inRanges =
    file.lazy === undefined &&
    file.wrapping === 'none' &&
    file.storedBytes >= PARALLEL_FROM_BYTES &&
    scan.plan.sections !== 'aggregated';
  return inRanges ? { sections: await scanInRanges(file, scan), stopped: null } : scanInOrder(file, scan);
}

async function scanInOrder(file: PlatformFile, { plan, choice, sample, signal }: FileScan): Promise<FileScanned> {
  const isPlain = file.wrapping === 'none';
  const isSmall = isPlain && file.storedBytes < SMALL_BYTES;
  const triggers = isSmall ? sharedTriggerSet(choice, sample) : triggerSet(choice, sample);
  const scanner = new LogScanner(plan, triggers, isPlain ? file.storedBytes : Number.MAX_SAFE_INTEGER);
  let stopped: Bilingual | null = null;
  try {
    for await (const chunk of openChunks(file, signal === undefined ? {} : { signal })) {
      // A file that grew while it was read: what came after its size was taken is left for the next time.
      if (!feed(scanner, chunk)) break;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (isPlain) throw error;
    stopped = error instanceof UnpackLimitError ? unpackLimitNote(error.reached, 'it') : DAMAGED;
  }
  return { sections: scanner.end(), stopped };
}

function feed(scanner: LogScanner, chunk: Buffer): boolean {
  for (let taken = 0; taken < chunk.length; ) {
    const copied = chunk.copy(scanner.window.free(), 0, taken);
    if (copied === 0) return false;
    scanner.filled(copied);
    taken += copied;
  }
  return true;
}

async function scanInRanges(file: PlatformFile, scan: FileScan): Promise<ScannedSection[]> {
  const cuts = await findCuts(file, scan.plan);
  const ranges = cuts.slice(0, -1).map((from, index): RangeScan => {
    const plan = { ...scan.plan, fromStart: scan.plan.fromStart && from === 0 };
    return {
      plan,
      choice: scan.choice,
      sample: scan.sample,
      realPath: file.realPath,
      from,
      to: cuts[index + 1] ?? from,
    };
  });
  const [first, ...others] = ranges;
  if (first === undefined) return [];
  // This thread takes its share too: a worker needs a tenth of a second before it begins.
  const elsewhere = others.map((range) => scanElsewhere(range, scan.signal));
  const pieces = await Promise.all([scanHere(first, scan.signal), ...elsewhere]);
  return mergePieces(pieces, scan.plan.limits);
}

/** Offsets at which the file is cut for the threads, each where a record begins; first and last are the file's own ends. */
async function findCuts(file: PlatformFile, plan: ScanPlan): Promise<number[]> {
  const handle = await open(file.realPath, 'r');
  try {
    const { size } = await handle.stat();
    const threads = Math.max(1, Math.min(MAX_THREADS, availableParallelism()));
    const cuts = [0];
    const buffer = Buffer.alloc(CUT_SEARCH_BYTES);
    for (let index = 1; index < threads; index += 1) {
      const near = Math.floor((size / threads) * index);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, near);
      const at = recordStart(buffer.subarray(0, bytesRead), plan);
      if (at !== null) cuts.push(near + at);
    }
    return [...cuts, size];
  } finally {
    await handle.close();
  }
}

function recordStart(bytes: Buffer, { layout }: ScanPlan): number | null {
  let firstLine: number | null = null;
  for (let at = bytes.indexOf(10) + 1; at > 0; ) {
    firstLine ??= at;
    const next = bytes.indexOf(10, at);
    if (next === -1) break;
    if (beginsRecord(layout, bytes, at, next + 1)) return at;
    at = next + 1;
  }
  return firstLine;
}

async function scanHere(range: RangeScan, signal: AbortSignal | undefined): Promise<ScannedSection[]> {
  const { realPath, from, to, plan, choice, sample } = range;
  const scanner = new LogScanner(plan, triggerSet(choice, sample), to - from, from);
  const handle = await open(realPath, 'r');
  try {
    for (let at = from; at < to; ) {
      signal?.throwIfAborted();
      const free = scanner.window.free();
      const { bytesRead } = await handle.read(free, 0, Math.min(free.length, READ_BYTES, to - at), at);
      if (bytesRead === 0) break;
      scanner.filled(bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
  return scanner.end();
}

function compileCache(): { compileCacheFolder?: string } {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { compileCacheFolder: path.dirname(folder) };
}

function scanElsewhere(range: RangeScan, signal: AbortSignal | undefined): Promise<ScannedSection[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), {
      workerData: { ...range, ...compileCache() },
    });
    const stop = () => {
      void worker.terminate();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (sections: ScannedSection[]) => resolve(sections));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code !== 0) reject(new Error(`log scan stopped with code ${code}`));
    });
  });
}
