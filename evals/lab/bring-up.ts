import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alluxioConfiguration } from './alluxio-configuration.ts';
import { withSettings } from './configure.ts';
import { alluxioClassPath, startDaemon } from './daemon-process.ts';
import { DAEMONS, type Daemon, daemonNamed, type Layer, TOKEN_FILE } from './daemons.ts';
import { HADOOP_HOSTS, HDFS_FOLDERS, hadoopConfiguration, WEB_FOLDERS } from './hadoop-configuration.ts';
import { GATEWAY, MASTER } from './hosts.ts';
import { installPackages } from './install-packages.ts';
import { JAVA_OPTIONS } from './java-options.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import type { LabIncident } from './lab-incident.ts';
import { LAB_MEMORY_MIB, limitMemory } from './memory-limit.ts';
import { runHadoopTool, runOnHost } from './on-host.ts';
import { ALLUXIO } from './packages.ts';
import { writePlatformFile } from './platform-file.ts';
import { openNetwork } from './private-network.ts';
import { prometheusConfiguration } from './prometheus-configuration.ts';
import { rememberedProcess } from './remembered-processes.ts';
import { requireTools } from './run-tool.ts';

/** What an incident needs beyond the lab's own plan. */
type OwnPlan = Pick<LabIncident, 'settings' | 'disks'>;

/** Brings up what is not up; running it twice changes nothing. */
export async function bringUp(
  folder: LabFolder,
  layers: readonly Layer[],
  say: (line: string) => void,
  own: OwnPlan = {},
): Promise<void> {
  if (process.platform !== 'linux') throw new LabError('the lab needs Linux: its hosts are namespaces');
  requireTools(['java', 'python3', 'unshare', 'nsenter', 'ip', 'hostname']);
  if (layers.includes('prometheus')) requireTools(['prometheus']);
  mkdirSync(folder.packages, { recursive: true });
  installPackages(folder.packages, say);
  writeConfiguration(folder, own);
  writePlatformFile(folder, layers);
  const limited = limitMemory(folder);
  say(
    limited
      ? `memory: at most ${LAB_MEMORY_MIB} MiB together`
      : 'memory: no control group can be made here, only heaps and containers are bounded',
  );
  await openNetwork(folder, own.disks);
  const wanted = DAEMONS.filter(({ layer }) => layers.includes(layer));
  const start = async (daemon: Daemon) => {
    const runs = rememberedProcess(folder, daemon.name) !== null;
    if (!runs) await prepare(folder, daemon.name);
    await startDaemon(folder, daemon);
    say(`${daemon.name.padEnd(26)} ${runs ? 'runs' : 'started'}`);
  };
  // Masters first, all at once; then whoever has to find one.
  for (const isMaster of [true, false]) {
    await Promise.all(wanted.filter(({ host }) => (host === MASTER) === isMaster).map(start));
  }
  if (layers.includes('hadoop')) await makeFolders(folder, say);
}

function writeConfiguration(folder: LabFolder, { settings = {} }: OwnPlan): void {
  const write = (target: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(target, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(target, name), withSettings(content, settings[name] ?? {}));
    }
  };
  for (const host of HADOOP_HOSTS) {
    write(path.join(folder.configuration, host, 'hadoop'), hadoopConfiguration(host));
    write(path.join(folder.configuration, host, 'alluxio'), alluxioConfiguration(host));
  }
  for (const name of WEB_FOLDERS) {
    write(path.join(folder.configuration, 'webapps', name, 'WEB-INF'), { 'web.xml': '<web-app/>\n' });
  }
  write(onHost(folder, MASTER, 'srv/prometheus'), { 'prometheus.yml': prometheusConfiguration() });
  const token = path.join(folder.shared, path.basename(TOKEN_FILE));
  if (!existsSync(token)) {
    mkdirSync(folder.shared, { recursive: true });
    writeFileSync(token, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  }
  for (const name of ['spark-history', 'datasets', 'jobs'])
    mkdirSync(path.join(folder.shared, name), { recursive: true });
}

/** A NameNode and a cache master need a formatted store before their first start. */
async function prepare(folder: LabFolder, name: string): Promise<void> {
  if (name.startsWith('namenode@') && !existsSync(onHost(folder, MASTER, 'srv/hdfs/nn'))) {
    const java = 'org.apache.hadoop.hdfs.server.namenode.NameNode';
    const { status, text } = await runHadoopTool(folder, MASTER, java, ['-format', '-nonInteractive'], 'root');
    if (status !== 0) throw new LabError(`cannot format HDFS:\n${text.slice(-1_000)}`);
  }
  if (name.startsWith('alluxio-master@') && !existsSync(onHost(folder, MASTER, 'srv/alluxio/journal'))) {
    await formatAlluxio(folder, MASTER, 'master');
  }
  const worker = /^alluxio-worker@(.+)$/.exec(name)?.[1];
  if (worker && !existsSync(onHost(folder, worker, 'srv/alluxio/cache'))) await formatAlluxio(folder, worker, 'worker');
}

async function formatAlluxio(folder: LabFolder, host: string, role: 'master' | 'worker'): Promise<void> {
  mkdirSync(onHost(folder, host, role === 'master' ? 'srv/alluxio/journal' : 'srv/alluxio/cache'), { recursive: true });
  mkdirSync(onHost(folder, host, 'var/log/alluxio'), { recursive: true });
  const command = [
    'java',
    ...JAVA_OPTIONS,
    '-Dalluxio.logger.type=USER_LOGGER',
    '-Dalluxio.logs.dir=/var/log/alluxio',
    '-cp',
    alluxioClassPath(folder, host),
    'alluxio.cli.Format',
    role,
  ];
  const { status, text } = await runOnHost(folder, host, command);
  if (status !== 0) throw new LabError(`cannot format ${ALLUXIO} on ${host}:\n${text.slice(-1_000)}`);
}

/** By the NameNode's own web service: five command line tools would cost five virtual machines. */
async function makeFolders(folder: LabFolder, say: (line: string) => void): Promise<void> {
  const script = `const [base, folders] = [process.argv[1], JSON.parse(process.argv[2])];
    const put = async (name, parameters) => {
      const reply = await fetch(base + '/webhdfs/v1' + name + '?user.name=root&' + parameters, { method: 'PUT' });
      if (!reply.ok) throw new Error(name + ' ' + parameters + ': ' + (await reply.text()));
    };
    const there = await fetch(base + '/webhdfs/v1' + folders[0].path + '?op=GETFILESTATUS');
    if (there.ok) process.exit(0);
    for (const { path, owner } of folders) {
      await put(path, 'op=MKDIRS&permission=755');
      await put(path, 'op=SETOWNER&owner=' + owner);
    }`;
  const base = new URL(daemonNamed(`namenode@${MASTER}`).ready).origin;
  const command = [process.execPath, '--input-type=module', '-e', script, '--', base, JSON.stringify(HDFS_FOLDERS)];
  const { status, text } = await runOnHost(folder, GATEWAY, command);
  if (status !== 0) throw new LabError(`cannot make folders in HDFS:\n${text.slice(-1_000)}`);
  say('folders of HDFS made');
}
