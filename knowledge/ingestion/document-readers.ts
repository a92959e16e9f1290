import { Worker } from 'node:worker_threads';
import type { ReadOrder, ReadSource } from './read-source.ts';

/** Memory that the reading of documents may take in one thread, in MiB: PDF.js needs a few hundred for a large file. */
const HEAP_MB = 1_024;

/** Threads that read documents, each of which can be ended when a document takes too long or too much memory. */
export interface DocumentReaders {
  read(order: ReadOrder): Promise<ReadSource>;
  close(): Promise<void>;
}

interface Waiting {
  order: ReadOrder;
  done: (read: ReadSource) => void;
}

/** Starts up to `most` threads, each when there is work for it. */
export function documentReaders(most: number): DocumentReaders {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let closed = false;

  const next = () => {
    while (queue.length > 0) {
      const worker = idle.pop() ?? (all.size < most ? started() : null);
      if (worker === null) return;
      const waiting = queue.shift();
      if (waiting) work(worker, waiting);
    }
  };
  const started = () => {
    const worker = new Worker(new URL('./document-reader-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // What parsers print about odd fonts is nobody's business.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    all.add(worker);
    return worker;
  };
  const work = (worker: Worker, { order, done }: Waiting) => {
    const finish = (read: ReadSource, keep: boolean) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (keep && !closed) idle.push(worker);
      else {
        all.delete(worker);
        // Without a listener an error that comes while it ends would end this process.
        worker.on('error', () => undefined);
        void worker.terminate();
      }
      done(read);
      next();
    };
    const failed = (reason: string) => finish({ hash: '', outcome: 'failed', reason }, false);
    const timer = setTimeout(
      () => failed(`reading it took longer than ${Math.round(order.limits.readMs / 1000)} s`),
      order.limits.readMs,
    );
    const onMessage = (read: ReadSource) => finish(read, true);
    const onError = (error: Error & { code?: string }) =>
      failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `reading it took more than ${HEAP_MB} MiB` : error.message);
    const onExit = () => failed('its reader ended without a word');
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(order);
  };
  return {
    read: (order) =>
      new Promise((done) => {
        queue.push({ order, done });
        next();
      }),
    async close() {
      closed = true;
      await Promise.all([...all].map(async (worker) => await worker.terminate()));
    },
  };
}
