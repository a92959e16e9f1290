import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { RangeScan } from './scan-file.ts';

// The thread's entry. The rest is loaded only when the compile cache is on, if the main thread has one: that halves the start.
const range = workerData as RangeScan;
if (range.compileCacheFolder !== undefined) enableCompileCache(range.compileCacheFolder);
const { scanRange } = await import('./scan-range.ts');
parentPort?.postMessage(scanRange(range));
