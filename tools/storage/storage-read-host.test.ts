import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { STORAGE_READ_HOST } from './storage-read-host.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURES = path.join(SHARED, 'captures');
const root = mkdtempSync(path.join(tmpdir(), 'storage-read-host-'));
afterAll(() => rmSync(root, { recursive: true }));

async function findingsOf(folder: string): Promise<readonly Finding[]> {
  const platform = await openCapture(folder);
  const outcome = await STORAGE_READ_HOST.run({}, { platform, signal: new AbortController().signal });
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
const FULL = 'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sdb1 1000 1000 0 100% /data\n';

describe('storage_read_host', () => {
  it('finds a df output under any name, but not one that a user program wrote', async () => {
    expect(codes(await findingsOf(write('df', { 'hosts/n1/srv/collected/disk-usage': FULL })))).toEqual([
      'storage.disk_full_local',
    ]);
    const place = 'hosts/n1/logs/application_1700000000000_0042/container_e12_1700000000000_0042_01_000008/stdout';
    expect(await findingsOf(write('forged', { [place]: FULL }))).toEqual([]);
  });

  it('sees a process that stands in disk I/O by its state and stack', async () => {
    const folder = write('waiting', {
      'hosts/n1/proc/9/status': 'Name:\tjava\nState:\tD (disk sleep)\n',
      'hosts/n1/proc/9/stack': '[<0>] jbd2_log_wait_commit+0xe9/0x150\n[<0>] ext4_sync_file+0x1/0x2\n',
      'hosts/n1/proc/10/status': 'Name:\tjava\nState:\tS (sleeping)\n',
      'hosts/n1/proc/10/stack': '[<0>] jbd2_log_wait_commit+0xe9/0x150\n',
      'hosts/n1/proc/diskstats': '',
    });
    const found = await findingsOf(folder);
    expect(found.map((finding) => finding.keys.pid)).toEqual([9]);
    expect(found[0]?.evidence.map((piece) => piece.excerpt)).toEqual([
      'State:\tD (disk sleep)',
      '[<0>] jbd2_log_wait_commit+0xe9/0x150',
    ]);
  });

  it('says so when there is nothing of disks', async () => {
    const platform = await openCapture(write('none', { 'hosts/n1/opt/app.conf': 'a=1\n' }));
    expect(await STORAGE_READ_HOST.run({}, { platform, signal: new AbortController().signal })).toMatchObject({
      outcome: 'no_data',
    });
  });
});

describe.skipIf(!existsSync(CAPTURES))('storage_read_host on the recordings of shared/captures', () => {
  const names = existsSync(CAPTURES) ? readdirSync(CAPTURES) : [];
  const incident = (prefix: string) =>
    path.join(CAPTURES, names.find((name) => name.startsWith(`${prefix}-`)) ?? prefix);

  it.each([
    ['cache-211', ['storage.disk_full_local']],
    ['cache-213', ['storage.slow_disk']],
    ['cache-215', ['storage.bad_disk']],
    ['slow-009', ['storage.slow_disk']],
    ['slow-001', []],
    ['slow-004', []],
    ['slow-007', []],
    ['cache-206', []],
    ['cache-217', []],
    ['celeborn-001', []],
  ])('%s', async (name, expected) => {
    expect(codes(await findingsOf(incident(name)))).toEqual(expected);
  });

  it('speaks against a slow disk where the limit is the same everywhere', async () => {
    const found = await findingsOf(incident('slow-007'));
    expect(found.flatMap((finding) => finding.refutes ?? []).map((entry) => entry.code)).toEqual(['storage.slow_disk']);
  });
});
