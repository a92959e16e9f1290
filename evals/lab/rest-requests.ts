import { HDFS_FOLDERS } from './hadoop-configuration.ts';

/** What is asked of every service of a kind when an incident is recorded, whatever the incident. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  'yarn-rm': ['info', 'metrics', 'nodes', 'scheduler', 'apps'].map((name) => `/ws/v1/cluster/${name}`),
  'yarn-nm': ['info', 'apps', 'containers'].map((name) => `/ws/v1/node/${name}`),
  'spark-history': ['/api/v1/version', '/api/v1/applications?limit=2000'],
  'spark-master': ['/json'],
  'hdfs-namenode': [
    ...['NameNodeInfo', 'NameNodeStatus', 'FSNamesystem', 'FSNamesystemState'].map(
      (bean) => `/jmx?qry=Hadoop:service=NameNode,name=${bean}`,
    ),
    ...HDFS_FOLDERS.flatMap(({ path }) => [
      `/webhdfs/v1${path}?op=GETFILESTATUS`,
      `/webhdfs/v1${path}?op=GETCONTENTSUMMARY`,
    ]),
    '/fsck?ugi=root&path=/',
  ],
  'hdfs-datanode': ['/jmx?qry=Hadoop:service=DataNode,name=*'],
  'alluxio-master': [
    ...['info', 'webui_overview', 'webui_workers', 'webui_mounttable'].map((name) => `/api/v1/master/${name}`),
    '/metrics/prometheus/',
  ],
  'alluxio-worker': ['/api/v1/worker/info', '/metrics/prometheus/'],
  prometheus: ['/api/v1/status/buildinfo', '/api/v1/targets', '/api/v1/query?query=up'],
};

/** Families that Prometheus is asked for, with their past: what a dashboard of the cache shows. */
const SERIES = [
  'Cluster_(BytesRead.+|Capacity.+|ActiveRpcReadCount|LostWorkers|Workers)',
  'Master_(HeapUsage|JvmPauseMonitor.+|TotalRpcs|.*Pause.*)|JvmPauseMonitor.*',
  'Worker_(Blocks(Evicted|Cached|Lost).*|BytesRead.*|CacheBlocksSize|CapacityUsed.*|ActiveClients)',
  'up',
];

/** The past of metrics, at most as long as an incident takes: an hour. */
const LOOK_BACK_S = 3_600;
const STEP_S = 5;

/**
 * Requests of a service by its name in a capture (`yarn-nm@bd-node1`), in the order in which they are asked.
 *
 * @param since when the lab was brought up, now when it is asked: both milliseconds since the epoch
 */
export function requestsOf(service: string, { since, now }: { since: number; now: number }): string[] {
  const kind = service.replace(/@.*/, '');
  const fixed = [...(FIXED[kind] ?? [])];
  if (kind !== 'prometheus') return fixed;
  const end = Math.floor(now / 1000);
  const start = Math.max(Math.floor(since / 1000), end - LOOK_BACK_S);
  const series = SERIES.map(
    (names) =>
      `/api/v1/query_range?query=${encodeURIComponent(`{__name__=~"${names}"}`)}&start=${start}&end=${end}&step=${STEP_S}`,
  );
  return [...fixed, ...series];
}

/** What is asked of the ResourceManager about applications that it named. */
export function applicationRequests(apps: Buffer): string[] {
  const ids = new Set(apps.toString('utf8').match(/application_\d+_\d+/g));
  return [...ids].flatMap((id) => [`/ws/v1/cluster/apps/${id}`, `/ws/v1/cluster/apps/${id}/appattempts`]);
}

/** What is asked of it about attempts that it named. */
export function attemptRequests(attempts: Buffer): string[] {
  const ids = new Set(attempts.toString('utf8').match(/appattempt_\d+_\d+_\d+/g));
  return [...ids].map((id) => {
    const application = id.replace(/^appattempt_(\d+_\d+)_\d+$/, 'application_$1');
    return `/ws/v1/cluster/apps/${application}/appattempts/${id}/containers`;
  });
}
