import type { SourceFile } from './collect-documents.ts';
import type { KnownFile } from './plan-update.ts';
import { orderOf } from './plan-update.ts';
import type { ReadSource } from './read-source.ts';
import type { WriteWork } from './write-work.ts';

/** Documents that wait in front of the readers or behind them: bounds what a run holds in memory. */
const AHEAD = 24;

/** A file and what became of it. */
export interface ReadFile {
  file: SourceFile;
  read: ReadSource;
  /** What the index shall remember of it. */
  state: KnownFile;
}

/**
 * Reads the documents of a plan in order, some ahead.
 *
 * @param everything also those whose content is known
 */
export async function* readAll(
  { options, plan, known, readers }: Pick<WriteWork, 'options' | 'plan' | 'known' | 'readers'>,
  everything: boolean,
): AsyncGenerator<ReadFile> {
  const { signal, onProgress } = options;
  const total = plan.toRead.length;
  const waiting: Promise<ReadFile>[] = [];
  let at = 0;
  for (let done = 0; done < total; done++) {
    signal?.throwIfAborted();
    while (at < total && waiting.length < AHEAD) {
      const file = plan.toRead[at++];
      if (file) waiting.push(readOne(file));
    }
    const next = await waiting.shift();
    onProgress?.({ phase: 'reading', done: done + 1, total });
    if (next) yield next;
  }

  async function readOne(file: SourceFile): Promise<ReadFile> {
    const before = known.get(file.documentId);
    const order = orderOf(file, options, before);
    const read = await readers.read(everything ? { ...order, knownHash: null } : order);
    return { file, read, state: stateOf(file, read, order.settings, before) };
  }
}

function stateOf(file: SourceFile, read: ReadSource, settings: string, before: KnownFile | undefined): KnownFile {
  const base = { documentId: file.documentId, collection: file.collection.name };
  const rows = { hash: before?.hash ?? '', chunks: before?.chunks ?? 0 };
  switch (read.outcome) {
    case 'read':
      return { ...base, stamp: file.stamp, settings, failed: '', hash: read.hash, chunks: read.rows.length };
    case 'known':
      return { ...base, ...rows, stamp: file.stamp, settings, failed: '' };
    case 'failed':
      // The rows stay those of the content before. What was not even read (time, memory, rights) is tried again next time.
      return {
        ...base,
        ...rows,
        stamp: read.hash === '' ? '' : file.stamp,
        settings: before !== undefined && before.hash !== '' && read.hash === '' ? before.settings : settings,
        failed: read.reason,
      };
  }
}
