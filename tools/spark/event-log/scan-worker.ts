import { parentPort } from 'node:worker_threads';
import { type ByteRange, type ScannedRange, scanRange } from './scan-range.ts';

// A thread that scans the ranges it is sent, one after the other, and sends back what they gave.
parentPort?.on('message', (range: ByteRange) => {
  const scanned: ScannedRange = scanRange(range);
  const moved = [
    ...Object.values(scanned.columns).map((column) => column.buffer as ArrayBuffer),
    scanned.bytes.buffer as ArrayBuffer,
  ];
  parentPort?.postMessage(scanned, [...new Set(moved)]);
});
