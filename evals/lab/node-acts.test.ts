import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from './lab-error.ts';
import { labFolder, onHost } from './lab-folder.ts';
import type { LabHands } from './lab-hands.ts';
import type { NodeStep } from './node-step.ts';
import { type Progress, takeStep } from './step-runner.ts';
import type { Submission } from './submit-job.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wherefore-node-acts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = labFolder(root, null);

let did: string[] = [];
let executors: number[] = [];
const hands = {
  control: (controller, group, file, value) => void did.push(`${controller} ${group} ${file} ${value}`),
  makeContainersGroup: (_folder, host) => void did.push(`groups on ${host}`),
  killExecutors: (_folder, host, application) => {
    did.push(`kill ${application} on ${host}`);
    return executors;
  },
} satisfies Pick<LabHands, 'control' | 'makeContainersGroup' | 'killExecutors'> as unknown as LabHands;

const progress = { folder, hands, submissions: new Map<string, Submission>(), say: () => {} } as unknown as Progress;
const take = (step: NodeStep) => takeStep(step, progress);

beforeEach(() => {
  did = [];
  executors = [];
  progress.submissions.clear();
});

describe('steps on the hosts that run executors', () => {
  it('write a control file of the group above the containers', async () => {
    await take({ do: 'control', host: 'bd-node1', controller: 'cpu', file: 'cpu.cfs_quota_us', value: '20000' });
    expect(did).toEqual([`cpu ${path.basename(root)}/bd-node1/hadoop-yarn cpu.cfs_quota_us 20000`]);
  });

  it('put containers into groups of their own before they give them limits', async () => {
    mkdirSync(onHost(folder, 'bd-node1', 'srv'), { recursive: true });
    const step = { do: 'container-limits', hosts: ['bd-node1'] } as const;
    await take({ ...step, limits: { 'pids/pids.max': '9' } });
    expect(did).toEqual(['groups on bd-node1']);
    expect(readFileSync(onHost(folder, 'bd-node1', 'srv/container-limits'), 'utf8')).toBe('pids pids.max 9\n');
    await take({ ...step, limits: null });
    expect(did).toHaveLength(1);
    expect(readdirSync(onHost(folder, 'bd-node1', 'srv'))).toEqual([]);
  });

  it('kill executors of a job that runs, and say so when there is none', async () => {
    const step = { do: 'kill-executor', job: 'dim', host: 'bd-node2' } as const;
    await expect(take(step)).rejects.toThrow(LabError);
    progress.submissions.set('dim', { applicationId: () => 'app-1' } as Submission);
    await expect(take(step)).rejects.toThrow('no executor of app-1 on bd-node2');
    executors = [42];
    await take(step);
    expect(did.at(-1)).toBe('kill app-1 on bd-node2');
  });

  it('write orders of which one city has exactly its share', async () => {
    await take({ do: 'orders', path: '/mnt/dw/orders/dt=1', rows: 6_400, shareOfOneCity: 0.6 });
    const place = path.join(folder.shared, 'dw/orders/dt=1');
    const lines = readdirSync(place).flatMap((file) => readFileSync(path.join(place, file), 'utf8').trim().split('\n'));
    expect(lines).toHaveLength(6_400);
    const cities = lines.map((line) => line.split(',')[1]);
    const rest = 0.4 * 6_400;
    expect(cities.filter((city) => city === '17').length).toBeGreaterThanOrEqual(3_840);
    expect(cities.filter((city) => city === '17').length).toBeLessThan(3_840 + rest / 16);
    expect(new Set(cities).size).toBe(64);
    await expect(take({ do: 'orders', path: '/srv/x', rows: 1, shareOfOneCity: 0 })).rejects.toThrow(LabError);
  });

  it('cut the largest Parquet file, and nothing else', async () => {
    const place = path.join(folder.shared, 'dw/users');
    mkdirSync(place, { recursive: true });
    for (const [name, bytes] of [
      ['part-0.parquet', 100],
      ['part-1.parquet', 200],
      ['_metadata', 900],
    ] as const) {
      writeFileSync(path.join(place, name), Buffer.alloc(bytes));
    }
    await take({ do: 'cut-file', folder: '/mnt/dw/users', keep: 0.5 });
    const sizes = ['part-0.parquet', 'part-1.parquet', '_metadata'].map(
      (name) => statSync(path.join(place, name)).size,
    );
    expect(sizes).toEqual([100, 100, 900]);
  });
});
