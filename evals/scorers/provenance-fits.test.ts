import { describe, expect, it } from 'vitest';
import { provenanceFits } from './provenance-fits.ts';
import { SourceText } from './sources/source-text.ts';

const KERNEL_LINE = '[ 4121.072558] Memory cgroup out of memory: Killed process 19224 (java)';
const DMESG = SourceText.of(`${KERNEL_LINE}\n[ 4121.080000] oom_reaper: reaped process 19224\n`);
const STDERR = SourceText.of(`starting\nreading\n${KERNEL_LINE}\ndone\n`);
const NODE_MANAGER = SourceText.of('INFO org.apache.hadoop.yarn.server.nodemanager.NodeManager: STARTUP_MSG\n');

describe('who wrote it', () => {
  it.each([
    ['kernel', 'hosts/a/dmesg.txt', DMESG, KERNEL_LINE, true],
    ['kernel', 'hosts/a/var/log/container/stderr', STDERR, KERNEL_LINE, false],
    ['user_process', 'hosts/a/var/log/container/stderr', STDERR, KERNEL_LINE, true],
    ['kernel', 'hosts/a/@20261121T102305Z/proc/diskstats', SourceText.of('7 5 loop5 192\n'), '7 5 loop5 192', true],
    ['user_process', 'hosts/a/proc/mounts', SourceText.of('/dev/a / ext4\n'), '/dev/a / ext4', false],
    ['kernel', 'attach:1', DMESG, KERNEL_LINE, false],
    ['asker', 'attach:1', DMESG, KERNEL_LINE, true],
    ['asker', 'hosts/a/dmesg.txt', DMESG, KERNEL_LINE, false],
    ['resource_manager', 'http/yarn-rm/ws/v1/cluster/apps.json', SourceText.of('{}'), '{}', true],
    ['kernel', 'http/yarn-rm/ws/v1/cluster/apps.json', SourceText.of('{}'), '{}', false],
    ['node_manager', 'hosts/a/nm.log', NODE_MANAGER, 'INFO', true],
    ['resource_manager', 'hosts/a/nm.log', NODE_MANAGER, 'INFO', false],
  ] as const)('%s of %s', (provenance, source, text, lines, expected) => {
    expect(provenanceFits(provenance, source, text, lines)).toBe(expected);
  });
});
