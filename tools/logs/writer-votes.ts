import type { Writer } from '../evidence/text-record.ts';
import { isDriverOnlyLogger, isEngineLogger, shortLogger } from './engine-loggers.ts';
import type { Prefix } from './parse-prefix.ts';
import { DAEMONS } from './record-provenance.ts';

/** Sides of a Spark process that a logger can speak for. */
type Role = Writer | 'spark_any';

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Loggers by full name: daemons print them in full, so the package tells the daemon. */
const BY_PACKAGE: readonly (readonly [RegExp, Role])[] = [
  [/^FSNamesystem\.audit$|FSNamesystem\.audit$/, 'hdfs_audit'],
  [/^org\.apache\.hadoop\.yarn\.server\.nodemanager\./, 'node_manager'],
  [/^org\.apache\.hadoop\.yarn\.server\.resourcemanager\./, 'resource_manager'],
  [/^org\.apache\.hadoop\.hdfs\.(?:server\.namenode\.|StateChange)|^BlockStateChange$/, 'namenode'],
  [/^org\.apache\.hadoop\.hdfs\.server\.datanode\./, 'datanode'],
  [/^org\.apache\.flink\./, 'flink'],
  [/^(?:org\.)?alluxio\.|^[A-Z]\w{2,80}\.java$/, 'alluxio'],
  [/^org\.apache\.celeborn\.(?:service|server)\./, 'celeborn'],
  [
    /^airflow\.|^(?:standard_task_runner|taskinstance|scheduler_job(?:_runner)?|local_task_job(?:_runner)?|local_executor|dagbag|manager|processor|subprocess|process_utils|dagrun|dag)\.py:\d/,
    'airflow',
  ],
  [/^kubelet$/, 'kubelet'],
];

const EXECUTOR =
  set(`CoarseGrainedExecutorBackend YarnCoarseGrainedExecutorBackend KubernetesExecutorBackend Executor WorkerWatcher
  MapOutputTrackerWorker ShuffleBlockFetcherIterator ExecutorLogUrlHandler UnsafeExternalSorter ExternalSorter
  ShuffleExternalSorter UnsafeShuffleWriter SortShuffleWriter ExternalAppendOnlyMap TaskMemoryManager PythonUDFRunner
  CelebornShuffleReader CelebornInputStream`);
const DRIVER = set(`SparkSubmit SparkSubmitArguments SparkUI Client YarnClientImpl StandaloneAppClient SharedState
  FileSourceStrategy InMemoryFileIndex FileFormatWriter HiveUtils SparkSQLCLIDriver HiveThriftServer2 SparkExecuteStatementOperation
  BlockManagerInfo ResourceProfileManager SingleEventLogFileWriter RollingEventLogFilesWriter DefaultNoHARMFailoverProxyProvider
  LifecycleManager ApplicationHeartbeater AsyncEventQueue BlockManagerMasterEndpoint OutputCommitCoordinator`);
const APPLICATION_MASTER = set(
  'ApplicationMaster YarnAllocator YarnRMClient AMRMClientImpl YarnAllocatorNodeHealthTracker ExecutorRunnable',
);
const SPARK_MASTER = set('Master MasterWebUI');
const SPARK_WORKER = set('Worker WorkerWebUI ExecutorRunner DriverRunner ExternalShuffleService');
const CELEBORN =
  set(`Controller StorageManager PushDataHandler FetchHandler MemoryManager ChannelsLimiter ShuffleAuditLogger RestAuditLogger
  LocalDeviceMonitor DeviceMonitor DeviceInfo ChunkStreamManager AbstractMetaManager SingleMasterMetaManager HAMasterMetaManager TagsManager
  RestExceptionMapper PartitionFilesSorter QuotaManager SlotsAllocator HttpServer CongestionController`);
const NODE_MANAGER =
  set(`NodeManager ContainerManagerImpl ContainerImpl ContainersMonitorImpl ContainerLaunch DefaultContainerExecutor
  LinuxContainerExecutor ContainerExecutor NodeStatusUpdaterImpl LogAggregationService AppLogAggregatorImpl NMAuditLogger
  ResourceLocalizationService LocalDirsHandlerService DirectoryCollection ContainerScheduler ApplicationImpl`);
const RESOURCE_MANAGER =
  set(`ResourceManager RMAppImpl RMAppAttemptImpl RMContainerImpl CapacityScheduler FairScheduler LeafQueue ParentQueue
  RMNodeImpl ClientRMService ApplicationMasterService RMAuditLogger AbstractYarnScheduler ResourceTrackerService AMLauncher RMAppManager
  SchedulerApplicationAttempt AppSchedulingInfo`);
const NAMENODE = set(
  'NameNode FSNamesystem FSEditLog StateChange BlockStateChange BlockManagerSafeMode DatanodeManager LeaseManager',
);
const DATANODE = set(
  'DataNode BlockPoolManager FsDatasetImpl DataXceiver clienttrace BlockReceiver VolumeScanner DirectoryScanner',
);

/** Lines in which a process says what it is, whatever else it logs. */
const BANNERS: readonly (readonly [RegExp, Role])[] = [
  [/STARTUP_MSG: Starting NodeManager/, 'node_manager'],
  [/STARTUP_MSG: Starting ResourceManager/, 'resource_manager'],
  [/STARTUP_MSG: Starting NameNode/, 'namenode'],
  [/STARTUP_MSG: Starting DataNode/, 'datanode'],
  [
    /Spark Executor Command: |CoarseGrainedExecutorBackend: Started daemon|Starting executor ID \S{1,40} on host/,
    'spark_executor',
  ],
  [/\bWorker: (?:Started daemon with process name|Starting Spark worker)/, 'spark_worker'],
  [/\bMaster: (?:Started daemon with process name|Starting Spark master|I have been elected leader)/, 'spark_master'],
  [/ApplicationMaster: ApplicationAttemptId: appattempt_/, 'spark_application_master'],
  [/Running Spark version \d|Welcome to\s{1,20}____|Submitted application: /, 'spark_driver'],
  [/celeborn\.service\.deploy|Starting Celeborn/i, 'celeborn'],
];
/** A banner weighs as much as this many records of a logger: a process says once what it is. */
const BANNER_WEIGHT = 50;

/** What the records of a sample say about who wrote it. */
export interface Tally {
  /** Records with a prefix. */
  prefixed: number;
  /** Records of the engine or a library it is built on, whichever side. */
  engine: number;
  votes: ReadonlyMap<Role, number>;
  /** The driver's own application runs inside this ApplicationMaster (cluster mode). */
  runsUserApplication: boolean;
  /** The first records are Spark's own: what follows may print a daemon's lines, it is none. */
  beginsAsSpark: boolean;
}

/** A process's own records come before anything that it prints of others. */
const FIRST_RECORDS = 2;

/** Counts whom the loggers and banners of a sample speak for. */
export function tallyVotes(prefixes: readonly Prefix[], text: string): Tally {
  const votes = new Map<Role, number>();
  const add = (role: Role, weight: number) => votes.set(role, (votes.get(role) ?? 0) + weight);
  let engine = 0;
  for (const { logger } of prefixes) {
    if (logger === '') continue;
    if (isEngineLogger(logger)) engine += 1;
    for (const role of rolesOf(logger)) add(role, 1);
  }
  for (const [pattern, role] of BANNERS) if (pattern.test(text)) add(role, BANNER_WEIGHT);
  const runsUserApplication = /Starting the user application in a separate Thread/.test(text);
  const first = prefixes.filter(({ logger }) => logger !== '').slice(0, FIRST_RECORDS);
  const beginsAsSpark =
    first.length > 0 && first.every(({ logger }) => isEngineLogger(logger) && !speaksForDaemon(logger));
  return { prefixed: prefixes.length, engine, votes, runsUserApplication, beginsAsSpark };
}

function speaksForDaemon(logger: string): boolean {
  return rolesOf(logger).some((role) => (SERVICES as readonly Role[]).includes(role));
}

function rolesOf(logger: string): Role[] {
  const packaged = BY_PACKAGE.find(([pattern]) => pattern.test(logger));
  if (packaged) return [packaged[1]];
  // A full name outside of Spark's packages (`org.apache.hadoop.ipc.Client`) shares only its last word with Spark's.
  if (/^(?:org|com|io|net)\.[\w.]{1,200}$/.test(logger) && !logger.startsWith('org.apache.spark.')) return [];
  if (logger.includes('.') && !isEngineLogger(logger)) return [];
  const name = shortLogger(logger);
  const roles: Role[] = [];
  if (EXECUTOR.has(name)) roles.push('spark_executor');
  if (APPLICATION_MASTER.has(name)) roles.push('spark_application_master');
  else if (DRIVER.has(name) || isDriverOnlyLogger(logger)) roles.push('spark_driver');
  if (SPARK_MASTER.has(name)) roles.push('spark_master', 'celeborn');
  if (SPARK_WORKER.has(name)) roles.push('spark_worker');
  if (CELEBORN.has(name)) roles.push('celeborn');
  if (NODE_MANAGER.has(name)) roles.push('node_manager');
  if (RESOURCE_MANAGER.has(name)) roles.push('resource_manager');
  if (NAMENODE.has(name)) roles.push('namenode');
  if (DATANODE.has(name)) roles.push('datanode');
  return roles;
}

/** Services beside Spark whose own log it may be: daemons, and Flink, which runs for one application. */
const SERVICES: readonly Writer[] = [...DAEMONS, 'flink'];

/**
 * The writer that a tally speaks for, or `null` when nothing does. In a container's own stream a daemon is ruled out: a
 * container is an application's process, whatever it prints.
 */
export function writerOfTally(tally: Tally, isContainer: boolean): Writer | null {
  const inContainer = isContainer || (tally.beginsAsSpark && sparkWriter(tally) !== null);
  const count = (role: Role) => tally.votes.get(role) ?? 0;
  const spark = sparkWriter(tally);
  const sparkVotes = count('spark_executor') + count('spark_driver') + count('spark_application_master');
  if (!inContainer || !spark) {
    const best = SERVICES.filter(
      (daemon) =>
        !inContainer || daemon === 'flink' || daemon === 'airflow' || daemon === 'celeborn' || daemon === 'alluxio',
    )
      .map((daemon) => ({ daemon, votes: count(daemon) }))
      .reduce((a, b) => (b.votes > a.votes ? b : a));
    if (best.votes > sparkVotes) return best.daemon;
  }
  return spark;
}

function sparkWriter(tally: Tally): Writer | null {
  const count = (role: Role) => tally.votes.get(role) ?? 0;
  const executor = count('spark_executor');
  const driver = count('spark_driver');
  const master = count('spark_application_master');
  if (executor + driver + master === 0) return null;
  if (tally.runsUserApplication) return 'spark_driver';
  if (master > 0 && master >= executor) return driver > 0 ? 'spark_driver' : 'spark_application_master';
  return driver >= executor || (driver > 2 && executor < BANNER_WEIGHT) ? 'spark_driver' : 'spark_executor';
}
