import type { Area } from '../../tools/evidence/area.ts';
import type { Cluster } from '../settings.ts';

/** One thing that an area can tell when it is configured. */
interface AreaPart {
  tells: string;
  /** Kinds of services that can tell it; any one will do. */
  services: readonly string[];
  /** Folders on this machine that can tell it. */
  folders: readonly ('eventLogs' | 'hostsDir')[];
  /** What to set when nothing can. */
  setting: string;
}

const HOSTS = {
  services: ['node'],
  folders: ['hostsDir'],
  setting: 'WHEREFORE_HOSTS_DIR, or node@<host> in the platform file',
} as const;
const KUBERNETES = { services: ['kubernetes'], folders: [], setting: 'WHEREFORE_KUBERNETES_URL' } as const;

function byService(tells: string, service: string, setting = `${service}@<host> in the platform file`): AreaPart {
  return { tells, services: [service], folders: [], setting };
}

/** What each area tells, and what it needs for it. */
const AREAS: Readonly<Partial<Record<Area, readonly AreaPart[]>>> = {
  spark: [
    {
      tells: 'runs, stages and tasks',
      services: ['spark-history', 'spark-driver'],
      folders: ['eventLogs'],
      setting: 'WHEREFORE_SPARK_EVENT_LOGS or WHEREFORE_SPARK_HISTORY_URL',
    },
  ],
  yarn: [
    byService('applications, queues, nodes', 'yarn-rm', 'WHEREFORE_YARN_RM_URL'),
    byService('disks and health of single nodes', 'yarn-nm'),
  ],
  logs: [
    { tells: 'logs of daemons, drivers and executors', ...HOSTS },
    byService('aggregated logs of containers', 'yarn-history', 'WHEREFORE_YARN_HISTORY_URL'),
    byService('logs of containers that run', 'yarn-nm'),
  ],
  memory: [
    { tells: 'kernel kills, control groups, pressure', ...HOSTS },
    { tells: 'pods and their limits', ...KUBERNETES },
  ],
  shuffle: [
    byService('Celeborn: workers, slots, lost and excluded ones', 'celeborn-master', 'WHEREFORE_CELEBORN_MASTER_URL'),
    byService('Celeborn: what single workers hold', 'celeborn-worker'),
  ],
  cache: [
    byService('Alluxio: capacity, hits, mounts', 'alluxio-master', 'WHEREFORE_ALLUXIO_MASTER_URL'),
    byService('Alluxio: single workers', 'alluxio-worker'),
    byService('Alluxio: FUSE', 'alluxio-fuse'),
    { tells: 'Fluid: data sets and runtimes', ...KUBERNETES },
  ],
  storage: [
    byService('HDFS: safe mode, missing blocks, quota', 'hdfs-namenode', 'WHEREFORE_HDFS_NAMENODE_URL'),
    byService('HDFS: single DataNodes', 'hdfs-datanode'),
    { tells: 'disks of hosts', ...HOSTS },
  ],
  metrics: [byService('the past of what only tells now', 'prometheus', 'WHEREFORE_PROMETHEUS_URL')],
};

/** What an area can and cannot answer as configured. */
export interface AreaCheck {
  area: string;
  can: string[];
  /** Configured, but what tells it does not answer. */
  cannotNow: { what: string; because: string }[];
  missing: { what: string; setting: string }[];
}

/** @param working services that answered as they should */
export function checkAreas(cluster: Cluster, working: ReadonlySet<string>): AreaCheck[] {
  return Object.entries(AREAS).map(([area, parts]) => {
    const check: AreaCheck = { area, can: [], cannotNow: [], missing: [] };
    for (const part of parts ?? []) {
      const named = Object.keys(cluster.services).filter((name) => part.services.includes(name.split('@', 1)[0] ?? ''));
      const byFolder = part.folders.some((folder) => cluster[folder] !== null);
      if (byFolder || named.some((name) => working.has(name))) check.can.push(part.tells);
      else if (named.length > 0) check.cannotNow.push({ what: part.tells, because: named.join(', ') });
      else check.missing.push({ what: part.tells, setting: part.setting });
    }
    return check;
  });
}
