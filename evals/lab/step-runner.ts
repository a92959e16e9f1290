import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configure } from './configure.ts';
import { containerLogs } from './container-logs.ts';
import { daemonNamed } from './daemons.ts';
import { changeDataset, damageFiles, damageNewestBlocks, deleteNewestBlocks, overwrite } from './damage.ts';
import { GATEWAY } from './hosts.ts';
import { jobNamed } from './jobs.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHosts } from './lab-folder.ts';
import type { LabHands } from './lab-hands.ts';
import type { Step } from './lab-incident.ts';
import { NODE_ACTS } from './node-acts.ts';
import type { Submission } from './submit-job.ts';

/** What an incident has done so far. */
export interface Progress {
  folder: LabFolder;
  /** What touches processes and clocks: the lab's own, others in tests. */
  hands: LabHands;
  submissions: Map<string, Submission>;
  /** Folders of data sets by name: a new one each time, since a cache remembers. */
  datasets: Map<string, string>;
  /** Files that existed before, with their sizes then: what stands before that tells of something else. */
  sizesBefore: ReadonlyMap<string, number>;
  /** Called at the step that asks. */
  ask: () => Promise<void>;
  /** Called where a sample is taken; by whoever does not record, nothing is. */
  sample?: () => Promise<void>;
  /** When the fault began and ended, in milliseconds since the epoch, as far as steps said so. */
  marks?: Map<'begins' | 'ends', number>;
  say: (line: string) => void;
  /** How many times longer than planned is waited before it is given up; 1 unless told. */
  patience?: number;
}

type Act<Kind extends Step['do']> = (step: Extract<Step, { do: Kind }>, progress: Progress) => Promise<void> | void;

const HADOOP_TOOLS = {
  hdfs: 'org.apache.hadoop.fs.FsShell',
  dfsadmin: 'org.apache.hadoop.hdfs.tools.DFSAdmin',
  yarn: 'org.apache.hadoop.yarn.client.cli.ApplicationCLI',
  rmadmin: 'org.apache.hadoop.yarn.client.cli.RMAdminCLI',
} as const;

/** How each kind of step is done. */
const ACTS: { [Kind in Step['do']]: Act<Kind> } = {
  ...NODE_ACTS,
  submit: ({ job, settings }, { folder, hands, submissions }) => {
    const planned = jobNamed(job);
    submissions.set(job, hands.submit(folder, { ...planned, settings: { ...planned.settings, ...settings } }));
  },
  await: async ({ job, state, seconds }, { folder, hands, submissions, patience }) => {
    const submission = submissions.get(job);
    if (!submission) throw new LabError(`${job} was not submitted`);
    const reached = {
      ended: () => submission.ended(),
      accepted: () => submission.applicationId() !== null,
      tasks: () => containerLogs(folder, submission).some((text) => text.includes('Running task ')),
    }[state];
    await until(
      hands,
      () => reached() || (state !== 'ended' && submission.ended()),
      seconds * (patience ?? 1),
      `${job}: ${state}`,
    );
    if (!reached()) throw new LabError(`${job} ended before ${state}: ${submission.log}`);
  },
  sleep: async ({ seconds }, { hands }) => {
    await hands.sleep(seconds * 1000);
  },
  signal: async ({ daemon, signal }, { folder, hands }) => {
    await hands.signal(folder, daemonNamed(daemon), signal);
  },
  start: async ({ daemon }, { folder, hands }) => {
    await hands.start(folder, daemonNamed(daemon));
  },
  'lose-host': ({ host }, { folder, hands }) => {
    hands.loseHost(folder, host);
  },
  fill: async ({ host, path: target }, { folder, hands }) => {
    // Ends with "No space left on device": that is what it is for.
    await hands.runOnHost(folder, host, ['dd', 'if=/dev/zero', `of=${target}`, 'bs=1M', 'status=none']);
  },
  remove: async ({ host, path: target }, { folder, hands }) => {
    await hands.runOnHost(folder, host, ['rm', '-f', target]);
  },
  hdfs: hadoopTool,
  dfsadmin: hadoopTool,
  rmadmin: hadoopTool,
  yarn: async ({ words, user }, { folder, hands, submissions }) => {
    const known = words.map((word) => {
      const job = /^job:(.+)$/.exec(word)?.[1];
      return job === undefined ? word : (submissions.get(job)?.applicationId() ?? word);
    });
    await hands.runHadoopTool(folder, GATEWAY, HADOOP_TOOLS.yarn, known, user);
  },
  put: async ({ path: target, bytes }, { folder, hands }) => {
    const local = path.join(folder.shared, 'jobs', 'put.txt');
    writeFileSync(local, 'order_id=1 city=上海 amount=10.00\n'.repeat(Math.ceil(bytes / 36)));
    const shell = (...words: string[]) => hands.runHadoopTool(folder, GATEWAY, HADOOP_TOOLS.hdfs, words, 'etl');
    await shell('-mkdir', '-p', path.dirname(target));
    const { status, text } = await shell('-put', '-f', '/mnt/jobs/put.txt', target);
    if (status !== 0) throw new LabError(`cannot put ${target}: ${text.slice(-500)}`);
  },
  'delete-newest-blocks': (_step, { folder }) => deleteNewestBlocks(folder),
  dataset: ({ name, files, bytesEach }, { folder, datasets }) => {
    const own = `${name}-${Date.now().toString(36)}`;
    datasets.set(name, own);
    const target = path.join(folder.shared, 'datasets', own);
    mkdirSync(target, { recursive: true });
    for (let at = 0; at < files; at++) {
      writeFileSync(path.join(target, `part-${String(at).padStart(4, '0')}.bin`), Buffer.alloc(bytesEach, at));
    }
  },
  train: (step, { folder, hands, datasets }) => {
    hands.train(folder, { ...step, dataset: datasets.get(step.dataset) ?? step.dataset });
  },
  see: async ({ hosts, path: target, line, seconds }, { folder, hands, sizesBefore, patience }) => {
    const files = onHosts(folder, hosts, target);
    const seen = () => files.some((file) => line.test(newTextOf(file, sizesBefore)));
    await until(hands, seen, seconds * (patience ?? 1), `${target} on ${hosts.join(' or ')}: ${line}`);
  },
  ask: (_step, { ask }) => ask(),
  mark: ({ fault }, { hands, marks }) => {
    marks?.set(fault, hands.now());
  },
  sample: (_step, { sample }) => sample?.(),
  configure: ({ host, file, settings }, { folder }) => configure(folder, host, file, settings),
  'freeze-disk': ({ host, path: mounted }, progress) => onHostOrFail(progress, host, ['fsfreeze', '--freeze', mounted]),
  'thaw-disk': async ({ host, path: mounted }, { folder, hands }) => {
    // Fails when it is not frozen: then it is as it shall be.
    await hands.runOnHost(folder, host, ['fsfreeze', '--unfreeze', mounted]);
  },
  'slow-disk': ({ of, host, path: mounted, bytesPerSecond }, { folder, hands }) =>
    hands.starve(folder, of, { kind: 'disk', host, path: mounted, bytesPerSecond }),
  'starve-cpu': ({ of, percent }, { folder, hands }) => hands.starve(folder, of, { kind: 'cpu', percent }),
  'starve-memory': ({ of, mebibytes }, { folder, hands }) => hands.starve(folder, of, { kind: 'memory', mebibytes }),
  'burn-cpu': ({ host, processes, seconds }, progress) =>
    // The shell that starts them ends at once; they end by themselves, or with the lab.
    onHostOrFail(progress, host, [
      'sh',
      '-c',
      `for i in $(seq ${processes}); do timeout ${seconds} sh -c 'while :; do :; done' >/dev/null 2>&1 & done`,
    ]),
  'damage-file': async ({ path: glob, at, bytes }, { folder, hands }) => {
    const shell = (...words: string[]) => hands.runHadoopTool(folder, GATEWAY, HADOOP_TOOLS.hdfs, words, 'etl');
    const { text } = await shell('-ls', '-C', glob);
    const files = text.split('\n').filter((line) => line.startsWith('/'));
    if (files.length === 0) throw new LabError(`no file of HDFS matches ${glob}: ${text.slice(-500)}`);
    const local = path.join(folder.shared, 'jobs', 'copy');
    for (const file of files) {
      // Without its checksum beside it the client stores what it finds.
      await shell('-get', '-f', file, '/mnt/jobs/copy');
      overwrite(local, at, bytes);
      const { status, text: said } = await shell('-put', '-f', '/mnt/jobs/copy', file);
      rmSync(local);
      if (status !== 0) throw new LabError(`cannot put ${file}: ${said.slice(-500)}`);
    }
  },
  'damage-newest-blocks': (_step, { folder }) => damageNewestBlocks(folder),
  'damage-metadata': ({ host, folder: below, files }, { folder }) => damageFiles(folder, host, below, files),
  'change-dataset': ({ dataset, files, bytes }, { folder, datasets }) =>
    changeDataset(folder, datasets.get(dataset) ?? dataset, files, bytes),
};

/** What was written to a file since the sizes were taken; all of it when it is another file by now. */
export function newTextOf(file: string, sizesBefore: ReadonlyMap<string, number>): string {
  if (!existsSync(file)) return '';
  const bytes = readFileSync(file);
  const before = sizesBefore.get(file) ?? 0;
  return bytes.subarray(before <= bytes.length ? before : 0).toString('utf8');
}

/** Does one step. */
export async function takeStep(step: Step, progress: Progress): Promise<void> {
  await (ACTS[step.do] as Act<typeof step.do>)(step as never, progress);
}

async function hadoopTool(
  step: Extract<Step, { do: 'hdfs' | 'dfsadmin' | 'rmadmin' }>,
  { folder, hands }: Progress,
): Promise<void> {
  const { status, text } = await hands.runHadoopTool(folder, GATEWAY, HADOOP_TOOLS[step.do], step.words, step.user);
  if (status !== 0) throw new LabError(`${step.do} ${step.words.join(' ')}: ${text.slice(-500)}`);
}

async function onHostOrFail({ folder, hands }: Progress, host: string, command: readonly string[]): Promise<void> {
  const { status, text } = await hands.runOnHost(folder, host, command);
  if (status !== 0) throw new LabError(`${command[0]} on ${host}: ${text.slice(-500)}`);
}

async function until(
  { now, sleep }: Pick<LabHands, 'now' | 'sleep'>,
  reached: () => boolean,
  seconds: number,
  what: string,
): Promise<void> {
  const end = now() + seconds * 1000;
  while (!reached()) {
    if (now() > end) throw new LabError(`not reached within ${seconds} s: ${what}`);
    await sleep(500);
  }
}
