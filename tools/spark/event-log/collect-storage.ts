import type { SparkRun } from '../facts.ts';
import { type JsonObject, numberAt, objectAt, textAt } from './json-fields.ts';

const MAX_BLOCKS = 200_000;

/** Cached RDD blocks, where `spark.eventLog.logBlockUpdates.enabled` had them logged. */
export interface StorageCollector {
  blockUpdated(event: JsonObject): void;
  /** The highest use in memory seen, with what lay on disk and the number of blocks then. */
  result(): SparkRun['storage'];
}

export function collectStorage(): StorageCollector {
  const blocks = new Map<string, { memoryBytes: number; diskBytes: number }>();
  const now = { memoryBytes: 0, diskBytes: 0 };
  let peak: NonNullable<SparkRun['storage']> | null = null;

  function blockUpdated(event: JsonObject): void {
    const info = objectAt(event, 'Block Updated Info');
    const block = textAt(info, 'Block ID');
    const executor = textAt(objectAt(info, 'Block Manager ID'), 'Executor ID') ?? '';
    if (block === null || !block.startsWith('rdd_')) return;
    const key = `${executor} ${block}`;
    const before = blocks.get(key);
    if (before === undefined && blocks.size >= MAX_BLOCKS) return;
    const after = { memoryBytes: numberAt(info, 'Memory Size') ?? 0, diskBytes: numberAt(info, 'Disk Size') ?? 0 };
    now.memoryBytes += after.memoryBytes - (before?.memoryBytes ?? 0);
    now.diskBytes += after.diskBytes - (before?.diskBytes ?? 0);
    if (after.memoryBytes + after.diskBytes > 0) blocks.set(key, after);
    else blocks.delete(key);
    if (peak === null || now.memoryBytes + now.diskBytes > peak.memoryBytes + peak.diskBytes) {
      peak = { ...now, blocks: blocks.size };
    }
  }

  return { blockUpdated, result: () => peak };
}
