import type { LabIncident } from '../lab-incident.ts';
import { ALLUXIO_INCIDENTS } from './alluxio.ts';
import { HDFS_INCIDENTS } from './hdfs.ts';
import { KERNEL_INCIDENTS } from './kernel.ts';
import { SLOW_PAIRS } from './slow-pairs.ts';
import { STANDALONE_INCIDENTS } from './standalone.ts';
import { NODE_INCIDENTS } from './yarn-nodes.ts';
import { QUEUE_INCIDENTS } from './yarn-queues.ts';

/** Every incident that the lab can provoke. */
export const LAB_INCIDENTS: readonly LabIncident[] = [
  ...QUEUE_INCIDENTS,
  ...NODE_INCIDENTS,
  ...HDFS_INCIDENTS,
  ...ALLUXIO_INCIDENTS,
  ...KERNEL_INCIDENTS,
  ...STANDALONE_INCIDENTS,
  ...SLOW_PAIRS,
];
