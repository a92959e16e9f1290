import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { MEMORY_READ_HOST } from './memory-read-host.ts';
import { fixtureLog } from './rules/host-memory-fixture.ts';
import { composedPod } from './rules/kubernetes-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURES = path.join(SHARED, 'captures');
const root = mkdtempSync(path.join(tmpdir(), 'memory-read-host-'));
afterAll(() => rmSync(root, { recursive: true }));

async function findingsOf(
  folder: string,
  input: Parameters<typeof MEMORY_READ_HOST.run>[0] = {},
): Promise<readonly Finding[]> {
  const platform = await openCapture(folder);
  const outcome = await MEMORY_READ_HOST.run(MEMORY_READ_HOST.input.parse(input), {
    platform,
    signal: new AbortController().signal,
  });
  return outcome.outcome === 'ok' ? outcome.value.findings : [];
}

function write(name: string, files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    const place = path.join(root, name, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  return path.join(root, name);
}

const codes = (findings: readonly Finding[]) => findings.flatMap((finding) => finding.code ?? []);

describe('memory_read_host', () => {
  it('reads the time of the CPUs from /proc/stat of two moments', async () => {
    const folder = write('steal', {
      'hosts/n1/@20261121T031000Z/proc/stat': 'cpu  100000 0 1000 500000 0 0 0 1000 0 0\ncpu0 1 2\n',
      'hosts/n1/proc/stat': 'cpu  101000 0 1100 500100 0 0 0 1800 0 0\n',
    });
    const [finding] = await findingsOf(folder);
    expect(finding).toMatchObject({ rule: 'memory/cpu-steal', values: { stealPercent: 40 } });
    expect(finding?.evidence.map(({ source, fromLine }) => [source, fromLine])).toEqual([
      ['hosts/n1/@20261121T031000Z/proc/stat', 1],
      ['hosts/n1/proc/stat', 1],
    ]);
  });

  it('finds a kernel log under any name, and boot time in btime.txt or /proc/stat', async () => {
    const log = fixtureLog('own-limit.dmesg.txt');
    for (const [name, boot] of [
      ['btime', { 'hosts/n1/btime.txt': '1795255102\n' }],
      ['stat', { 'hosts/n1/proc/stat': 'cpu 1 2\nbtime 1795255102\n' }],
    ] as const) {
      const folder = write(name, { 'hosts/n1/srv/support/bundle/klog': log, ...boot });
      const found = await findingsOf(folder);
      expect(codes(found)).toEqual(['kernel.memcg_oom', 'memory.python_worker']);
      expect(new Date(found[0]?.at ?? 0).toISOString()).toBe('2026-11-21T10:22:40.397Z');
      expect(found[0]?.evidence[0]?.source).toBe('hosts/n1/srv/support/bundle/klog');
    }
  });

  it('believes no kernel text in the log of a container', async () => {
    const place = 'hosts/n1/data/logs/application_1700000000000_0042/container_e12_1700000000000_0042_01_000008/stderr';
    expect(await findingsOf(write('forged', { [place]: fixtureLog('own-limit.dmesg.txt') }))).toEqual([]);
  });

  it('puts version 1 controllers, earlier samples and copies of one group together', async () => {
    const group = 'sys/fs/cgroup/memory/hadoop-yarn/container_e12_1700000000000_0042_01_000008';
    const cpu = 'sys/fs/cgroup/cpu/hadoop-yarn/container_e12_1700000000000_0042_01_000008';
    const folder = write('groups', {
      [`hosts/n1/@20261121T102231Z/${group}/memory.failcnt`]: '0\n',
      [`hosts/n1/${group}/memory.failcnt`]: '56\n',
      [`hosts/n1/${group}/memory.failcnt.during`]: '20\n',
      [`hosts/n1/${cpu}/cpu.stat`]: 'nr_periods 1000\nnr_throttled 900\nthrottled_time 90000000000\n',
    });
    const platform = await openCapture(folder);
    const outcome = await MEMORY_READ_HOST.run({}, { platform, signal: new AbortController().signal });
    if (outcome.outcome !== 'ok') throw new Error(outcome.outcome);
    expect(outcome.value.facts).toHaveLength(1);
    const [facts] = outcome.value.facts;
    expect(facts?.groups).toHaveLength(1);
    expect(facts?.groups[0]?.samples.map((sample) => sample.readings.get('memory.failcnt')?.value)).toEqual([
      0, 20, 56,
    ]);
    expect(codes(outcome.value.findings)).toEqual(['kernel.cpu_contention']);
  });

  it('reads pods from the API and from files, and puts them on their node', async () => {
    const pod = JSON.stringify(composedPod({ ended: { reason: 'OOMKilled', exitCode: 137 } }));
    const index =
      'at\tservice\trequest\tstatus\tfile\n2026-11-21T10:23:00Z\tkubernetes\t/api/v1/pods\t200\thttp/kubernetes/pods.json\n';
    const asService = write('api', { 'http/index.tsv': index, 'http/kubernetes/pods.json': pod });
    const asFile = write('file', { 'hosts/gateway/home/ops/pods.json': pod });
    for (const folder of [asService, asFile]) {
      const found = await findingsOf(folder);
      expect(codes(found)).toEqual(['memory.container_physical_limit']);
      expect(found[0]?.keys.host).toBe('node7');
    }
  });

  it('reads only the hosts asked for, and says so when there is nothing', async () => {
    const folder = write('two', {
      'hosts/n1/dmesg.txt': fixtureLog('own-limit.dmesg.txt'),
      'hosts/n2/dmesg.txt': fixtureLog('score-tiers.dmesg.txt'),
    });
    expect(new Set((await findingsOf(folder, { hosts: ['n2'] })).map((finding) => finding.keys.host))).toEqual(
      new Set(['n2']),
    );
    const platform = await openCapture(folder);
    expect(
      await MEMORY_READ_HOST.run({ hosts: ['n3'] }, { platform, signal: new AbortController().signal }),
    ).toMatchObject({ outcome: 'no_data' });
  });

  it('leaves out kills of another time', async () => {
    const folder = write('window', {
      'hosts/n1/dmesg.txt': fixtureLog('own-limit.dmesg.txt'),
      'hosts/n1/btime.txt': '1795255102\n',
    });
    const near = await findingsOf(folder, { window: { from: '2026-11-21T10:20:00Z', to: '2026-11-21T10:25:00Z' } });
    const far = await findingsOf(folder, { window: { from: '2026-11-22T10:20:00Z', to: '2026-11-22T10:25:00Z' } });
    expect(codes(near)).toContain('kernel.memcg_oom');
    expect(codes(far)).toEqual([]);
  });

  it('refuses a wrong window and unknown fields', () => {
    expect(MEMORY_READ_HOST.input.safeParse({ window: { from: 'yesterday', to: 'now' } }).success).toBe(false);
    expect(MEMORY_READ_HOST.input.safeParse({ path: '/etc/shadow' }).success).toBe(false);
  });
});

describe.skipIf(!existsSync(CAPTURES))('memory_read_host on the recordings of shared/captures', () => {
  const names = existsSync(CAPTURES) ? readdirSync(CAPTURES) : [];
  const incident = (prefix: string) =>
    path.join(CAPTURES, names.find((name) => name.startsWith(`${prefix}-`)) ?? prefix);

  it.each([
    ['cache-201', ['kernel.memcg_oom', 'memory.python_worker']],
    ['cache-202', ['kernel.memcg_ancestor_oom']],
    ['cache-204', ['kernel.memcg_ancestor_oom', 'kernel.oom_priority']],
    ['cache-206', ['kernel.direct_reclaim']],
    ['cache-208', ['memory.native_thread']],
    ['cache-210', []],
    ['cache-211', []],
    ['cache-213', []],
    ['cache-215', []],
    ['cache-217', []],
    ['yarn-005', []],
    ['yarn-022', ['kernel.memcg_oom', 'kernel.memcg_oom', 'kernel.memcg_oom']],
    ['slow-001', []],
    ['slow-009', []],
    ['slow-015', ['kernel.cpu_contention']],
  ])('%s', async (name, expected) => {
    expect(codes(await findingsOf(incident(name)))).toEqual(expected);
  });
});
