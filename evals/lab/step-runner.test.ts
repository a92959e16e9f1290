import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { NODES } from './hosts.ts';
import { LabError } from './lab-error.ts';
import { labFolder, onHost } from './lab-folder.ts';
import type { LabHands } from './lab-hands.ts';
import type { Step } from './lab-incident.ts';
import { newTextOf, type Progress, takeStep } from './step-runner.ts';
import type { Submission } from './submit-job.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What the hands were asked to do, one line each. */
let did: string[] = [];
let clock = 0;
/** Process ids of executors that are found. */
const executors: number[] = [];
/** How the tools of Hadoop end. */
let toolStatus = 0;
/** Called at each wait: what happens meanwhile. */
let meanwhile: () => void = () => {};
let progress: Progress;
const job = { ended: false, id: null as string | null };

const hands: LabHands = {
  submit: (_folder, { name }) => {
    did.push(`submit ${name}`);
    return { log: 'submission.log', ended: () => job.ended, applicationId: () => job.id } as Submission;
  },
  train: (_folder, { name, dataset }) => void did.push(`train ${name} on ${dataset}`),
  start: async (_folder, { name }) => void did.push(`start ${name}`),
  signal: async (_folder, { name }, signal) => void did.push(`${signal} ${name}`),
  loseHost: (_folder, host) => void did.push(`lose ${host}`),
  control: (controller, group, file, value) => void did.push(`${controller} ${group} ${file} ${value}`),
  makeContainersGroup: (_folder, host) => void did.push(`groups on ${host}`),
  killExecutors: (_folder, host, application) => {
    did.push(`kill ${application} on ${host}`);
    return executors;
  },
  starve: (_folder, of, starvation) => void did.push(`starve ${of} ${JSON.stringify(starvation)}`),
  runOnHost: async (_folder, host, command) => {
    did.push(`${host}: ${command.join(' ')}`);
    return { status: 1, text: 'No space left on device' };
  },
  runHadoopTool: async (_folder, _host, java, words, user) => {
    did.push(`${user}: ${java.split('.').at(-1)} ${words.join(' ')}`);
    return { status: toolStatus, text: 'said no' };
  },
  sleep: async (ms) => {
    clock += ms;
    meanwhile();
  },
  now: () => clock,
};

beforeEach(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'wherefore-steps-'));
  folders.push(root);
  did = [];
  clock = 0;
  toolStatus = 0;
  meanwhile = () => {};
  Object.assign(job, { ended: false, id: null });
  progress = {
    folder: labFolder(root, null),
    hands,
    submissions: new Map(),
    datasets: new Map(),
    sizesBefore: new Map(),
    ask: async () => void did.push('ask'),
    say: () => {},
  };
});

async function take(...steps: Step[]): Promise<void> {
  for (const step of steps) await takeStep(step, progress);
}

/** Writes a file of a host; gives its path on this machine. */
function write(host: string, name: string, text: string): string {
  const file = onHost(progress.folder, host, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const submit: Step = { do: 'submit', job: 'rpt_gmv_daily' };

describe('steps of an incident', () => {
  it('are done by the hands, with names turned into what the lab knows', async () => {
    job.id = 'application_1_0001';
    await take(
      submit,
      { do: 'yarn', words: ['application', '-kill', 'job:rpt_gmv_daily'], user: 'etl' },
      { do: 'signal', daemon: 'alluxio-master@bd-master', signal: 'SIGSTOP' },
      { do: 'start', daemon: 'alluxio-master@bd-master' },
      { do: 'lose-host', host: 'bd-node2' },
      // Ends with an error, and has done what it is for.
      { do: 'fill', host: 'bd-node1', path: '/srv/x' },
      { do: 'sleep', seconds: 3, because: 'of the test' },
      { do: 'ask', when: 'during' },
    );
    expect(did).toEqual([
      'submit rpt_gmv_daily',
      'etl: ApplicationCLI application -kill application_1_0001',
      'SIGSTOP alluxio-master@bd-master',
      'start alluxio-master@bd-master',
      'lose bd-node2',
      'bd-node1: dd if=/dev/zero of=/srv/x bs=1M status=none',
      'ask',
    ]);
    expect(clock).toBe(3_000);
  });

  it('fail by name for a job or daemon that is not in the plan, and for a tool that says no', async () => {
    await expect(take({ do: 'submit', job: 'no_such_job' })).rejects.toThrow('no_such_job');
    await expect(take({ do: 'start', daemon: 'celeborn@bd-master' })).rejects.toThrow('celeborn@bd-master');
    toolStatus = 255;
    await expect(take({ do: 'dfsadmin', words: ['-safemode', 'enter'], user: 'root' })).rejects.toThrow(
      /dfsadmin -safemode enter: said no/,
    );
    expect(did).toEqual(['root: DFSAdmin -safemode enter']);
  });

  it('wait for what the containers of a job write on any node', async () => {
    await take(submit);
    let waits = 0;
    meanwhile = () => {
      waits += 1;
      if (waits === 2) job.id = 'application_1_0001';
      if (waits === 4)
        write(NODES[1] as string, 'srv/yarn/logs/application_1_0001/container_1/stderr', 'INFO Running task 0.0\n');
    };
    await take({ do: 'await', job: 'rpt_gmv_daily', state: 'tasks', seconds: 60 });
    expect(waits).toBe(4);
  });

  it('do not wait for ever, for a job that ended, or for one that nobody submitted', async () => {
    const tasks: Step = { do: 'await', job: 'rpt_gmv_daily', state: 'tasks', seconds: 60 };
    await expect(take(tasks)).rejects.toThrow('rpt_gmv_daily was not submitted');
    await expect(take(submit, tasks)).rejects.toThrow('not reached within 60 s');
    expect(clock).toBeGreaterThanOrEqual(60_000);
    expect(clock).toBeLessThan(62_000);
    job.ended = true;
    await expect(take(tasks)).rejects.toThrow(LabError);
    await expect(take(tasks)).rejects.toThrow('ended before tasks');
  });

  it('see only lines that were written since the incident began', async () => {
    const file = write('bd-master', 'var/log/x.log', 'node lost\n');
    progress.sizesBefore = new Map([[file, 'node lost\n'.length]]);
    const see: Step = { do: 'see', hosts: ['bd-master'], path: '/var/log/x.log', line: /node lost/, seconds: 10 };
    await expect(take(see)).rejects.toThrow('not reached within 10 s');
    write('bd-master', 'var/log/x.log', 'node lost\nnode lost again\n');
    await take(see);
    expect(newTextOf(file, progress.sizesBefore)).toBe('node lost again\n');
    // Shorter than before: another file by now, all of it is new.
    write('bd-master', 'var/log/x.log', 'new\n');
    expect(newTextOf(file, progress.sizesBefore)).toBe('new\n');
    expect(newTextOf(`${file}.gone`, progress.sizesBefore)).toBe('');
  });

  it('see a line in the own file of any of several hosts', async () => {
    const [first, second] = NODES as [string, string];
    const see: Step = { do: 'see', hosts: NODES, path: '/var/log/nm-$HOST.log', line: /beyond/, seconds: 10 };
    write(first, `var/log/nm-${second}.log`, 'beyond\n');
    await expect(take(see)).rejects.toThrow(`/var/log/nm-$HOST.log on ${NODES.join(' or ')}`);
    let waits = 0;
    meanwhile = () => {
      waits += 1;
      if (waits === 3) write(second, `var/log/nm-${second}.log`, 'beyond\n');
    };
    await take(see);
    expect(waits).toBe(3);
  });

  it('make a data set under a name of its own, and train on that', async () => {
    await take(
      { do: 'dataset', name: 'pairs', files: 3, bytesEach: 1_000 },
      { do: 'train', name: 'bert', dataset: 'pairs', epochs: 1, pauseMs: 1 },
    );
    const own = progress.datasets.get('pairs') as string;
    expect(own).toMatch(/^pairs-./);
    expect(did).toEqual([`train bert on ${own}`]);
    expect(readdirSync(path.join(progress.folder.shared, 'datasets', own))).toHaveLength(3);
  });

  it('starve, freeze and thaw by the hands', async () => {
    const disk = { host: 'bd-node1', path: '/srv/hdfs/dn' };
    await expect(take({ do: 'freeze-disk', ...disk })).rejects.toThrow(/fsfreeze on bd-node1: No space/);
    // It is not frozen: then it is as it shall be.
    await take({ do: 'thaw-disk', ...disk });
    await take(
      { do: 'slow-disk', of: 'datanode@bd-node1', ...disk, bytesPerSecond: 1_000 },
      { do: 'starve-cpu', of: 'bd-node2', percent: 20 },
      { do: 'starve-memory', of: 'bd-node2', mebibytes: null },
    );
    await expect(take({ do: 'burn-cpu', host: 'bd-node2', processes: 3, seconds: 5 })).rejects.toThrow(LabError);
    expect(did.slice(0, 5)).toEqual([
      'bd-node1: fsfreeze --freeze /srv/hdfs/dn',
      'bd-node1: fsfreeze --unfreeze /srv/hdfs/dn',
      `starve datanode@bd-node1 ${JSON.stringify({ kind: 'disk', ...disk, bytesPerSecond: 1_000 })}`,
      'starve bd-node2 {"kind":"cpu","percent":20}',
      'starve bd-node2 {"kind":"memory","mebibytes":null}',
    ]);
    expect(did[5]).toContain('seq 3');
    expect(did[5]).toContain('timeout 5');
  });

  it('damage files of HDFS on their way out and in, each that the glob names', async () => {
    const copy = path.join(progress.folder.shared, 'jobs', 'copy');
    mkdirSync(path.dirname(copy), { recursive: true });
    const stored: Buffer[] = [];
    progress.hands = {
      ...hands,
      runHadoopTool: async (_folder, _host, _java, [command, ...words]) => {
        if (command === '-ls') return { status: 0, text: 'WARN x\n/dw/a/part-0\n/dw/a/part-1\n' };
        if (command === '-get') writeFileSync(copy, Buffer.from('PAR1 data PAR1'));
        if (command === '-put') stored.push(readFileSync(copy));
        did.push(`${command} ${words.at(-1)}`);
        return { status: 0, text: '' };
      },
    };
    await take({ do: 'damage-file', path: '/dw/a/*', at: 'tail', bytes: 4 });
    expect(did.filter((line) => line.startsWith('-put'))).toEqual(['-put /dw/a/part-0', '-put /dw/a/part-1']);
    expect(stored.map((bytes) => bytes.toString('latin1'))).toEqual(
      Array(2).fill('PAR1 data \u00a5\u00a5\u00a5\u00a5'),
    );
    expect(existsSync(copy)).toBe(false);
  });

  it('mark when the fault began and ended, and sample only for whoever records', async () => {
    progress.marks = new Map();
    clock = 5_000;
    await take(
      { do: 'mark', fault: 'begins' },
      { do: 'sleep', seconds: 2, because: 'x' },
      { do: 'mark', fault: 'ends' },
    );
    expect([...progress.marks]).toEqual([
      ['begins', 5_000],
      ['ends', 7_000],
    ]);
    await take({ do: 'sample' });
    progress.sample = async () => void did.push('sample');
    await take({ do: 'sample' });
    expect(did).toEqual(['sample']);
  });

  it('delete the blocks that were stored last, with their checksums, and no others', async () => {
    const store = 'srv/hdfs/dn/current/BP-1/current/finalized/subdir0/subdir0';
    const [old, block, checksum, open] = [
      `${store}/blk_1073741825`,
      `${store}/blk_1073741826`,
      `${store}/blk_1073741826_1002.meta`,
      'srv/hdfs/dn/current/BP-1/current/rbw/blk_1073741827',
    ].map((name) => write(NODES[0] as string, name, 'x')) as [string, string, string, string];
    const longAgo = Date.now() / 1000 - 600;
    utimesSync(old, longAgo, longAgo);
    await take({ do: 'delete-newest-blocks' });
    expect([old, block, checksum, open].map((file) => existsSync(file))).toEqual([true, false, false, true]);
  });
});
