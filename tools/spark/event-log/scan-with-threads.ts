import { Worker } from 'node:worker_threads';
import type { ByteRange, ScannedRange } from './scan-range.ts';

/** Most and least bytes of one piece of work: handing it over must cost nothing, memory must stay bounded. */
const MOST_BYTES = 24 << 20;
const LEAST_BYTES = 256 << 10;

/**
 * Scans a plain file in ranges by several threads and hands over what each range gave, in the order of the file. Never more
 * than one range more than there are threads is waiting.
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
  const ranges = rangesOf(file, threads, careful);
  const workers = Array.from({ length: Math.min(threads, ranges.length) }, () => idleWorker());
  const waiting = new Map<number, ScannedRange>();
  let next = 0;
  let taken = 0;
  let stopped = false;
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      const work = (worker: Worker) => {
        const mine = next;
        const range = ranges[mine];
        if (range === undefined || stopped || mine > taken + workers.length) return false;
        next += 1;
        worker.removeAllListeners('message');
        worker.once('message', (scanned: ScannedRange) => {
          waiting.set(mine, scanned);
          drain();
          if (!work(worker)) idle.push(worker);
          else wake();
        });
        worker.postMessage(range);
        return true;
      };
      const drain = () => {
        for (let ready = waiting.get(taken); ready !== undefined && !stopped; ready = waiting.get(taken)) {
          waiting.delete(taken);
          taken += 1;
          stopped = !take(ready);
        }
        if (stopped || taken === ranges.length) resolve();
      };
      const idle: Worker[] = [];
      const wake = () => {
        for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) {
          if (work(worker)) continue;
          idle.push(worker);
          return;
        }
      };
      for (const worker of workers) {
        worker.once('error', reject);
        work(worker);
      }
    });
  } finally {
    await Promise.all(workers.map(async (worker) => await worker.terminate()));
  }
}

function idleWorker(): Worker {
  return new Worker(new URL('./scan-worker.ts', import.meta.url));
}

function rangesOf(
  file: { number: number; realPath: string; bytes: number },
  threads: number,
  careful: boolean,
): ByteRange[] {
  const ranges: ByteRange[] = [];
  const bytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Math.ceil(file.bytes / (threads * 3))));
  for (let start = 0; start < file.bytes; start += bytes) {
    const end = Math.min(file.bytes, start + bytes);
    ranges.push({ file: file.number, realPath: file.realPath, start, end, fileEnd: file.bytes, careful });
  }
  return ranges;
}
