import type { SparkRun } from '../facts.ts';
import { settingOf } from './spark-setting.ts';

/** Short names and classes of Spark's own managers (1.1 to 4.0), and the GPU one, which writes local files as well. */
const LOCAL =
  /^(?:sort|hash|tungsten-sort|org\.apache\.spark\.shuffle\.(?:sort|hash|unsafe)\.\w{1,60}|com\.nvidia\.spark\.rapids\.[\w.]{1,80})$/;

/**
 * Whether shuffles are written to the hosts' own disks. Remote shuffle managers (Celeborn, Uniffle and the like) send what
 * they "write" over the network instead.
 */
export function writesToLocalDisk(run: SparkRun): boolean {
  const manager = settingOf(run, 'spark.shuffle.manager');
  return manager === null || LOCAL.test(manager);
}
