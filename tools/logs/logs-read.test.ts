import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { unreadNotes } from '../platform/unread-files.ts';
import { LOGS_READ } from './logs-read.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const EXECUTOR = (
  failure: string,
) => `26/11/21 10:00:00 INFO CoarseGrainedExecutorBackend: Started daemon with process name: 42@h1
26/11/21 10:00:01 INFO Executor: Starting executor ID 7 on host h1
26/11/21 10:00:02 ERROR Executor: Exception in task 4.0 in stage 2.0 (TID 117)
java.io.IOException: ${failure}
	at java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
`;
const NODE_MANAGER = (rest: string) =>
  `2026-11-21 10:00:01,000 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainerLaunch: ${rest}\n`;

function capture(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'logs-read-'));
  folders.push(folder);
  mkdirSync(path.join(folder, 'hosts'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

const APP = (n: number) => `application_1795256295743_000${n}`;
const container = (app: number) =>
  `hosts/h${app}/data/logs/${APP(app)}/container_1795256295743_000${app}_01_000002/stderr`;

async function run(platform: Platform, input = {}) {
  const outcome = await LOGS_READ.run(LOGS_READ.input.parse(input), { platform, signal: new AbortController().signal });
  if (outcome.outcome !== 'ok') throw new Error(`outcome ${outcome.outcome}`);
  return outcome.value;
}

describe('logs_read', () => {
  it('reads every log, judges its records and tells what it left out', async () => {
    const folder = capture({
      [container(1)]: EXECUTOR('No space left on device'),
      'hosts/h1/opt/job.py': 'import sys\nfrom a import b\n\ndef main():\n    pass\n',
      'hosts/h1/tmp/x.bin': String.fromCharCode(...Array.from({ length: 3_000 }, (_, i) => i % 30)),
    });
    const { facts, findings, records } = await run(await openCapture(folder));
    expect(facts.logs.map(({ writer, keys }) => [writer, keys.applicationId, keys.host])).toEqual([
      ['spark_executor', APP(1), 'h1'],
    ]);
    expect(records.some(({ level }) => level === 'error')).toBe(true);
    const [full] = findings.filter(({ code }) => code === 'storage.disk_full_local');
    expect(full).toMatchObject({ kind: 'observed', keys: { applicationId: APP(1), executorId: '7' } });
    expect(facts.leftOut.map(({ en }) => en)).toEqual([
      '1 file was not read as log text: binary',
      '1 file was not read as log text: source code',
    ]);
    expect(facts.leftOut.every(({ zh }) => /\d/.test(zh))).toBe(true);
  });

  it('keeps to the applications, hosts and times asked for', async () => {
    const folder = capture({
      [container(1)]: EXECUTOR('disk one'),
      [container(2)]: EXECUTOR('disk two'),
      'hosts/h1/var/log/nm.log': NODE_MANAGER(`Container exited with a non-zero exit code 1 ${APP(1)}`),
      'hosts/h2/var/log/nm.log': NODE_MANAGER(`Container exited with a non-zero exit code 1 ${APP(2)}`),
    });
    const platform = await openCapture(folder);
    const { facts } = await run(platform, { applicationIds: [APP(1)], hosts: ['h1'] });
    expect(facts.logs.map(({ source }) => source).sort()).toEqual([container(1), 'hosts/h1/var/log/nm.log'].sort());
    expect(facts.leftOut.map(({ en }) => en)).toEqual([
      '1 log of other applications was not read',
      '1 log of daemons on other hosts was not read',
    ]);
    const day = 86_400_000;
    const tomorrow = Date.UTC(2026, 10, 22, 10);
    const later = await run(platform, { applicationIds: [APP(1)], window: { from: tomorrow, to: tomorrow + day } });
    const daemons = later.facts.logs.filter(({ writer }) => writer === 'node_manager');
    expect(daemons.flatMap(({ records }) => records)).toEqual([]);
    expect(later.facts.logs.find(({ writer }) => writer === 'spark_executor')?.records.length).toBeGreaterThan(0);
  });

  it('counts the same record of an earlier sample of a file once', async () => {
    const folder = capture({
      'hosts/h1/var/log/nm.log':
        NODE_MANAGER('Container exited with a non-zero exit code 1') + NODE_MANAGER('Disk(s) failed: x'),
      'hosts/h1/@20261121T100000Z/var/log/nm.log': NODE_MANAGER('Container exited with a non-zero exit code 1'),
    });
    const { facts } = await run(await openCapture(folder));
    expect(facts.logs.flatMap(({ records }) => records)).toHaveLength(2);
  });

  it('says when there is nothing, and when a file is gone or may not be read', async () => {
    const empty = await openCapture(capture({ 'hosts/h1/dmesg.txt': '' }));
    const nothing = await LOGS_READ.run({}, { platform: empty, signal: new AbortController().signal });
    expect(nothing).toMatchObject({ outcome: 'no_data', looked: { en: 'no log of these applications among 1 file' } });
    const folder = capture({
      [container(1)]: EXECUTOR('x'),
      [container(2)]: EXECUTOR('y'),
      'hosts/h3/a.log': EXECUTOR('z'),
    });
    symlinkSync('/etc/passwd', path.join(folder, 'hosts/h3/link.log'));
    const platform = await openCapture(folder);
    await platform.files();
    rmSync(path.join(folder, container(2)));
    if (process.getuid?.() !== 0) chmodSync(path.join(folder, 'hosts/h3/a.log'), 0);
    const { facts } = await run(platform);
    expect(facts.logs.map(({ source }) => source)).toContain(container(1));
    // Told once, by the platform's note on what it could not read.
    expect(facts.leftOut).toEqual([]);
    expect(unreadNotes((await platform.files()).files)[0]?.en).toBe(`1 file could not be read (${container(2)})`);
    expect(facts.logs.some(({ source }) => source.includes('link'))).toBe(false);
  });

  it('looks at thousands of files without losing its way', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, n) => [`hosts/h${n % 50}/logs/${n}.log`, `nothing to see in ${n}, really\n`]),
    );
    const platform = await openCapture(capture({ ...files, [container(1)]: EXECUTOR('No space left on device') }));
    const { facts, findings } = await run(platform, { applicationIds: [APP(1)] });
    expect(findings.some(({ code }) => code === 'storage.disk_full_local')).toBe(true);
    expect(facts.leftOut.map(({ en }) => en)).toEqual(['4,000 logs without the name of an application were not read']);
  }, 60_000);
});
