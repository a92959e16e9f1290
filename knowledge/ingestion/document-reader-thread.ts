import { parentPort } from 'node:worker_threads';
import { type ReadOrder, readSource } from './read-source.ts';

// The thread of `document-readers.ts`: one document at a time, so that the one that takes too long is known.
parentPort?.on('message', (order: ReadOrder) => {
  void readSource(order).then((read) => parentPort?.postMessage(read));
});
