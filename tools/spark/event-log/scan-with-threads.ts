import { Worker } from 'node:worker_threads';
import { type ByteRange, rangeScanner, type ScannedRange } from './scan-range.ts';
import type { ScanWorkerData } from './scan-worker.ts';

/** Most and least bytes of one piece of work: handing it over must cost nothing, memory must stay bounded. */
const MOST_BYTES = 16 << 20;
const LEAST_BYTES = 256 << 10;

/**
 * Scans a plain file in ranges, by this thread and `threads` others side by side, and hands over what each range gave, in
 * the order of the file. This thread begins at once, the others when they have started. `take` says whether to go on.
 *
 * @throws what a thread threw, and when `signal` aborts
 */
export async function scanWithThreads(
  file: { number: number; realPath: string; bytes: number },
  threads: number,
  careful: boolean,
  take: (scanned: ScannedRange) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  const ranges = rangesOf(file, threads + 1);
  const scanHere = rangeScanner(careful);
  const workerData: ScanWorkerData = { careful };
  const waiting = new Map<number, ScannedRange>();
  const workers: Worker[] = [];
  let failure: { error: unknown } | null = null;
  let next = 0;
  let taken = 0;
  let stopped = false;
  let wake = () => {};

  /** The next range to scan; none while too many wait for an earlier one, so that memory stays bounded. */
  function nextRange(): number | null {
    if (stopped || next >= ranges.length || next > taken + 2 * threads + 1) return null;
    next += 1;
    return next - 1;
  }

  function scanned(at: number, range: ScannedRange): void {
    waiting.set(at, range);
    for (let ready = waiting.get(taken); ready !== undefined && !stopped; ready = waiting.get(taken)) {
      waiting.delete(taken);
      taken += 1;
      stopped = !take(ready);
    }
    for (const worker of idle.splice(0)) give(worker);
    wake();
  }

  const idle: Worker[] = [];
  function give(worker: Worker): void {
    const at = nextRange();
    if (at === null) {
      idle.push(worker);
      return;
    }
    worker.once('message', (range: ScannedRange) => {
      scanned(at, range);
      give(worker);
    });
    worker.postMessage(ranges[at]);
  }

  for (let thread = 0; thread < Math.min(threads, ranges.length - 1); thread += 1) {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData });
    workers.push(worker);
    worker.once('error', (error) => {
      failure = { error };
      wake();
    });
    worker.once('online', () => give(worker));
  }
  try {
    while (!stopped && taken < ranges.length) {
      signal?.throwIfAborted();
      if (failure !== null) throw (failure as { error: unknown }).error;
      const at = nextRange();
      const range = at === null ? undefined : ranges[at];
      if (at !== null && range !== undefined) {
        scanned(at, scanHere(range));
        await new Promise(setImmediate);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await Promise.all(workers.map(async (worker) => await worker.terminate()));
  }
}

function rangesOf(file: { number: number; realPath: string; bytes: number }, threads: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  const bytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Math.ceil(file.bytes / (threads * 3))));
  for (let start = 0; start < file.bytes; start += bytes) {
    const end = Math.min(file.bytes, start + bytes);
    ranges.push({ file: file.number, realPath: file.realPath, start, end, fileEnd: file.bytes });
  }
  return ranges;
}
