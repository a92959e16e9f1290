import type { LabIncident } from '../lab-incident.ts';
import { ALLUXIO_INCIDENTS } from './alluxio.ts';
import { STORE_INCIDENTS } from './alluxio-store.ts';
import { HDFS_INCIDENTS } from './hdfs.ts';
import { DATA_INCIDENTS } from './hdfs-data.ts';
import { RIGHTS_INCIDENTS } from './hdfs-rights.ts';
import { KERNEL_LIMIT_INCIDENTS } from './kernel-limits.ts';
import { KERNEL_MEMORY_INCIDENTS } from './kernel-memory.ts';
import { SLOW_DATA_PAIRS } from './slow-data.ts';
import { SLOW_SETTING_PAIRS } from './slow-settings.ts';
import { STANDALONE_INCIDENTS } from './standalone.ts';
import { ASK_INCIDENTS } from './yarn-asks.ts';
import { NODE_INCIDENTS } from './yarn-nodes.ts';
import { QUEUE_INCIDENTS } from './yarn-queues.ts';

/** Every incident that the lab can provoke. */
export const LAB_INCIDENTS: readonly LabIncident[] = [
  ...QUEUE_INCIDENTS,
  ...NODE_INCIDENTS,
  ...ASK_INCIDENTS,
  ...HDFS_INCIDENTS,
  ...RIGHTS_INCIDENTS,
  ...DATA_INCIDENTS,
  ...ALLUXIO_INCIDENTS,
  ...KERNEL_MEMORY_INCIDENTS,
  ...KERNEL_LIMIT_INCIDENTS,
  ...STANDALONE_INCIDENTS,
  ...SLOW_DATA_PAIRS,
  ...SLOW_SETTING_PAIRS,
  ...STORE_INCIDENTS,
];
