import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { containerJava, setContainerLimits } from './container-groups.ts';
import { labFolder, onHost } from './lab-folder.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wherefore-groups-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Plain folders in the place of the kernel's. */
const groups = path.join(root, 'groups');
const java = path.join(root, 'jdk', 'bin', 'java');
const wrapper = path.join(root, 'java');
const folder = labFolder(root, null);
const limits = onHost(folder, 'bd-node1', '/srv/container-limits');

beforeEach(() => {
  for (const place of ['memory/lab/bd-node1/hadoop-yarn', 'pids/lab/bd-node1/hadoop-yarn']) {
    mkdirSync(path.join(groups, place), { recursive: true });
  }
  mkdirSync(path.dirname(java), { recursive: true });
  mkdirSync(path.dirname(limits), { recursive: true });
  writeFileSync(java, '#!/bin/sh\necho "real java $*"\n');
  chmodSync(java, 0o755);
  const text = containerJava('lab/bd-node1/hadoop-yarn', path.join(root, 'jdk'));
  writeFileSync(wrapper, text.replaceAll('/sys/fs/cgroup', groups).replaceAll('/srv/container-limits', limits));
  chmodSync(wrapper, 0o755);
});

const start = (environment: Record<string, string>) =>
  spawnSync(wrapper, ['-Xmx1g', 'Main'], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...environment } });

describe('the Java of containers', () => {
  it('enters a group of the container, gives it the limits that hold now, and becomes the real one', () => {
    setContainerLimits(folder, 'bd-node1', { 'memory/memory.limit_in_bytes': '1024', 'pids/pids.max': '7' });
    const { stdout, status } = start({ CONTAINER_ID: 'container_1_0001_01_000002' });
    expect({ stdout, status }).toEqual({ stdout: 'real java -Xmx1g Main\n', status: 0 });
    const own = (name: string) => readFileSync(path.join(groups, name), 'utf8').trim();
    const place = 'lab/bd-node1/hadoop-yarn/container_1_0001_01_000002';
    expect(own(`memory/${place}/memory.limit_in_bytes`)).toBe('1024');
    expect(own(`pids/${place}/pids.max`)).toBe('7');
    expect(own(`memory/${place}/cgroup.procs`)).toMatch(/^\d+$/);
    expect(existsSync(path.join(groups, `memory/${place}/pids.max`))).toBe(false);
  });

  it('gives no limit where none is set, and makes no group for what is no container', () => {
    setContainerLimits(folder, 'bd-node1', null);
    expect(start({ CONTAINER_ID: 'container_1_0001_01_000003' }).status).toBe(0);
    const place = path.join(groups, 'memory/lab/bd-node1/hadoop-yarn/container_1_0001_01_000003');
    expect(existsSync(path.join(place, 'cgroup.procs'))).toBe(true);
    expect(existsSync(path.join(place, 'memory.limit_in_bytes'))).toBe(false);
    expect(start({}).stdout).toBe('real java -Xmx1g Main\n');
  });
});
