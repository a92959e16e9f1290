import { HOSTS, type LabHost, MASTER, NODES } from './hosts.ts';
import { ALLUXIO, HADOOP, SPARK } from './packages.ts';

/** Groups of daemons that go up together. */
export type Layer = 'hadoop' | 'history' | 'standalone' | 'alluxio' | 'prometheus' | 'collectors';

/** A Java class of a package set, with its largest heap. */
interface JavaProgram {
  java: string;
  packages: string;
  heapMiB: number;
  options: readonly string[];
}

/** A daemon that the lab runs. */
export interface Daemon {
  /** `kind@host`, as services are named in a capture. */
  name: string;
  layer: Layer;
  host: string;
  /** Its log on its host. */
  log: string;
  /** Java, a program of the system, or the product's own collector. */
  run: JavaProgram | { program: string } | { wherefore: 'node' };
  parameters: readonly string[];
  /** An address of the daemon that answers 200 when it works; for one that wants a token also 401. */
  ready: string;
}

/** On every host: the token of the collectors. */
export const TOKEN_FILE = '/mnt/wherefore.token';

const hadoopLog = (user: 'hdfs' | 'yarn', kind: string, host: string) =>
  `/var/log/hadoop-${user}/hadoop-${user}-${kind}-${host}.log`;

function hadoopDaemon(
  user: 'hdfs' | 'yarn',
  kind: string,
  host: string,
  java: string,
  heapMiB: number,
  ready: string,
): Daemon {
  const run = { java, packages: HADOOP, heapMiB, options: [] };
  return {
    name: `${kind}@${host}`,
    layer: 'hadoop',
    host,
    log: hadoopLog(user, kind, host),
    run,
    parameters: [],
    ready: `http://${host}:${ready}`,
  };
}

function alluxioDaemon(role: 'master' | 'worker', host: string, java: string, ready: string): Daemon {
  const logs = '/var/log/alluxio';
  const upper = role.toUpperCase();
  return {
    name: `alluxio-${role}@${host}`,
    layer: 'alluxio',
    host,
    log: `${logs}/${role}.out`,
    run: {
      java,
      packages: ALLUXIO,
      heapMiB: role === 'master' ? 160 : 128,
      options: [
        `-Dalluxio.logger.type=${upper}_LOGGER`,
        `-Dalluxio.logs.dir=${logs}`,
        '-Dalluxio.home=/srv/alluxio',
        `-Xlog:gc*:file=${logs}/${role}_gc.log:time,level,tags`,
      ],
    },
    parameters: [],
    ready: `http://${host}:${ready}`,
  };
}

/** Cores and memory that a standalone worker gives to executors. */
export const WORKER_CORES = 4;
export const WORKER_MEMORY_MIB = 1_280;

function standaloneDaemon(
  role: 'Master' | 'Worker',
  host: string,
  port: number,
  parameters: readonly string[],
): Daemon {
  const lower = role.toLowerCase();
  return {
    name: `spark-${lower}@${host}`,
    layer: 'standalone',
    host,
    log: `/var/log/spark/spark-${lower}-${host}.out`,
    run: { java: `org.apache.spark.deploy.${lower}.${role}`, packages: SPARK, heapMiB: 128, options: [] },
    parameters: ['--host', host, '--webui-port', String(port), ...parameters],
    ready: `http://${host}:${port}/json/`,
  };
}

/** Where standalone applications are submitted. */
export const STANDALONE_MASTER = `spark://${MASTER}:7077`;

/** Everything that runs, in the order of starting. */
export const DAEMONS: readonly Daemon[] = [
  hadoopDaemon('hdfs', 'namenode', MASTER, 'org.apache.hadoop.hdfs.server.namenode.NameNode', 128, '9870/jmx'),
  hadoopDaemon('hdfs', 'datanode', 'bd-node1', 'org.apache.hadoop.hdfs.server.datanode.DataNode', 128, '9864/jmx'),
  hadoopDaemon(
    'yarn',
    'resourcemanager',
    MASTER,
    'org.apache.hadoop.yarn.server.resourcemanager.ResourceManager',
    192,
    '8088/ws/v1/cluster/info',
  ),
  ...NODES.map((host) =>
    hadoopDaemon(
      'yarn',
      'nodemanager',
      host,
      'org.apache.hadoop.yarn.server.nodemanager.NodeManager',
      160,
      '8042/ws/v1/node/info',
    ),
  ),
  {
    name: `spark-history@${MASTER}`,
    layer: 'history',
    host: MASTER,
    log: '/var/log/spark/spark-history.log',
    run: {
      java: 'org.apache.spark.deploy.history.HistoryServer',
      packages: SPARK,
      heapMiB: 160,
      options: [
        '-Dspark.history.fs.logDirectory=file:/mnt/spark-history',
        '-Dspark.history.fs.update.interval=5s',
        `-Dspark.history.ui.port=18080`,
      ],
    },
    parameters: [],
    ready: `http://${MASTER}:18080/api/v1/version`,
  },
  standaloneDaemon('Master', MASTER, 8080, ['--port', '7077']),
  ...NODES.map((host) =>
    standaloneDaemon('Worker', host, 8081, [
      ...['--cores', String(WORKER_CORES), '--memory', `${WORKER_MEMORY_MIB}m`, '--work-dir', '/srv/spark/work'],
      STANDALONE_MASTER,
    ]),
  ),
  alluxioDaemon('master', MASTER, 'alluxio.master.AlluxioMaster', '19999/api/v1/master/info'),
  ...NODES.map((host) => alluxioDaemon('worker', host, 'alluxio.worker.AlluxioWorker', '30000/api/v1/worker/info')),
  {
    name: `prometheus@${MASTER}`,
    layer: 'prometheus',
    host: MASTER,
    log: '/var/log/prometheus/prometheus.log',
    run: { program: 'prometheus' },
    parameters: [
      '--config.file=/srv/prometheus/prometheus.yml',
      '--storage.tsdb.path=/srv/prometheus/data',
      '--storage.tsdb.retention.time=1d',
      `--web.listen-address=${MASTER}:9090`,
    ],
    ready: `http://${MASTER}:9090/-/ready`,
  },
  ...HOSTS.map(collector),
];

/** Collectors come last: they read what the others write. */
function collector({ name, address }: LabHost): Daemon {
  const port = 9099;
  return {
    name: `node@${name}`,
    layer: 'collectors',
    host: name,
    log: '/var/log/wherefore/node.log',
    run: { wherefore: 'node' },
    parameters: ['--listen', address, '--port', String(port), '--token-file', TOKEN_FILE, '--logs', '/srv/yarn/logs'],
    ready: `http://${name}:${port}/`,
  };
}

/** A daemon by its name. */
export function daemonNamed(name: string): Daemon {
  const found = DAEMONS.find((daemon) => daemon.name === name);
  if (!found) throw new Error(`no daemon ${name}`);
  return found;
}
