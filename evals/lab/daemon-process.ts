import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeContainerJava } from './container-groups.ts';
import type { Daemon } from './daemons.ts';
import { JAVA_OPTIONS } from './java-options.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { LOCAL_DISK } from './node-step.ts';
import { hadoopClassPath, javaHome, runOnHost, startOnHost } from './on-host.ts';
import { ALLUXIO, HADOOP, SPARK } from './packages.ts';
import { forgetProcess, rememberedProcess, rememberProcess } from './remembered-processes.ts';
import { WHEREFORE } from './wherefore.ts';

/** A busy machine takes its time to start a JVM. */
const READY_WITHIN_MS = 420_000;
/** Asked for so long by one process before it is looked whether the daemon still lives. */
const ROUND_MS = 10_000;

/** Starts a daemon unless it runs, and waits until it answers. */
export async function startDaemon(folder: LabFolder, daemon: Daemon): Promise<void> {
  if (rememberedProcess(folder, daemon.name) === null) {
    const child = startOnHost(folder, daemon.host, commandOf(folder, daemon), {
      writesTo: onHost(folder, daemon.host, daemon.log),
      environment: environmentOf(folder, daemon),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    rememberProcess(folder, daemon.name, child.pid as number);
  }
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answersSoon(folder, daemon))) {
    if (rememberedProcess(folder, daemon.name) === null || Date.now() > until) {
      throw new LabError(`${daemon.name} does not work; its log: ${onHost(folder, daemon.host, daemon.log)}`);
    }
  }
}

function environmentOf(folder: LabFolder, { layer, name, host }: Daemon): Record<string, string> {
  if (layer === 'history') return { SPARK_NO_DAEMONIZE: '1' };
  if (layer === 'standalone') {
    const home = path.join(folder.packages, SPARK, 'pyspark');
    // The name, not an address: what executors are told to connect to is what people read in logs.
    return {
      SPARK_HOME: home,
      // Without it the worker looks for the folders of a build of Spark.
      SPARK_SCALA_VERSION: '2.12',
      SPARK_LOCAL_HOSTNAME: host,
      SPARK_LOCAL_DIRS: LOCAL_DISK,
    };
  }
  if (!name.startsWith('nodemanager@')) return {};
  return { JAVA_HOME: writeContainerJava(folder, host, javaHome()) };
}

/** Asks a daemon again and again for a while, by one process: each that is started costs the machine more than the asking. */
async function answersSoon(folder: LabFolder, daemon: Daemon): Promise<boolean> {
  const script = `const until = Date.now() + ${ROUND_MS};
    while (Date.now() < until) {
      const reply = await fetch(process.argv[1], { signal: AbortSignal.timeout(5000) }).catch(() => null);
      if (reply && (reply.status === 200 || reply.status === 401)) process.exit(0);
      await new Promise((done) => setTimeout(done, 500));
    }
    process.exit(1);`;
  const command = [process.execPath, '--input-type=module', '-e', script, '--', daemon.ready];
  return (await runOnHost(folder, 'bd-gw', command)).status === 0;
}

/** Asks an address of the lab's network from within; null when nothing answers. */
export async function fetchInside(folder: LabFolder, url: string): Promise<{ status: number; body: string } | null> {
  const script = `fetch(process.argv[1],{headers:{accept:'application/json'},signal:AbortSignal.timeout(5000)})
    .then(async (r) => process.stdout.write(r.status + '\\n' + (await r.text())))`;
  const { status, text } = await runOnHost(folder, 'bd-gw', [process.execPath, '-e', script, url]);
  if (status !== 0) return null;
  const end = text.indexOf('\n');
  return { status: Number(text.slice(0, end)), body: text.slice(end + 1) };
}

function commandOf(folder: LabFolder, { host, run, parameters }: Daemon): string[] {
  if ('program' in run) return [run.program, ...parameters];
  if ('wherefore' in run) return [...WHEREFORE, run.wherefore, ...parameters];
  const classPath = CLASS_PATHS[run.packages]?.(folder, host) ?? '';
  return [
    'java',
    ...JAVA_OPTIONS,
    `-Xmx${run.heapMiB}m`,
    ...run.options,
    ...(run.packages === ALLUXIO ? [`-Dalluxio.conf.dir=${path.join(folder.configuration, host, 'alluxio')}`] : []),
    '-cp',
    classPath,
    run.java,
    ...parameters,
  ];
}

const CLASS_PATHS: Readonly<Record<string, (folder: LabFolder, host: string) => string>> = {
  [HADOOP]: hadoopClassPath,
  [ALLUXIO]: alluxioClassPath,
  [SPARK]: (folder) => path.join(folder.packages, SPARK, 'pyspark', 'jars', '*'),
};

/** Configuration of a host first, then jars. */
export function alluxioClassPath(folder: LabFolder, host: string): string {
  return [path.join(folder.configuration, host, 'alluxio'), path.join(folder.packages, ALLUXIO, '*')].join(':');
}

/** Sends a signal to a daemon by its own id. @throws LabError when it does not run */
export function signalDaemon(folder: LabFolder, daemon: Daemon, signal: NodeJS.Signals): void {
  const pid = rememberedProcess(folder, daemon.name);
  if (pid === null) throw new LabError(`${daemon.name} does not run`);
  process.kill(pid, signal);
}

/** Waits until a daemon is gone. */
export async function waitUntilGone(folder: LabFolder, daemon: Daemon): Promise<void> {
  for (let waited = 0; waited < 200 && rememberedProcess(folder, daemon.name) !== null; waited++) await sleep(100);
  if (rememberedProcess(folder, daemon.name) === null) forgetProcess(folder, daemon.name);
}
