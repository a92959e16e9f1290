import { GATEWAY, MASTER, NODES } from './hosts.ts';

/** Name and value of settings, one file of Hadoop's configuration. */
type Properties = Readonly<Record<string, string | number | boolean>>;

/** What one NodeManager may give to containers. Two nodes: four containers of the size that jobs here ask for. */
export const NODE_MEMORY_MB = 1_536;

const DATANODE = NODES[0] as string;

/** Queues: `etl` may take all, `adhoc` a half. */
const SCHEDULER: Properties = {
  'yarn.scheduler.capacity.root.queues': 'etl,adhoc',
  'yarn.scheduler.capacity.root.etl.capacity': 75,
  'yarn.scheduler.capacity.root.etl.maximum-capacity': 100,
  'yarn.scheduler.capacity.root.adhoc.capacity': 25,
  'yarn.scheduler.capacity.root.adhoc.maximum-capacity': 50,
  'yarn.scheduler.capacity.root.adhoc.user-limit-factor': 4,
  'yarn.scheduler.capacity.maximum-am-resource-percent': 0.9,
  'yarn.scheduler.capacity.resource-calculator': 'org.apache.hadoop.yarn.util.resource.DefaultResourceCalculator',
};

/** Hadoop's configuration files on a host, by file name. */
export function hadoopConfiguration(host: string): Record<string, string> {
  return {
    'core-site.xml': xml({
      'fs.defaultFS': `hdfs://${MASTER}:9000`,
      'hadoop.http.staticuser.user': 'etl',
      'hadoop.tmp.dir': '/srv/hadoop-tmp',
      'ipc.client.connect.max.retries': 3,
    }),
    'hdfs-site.xml': xml({
      'dfs.replication': 1,
      'dfs.namenode.name.dir': '/srv/hdfs/nn',
      'dfs.datanode.data.dir': '/srv/hdfs/dn',
      'dfs.namenode.http-address': `${MASTER}:9870`,
      'dfs.datanode.address': `${DATANODE}:9866`,
      'dfs.datanode.http.address': `${DATANODE}:9864`,
      'dfs.datanode.ipc.address': `${DATANODE}:9867`,
      'dfs.datanode.hostname': DATANODE,
      // The NameNode sees every DataNode come from 127.0.0.1.
      'dfs.namenode.datanode.registration.ip-hostname-check': false,
      'dfs.client.use.datanode.hostname': true,
      'dfs.namenode.safemode.extension': 0,
      'dfs.heartbeat.interval': 1,
      'dfs.namenode.heartbeat.recheck-interval': 10_000,
      'dfs.blocksize': 1 << 20,
      'dfs.namenode.fs-limits.min-block-size': 4_096,
      'dfs.permissions.superusergroup': 'root',
    }),
    'yarn-site.xml': xml({
      'yarn.resourcemanager.hostname': MASTER,
      'yarn.acl.enable': true,
      'yarn.admin.acl': 'root',
      'yarn.scheduler.minimum-allocation-mb': 256,
      'yarn.scheduler.maximum-allocation-mb': NODE_MEMORY_MB,
      'yarn.nodemanager.resource.memory-mb': NODE_MEMORY_MB,
      'yarn.nodemanager.resource.cpu-vcores': 4,
      // Hadoop 3.3 never kills by its own memory check while this is true, and without the native executor nobody else does.
      'yarn.nodemanager.resource.memory.enforced': false,
      'yarn.nodemanager.pmem-check-enabled': true,
      'yarn.nodemanager.vmem-check-enabled': false,
      'yarn.nodemanager.hostname': host,
      'yarn.nodemanager.webapp.address': `${host}:8042`,
      'yarn.nodemanager.local-dirs': '/srv/yarn/local',
      'yarn.nodemanager.log-dirs': '/srv/yarn/logs',
      'yarn.nodemanager.disk-health-checker.interval-ms': 5_000,
      'yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage': 95,
      'yarn.nodemanager.env-whitelist': 'JAVA_HOME,PATH,LANG',
      // Ten minutes by default; a lost node shall be told while somebody waits.
      'yarn.nm.liveness-monitor.expiry-interval-ms': 45_000,
      'yarn.resourcemanager.am.max-attempts': 2,
      'yarn.application.classpath': '/nonexistent/*',
      'yarn.resourcemanager.connect.max-wait.ms': 8_000,
      'yarn.resourcemanager.connect.retry-interval.ms': 2_000,
    }),
    'capacity-scheduler.xml': xml(SCHEDULER),
    'log4j.properties': [
      'log4j.rootLogger=INFO,console',
      'log4j.appender.console=org.apache.log4j.ConsoleAppender',
      'log4j.appender.console.target=System.err',
      'log4j.appender.console.layout=org.apache.log4j.PatternLayout',
      'log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c: %m%n',
      '',
    ].join('\n'),
  };
}

/** Folders that a fresh file system gets, with their owner. */
export const HDFS_FOLDERS: readonly { path: string; owner: string }[] = [
  { path: '/user/etl', owner: 'etl' },
  { path: '/dw', owner: 'etl' },
  { path: '/tmp', owner: 'etl' },
];

/** Web pages of HDFS need these folders on the class path, or its daemons do not start. */
export const WEB_FOLDERS: readonly string[] = ['hdfs', 'datanode', 'secondary', 'static'];

/** Hosts that need Hadoop's configuration: every one, for clients too. */
export const HADOOP_HOSTS: readonly string[] = [MASTER, ...NODES, GATEWAY];

function xml(properties: Properties): string {
  const entries = Object.entries(properties).map(
    ([name, value]) => `  <property><name>${name}</name><value>${value}</value></property>`,
  );
  return ['<configuration>', ...entries, '</configuration>', ''].join('\n');
}
