import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { takeFirstLook } from './first-look.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = {
  'hosts/h1/dmesg.txt': '[ 1458.385937] Memory cgroup out of memory: Killed process 12 (java) total-vm:1kB\n',
  'hosts/h1/proc/mounts': '/dev/sda1 / ext4 rw 0 0\n',
  'hosts/h1/sys/fs/cgroup/memory.max': '1073741824\n',
  'hosts/h1/var/log/daemon.log':
    '2026-11-21 10:46:27,387 WARN org.apache.hadoop.yarn.server.nodemanager.NodeManager: going down\n',
  'hosts/h2/var/log/other.log': '2026-11-21 10:46:27,387 WARN org.apache.x.Y: stays\n',
  'hdfs/spark-history/application_1700000000000_0042': '{"Event":"SparkListenerLogStart","Spark Version":"3.5.1"}\n',
};

describe('takeFirstLook', () => {
  it('tells once of each file that went away between the walk and the reading', async () => {
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const platform = await openCapture(folder);
    await platform.files();
    const gone = Object.keys(FILES).filter((name) => !name.startsWith('hosts/h2/'));
    for (const name of gone) rmSync(path.join(folder, name));
    const { skipped } = await takeFirstLook(platform, [], new AbortController().signal);
    const told = skipped.map(({ en }) => en).filter((sentence) => /could not be|cannot be/.test(sentence));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^${gone.length} files could not be read \\(`));
  });
});
