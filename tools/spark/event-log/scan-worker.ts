import { parentPort, workerData } from 'node:worker_threads';
import { type ByteRange, rangeScanner } from './scan-range.ts';

/** What a scanning thread is told when it starts. */
export interface ScanWorkerData {
  careful: boolean;
}

// A thread that scans the ranges it is sent, one after the other, and sends back what they gave.
const scan = rangeScanner((workerData as ScanWorkerData).careful);
parentPort?.on('message', (range: ByteRange) => {
  const scanned = scan(range);
  const moved = [...Object.values(scanned.columns), ...Object.values(scanned.started), scanned.bytes].map(
    (column) => column.buffer as ArrayBuffer,
  );
  parentPort?.postMessage(scanned, [...new Set(moved)]);
});
