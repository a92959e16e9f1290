import type { LabIncident } from '../lab-incident.ts';
import { ALLUXIO_INCIDENTS } from './alluxio.ts';
import { HDFS_INCIDENTS } from './hdfs.ts';
import { YARN_INCIDENTS } from './yarn.ts';

/** Every incident that the lab can provoke. */
export const LAB_INCIDENTS: readonly LabIncident[] = [...YARN_INCIDENTS, ...HDFS_INCIDENTS, ...ALLUXIO_INCIDENTS];
