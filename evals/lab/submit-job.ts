import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STANDALONE_MASTER } from './daemons.ts';
import { GATEWAY } from './hosts.ts';
import { type SparkJob, scriptOf } from './jobs.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { startOnHost } from './on-host.ts';
import { SPARK } from './packages.ts';

/** A job that was submitted: its process on the gateway, and where that writes. */
export interface Submission {
  job: SparkJob;
  submittedAt: number;
  /** Log of the submission, a path of this machine. */
  log: string;
  ended(): boolean;
  /** The id of YARN, or of Spark's own cluster, as soon as the log tells it. */
  applicationId(): string | null;
}

/** Hands a job to its cluster from the gateway. */
export function submitJob(folder: LabFolder, job: SparkJob): Submission {
  const home = path.join(folder.packages, SPARK, 'pyspark');
  const script = path.join(folder.shared, 'jobs', `${job.name}.py`);
  mkdirSync(path.dirname(script), { recursive: true });
  writeFileSync(script, scriptOf(job));
  const submittedAt = Date.now();
  const time = new Date(submittedAt).toISOString().replace(/[-:]|\..*/g, '');
  const log = onHost(folder, GATEWAY, `var/log/jobs/${job.name}-${time}.log`);
  const settings = Object.entries({
    ...(job.queue === null ? settingsOfStandaloneJobs() : settingsOfEveryJob(home)),
    ...job.settings,
  });
  const configuration = path.join(folder.configuration, GATEWAY, 'hadoop');
  const onYarn = job.queue !== null;
  const child = startOnHost(
    folder,
    GATEWAY,
    [
      path.join(home, 'bin', 'spark-submit'),
      ...(job.queue === null
        ? ['--master', STANDALONE_MASTER, '--name', job.name]
        : ['--master', 'yarn', '--deploy-mode', 'cluster', '--name', job.name, '--queue', job.queue]),
      ...settings.flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
      `/mnt/jobs/${job.name}.py`,
      ...(job.parameters ?? []),
    ],
    {
      writesTo: log,
      environment: {
        SPARK_HOME: home,
        HADOOP_USER_NAME: 'etl',
        PYSPARK_PYTHON: 'python3',
        ...(onYarn
          ? {
              HADOOP_CONF_DIR: configuration,
              YARN_CONF_DIR: configuration,
              PYSPARK_ARCHIVES_PATH: pythonArchives(home),
            }
          : { SPARK_LOCAL_HOSTNAME: GATEWAY }),
      },
    },
  );
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  return {
    job,
    submittedAt,
    log,
    ended: () => ended,
    applicationId: () =>
      (onYarn ? /application_\d+_\d+/ : /app-\d{14}-\d{4}/).exec(readFileSync(log, 'utf8'))?.[0] ?? null,
  };
}

function pythonArchives(home: string): string {
  return ['pyspark.zip', 'py4j-0.10.9.7-src.zip'].map((name) => `local:${home}/python/lib/${name}`).join(',');
}

/** Two executors of two slots, and an event log in the shared folder. */
function settingsOfStandaloneJobs(): Record<string, string | number> {
  const quick = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
  return {
    'spark.driver.memory': '512m',
    'spark.executor.memory': '512m',
    'spark.executor.cores': 2,
    'spark.cores.max': 4,
    // Both executors are there before the first stage is planned, in every run: runs can be compared.
    'spark.scheduler.minRegisteredResourcesRatio': '1.0',
    'spark.sql.shuffle.partitions': 8,
    'spark.driver.extraJavaOptions': quick,
    'spark.executor.extraJavaOptions': quick,
    'spark.eventLog.enabled': 'true',
    'spark.eventLog.dir': 'file:/mnt/spark-history',
    'spark.ui.enabled': 'false',
  };
}

/** Small containers, jars from where they lie, and an event log that the history server reads. */
function settingsOfEveryJob(home: string): Record<string, string | number> {
  const quick = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
  return {
    'spark.yarn.jars': `local:${home}/jars/*`,
    'spark.yarn.submit.file.replication': 1,
    'spark.driver.memory': '512m',
    'spark.driver.memoryOverhead': '256m',
    'spark.executor.memory': '512m',
    'spark.executor.memoryOverhead': '256m',
    'spark.executor.cores': 1,
    'spark.executor.instances': 2,
    'spark.sql.shuffle.partitions': 4,
    'spark.driver.extraJavaOptions': quick,
    'spark.executor.extraJavaOptions': quick,
    'spark.eventLog.enabled': 'true',
    'spark.eventLog.dir': 'file:/mnt/spark-history',
    'spark.ui.enabled': 'false',
  };
}
