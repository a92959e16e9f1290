import { describe, expect, it } from 'vitest';
import { daemonRecords, fixture } from './fixtures/typed-cluster.ts';
import { parseLimitBreach } from './parse-limit-breach.ts';
import { recordEvidence } from './record-evidence.ts';

const MIB = 1 << 20;

function breachOf(text: string) {
  const [record] = daemonRecords('node_manager', 'h', text).filter((one) => one.text.includes('memory limit'));
  if (!record) throw new Error('no such record');
  return parseLimitBreach(record.text, { evidence: recordEvidence(record), quote: record.quote, at: record.at });
}

describe('parseLimitBreach', () => {
  it('reads the 3.x sentence with its process tree (recorded)', () => {
    const breach = breachOf(fixture('python-limit.node-manager.txt'));
    expect(breach).toMatchObject({
      kind: 'physical',
      containerId: 'container_1795259698281_0011_01_000002',
      pid: 11273,
      limitBytes: 768 * MIB,
      at: Date.UTC(2026, 10, 21, 11, 29, 41, 696),
    });
    expect(Math.round((breach?.usedBytes ?? 0) / MIB)).toBe(959);
    const python = breach?.processes.filter((row) => row.name === 'python3') ?? [];
    expect(python.map((row) => row.rssPages)).toEqual([59309, 8836, 59313]);
    expect(python[0]?.rssBytes).toBe(59309 * 4096);
    expect(breach?.evidence.excerpt).toContain("beyond the 'PHYSICAL' memory limit");
    expect(breach?.pythonEvidence?.excerpt).toContain('12637 12615 12615 11273 (python3)');
  });

  it('reads the 2.x sentence, physical and virtual (typed from C4)', () => {
    const old = (kind: string) =>
      `2019-03-01 10:00:00,000 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.monitor.ContainersMonitorImpl: Container [pid=7,containerID=container_e12_1500000000000_0007_01_000003] is running beyond ${kind} memory limits. Current usage: 4.1 GB of 4 GB physical memory used; 9.4 GB of 8.4 GB virtual memory used. Killing container.\n`;
    expect(breachOf(old('physical'))).toMatchObject({
      kind: 'physical',
      containerId: 'container_e12_1500000000000_0007_01_000003',
      overBytes: null,
      limitBytes: 4 * 1024 * MIB,
    });
    expect(breachOf(old('virtual'))).toMatchObject({ kind: 'virtual', usedBytes: Math.round(9.4 * 1024 * MIB) });
  });

  it('counts pages of 64 KiB where the stated use says so', () => {
    const text =
      "2026-01-01 00:00:00,000 WARN x.ContainersMonitorImpl: Container [pid=7,containerID=container_1500000000000_0007_01_000003] is running 1B beyond the 'PHYSICAL' memory limit. Current usage: 1.0 GB of 1 GB physical memory used; 2.0 GB of 2.1 GB virtual memory used. Killing container.\nDump of the process-tree for container_1500000000000_0007_01_000003 :\n\t|- 7 1 7 7 (java) 1 1 2147483648 16400 java -Xmx512m -Dspark.app.token=abcdef123456\n";
    const breach = breachOf(text);
    expect(breach?.processes[0]?.rssBytes).toBe(16_400 * 65_536);
    expect(breach?.processes[0]?.command).not.toContain('abcdef123456');
  });

  it('says nothing for lines that only look alike', () => {
    const near =
      'Process tree for container: container_1795259698281_0011_01_000002 has processes older than 1 iteration running over the configured limit. Limit=805306368, current usage = 1005064192 memory limit';
    const place = { evidence: {} as never, at: null };
    expect(parseLimitBreach(near, place)).toBeNull();
    expect(
      parseLimitBreach('Container [pid=1,containerID=container_x] is running beyond physical memory limits', place),
    ).toBeNull();
  });

  it('survives names with brackets and rows that are cut', () => {
    const text =
      "Container [pid=7,containerID=container_1500000000000_0007_01_000003] is running 1B beyond the 'PHYSICAL' memory limit. Current usage: 1.0 GB of 1 GB physical memory used; 2.0 GB of 2.1 GB virtual memory used.\n\t|- 8 7 7 7 (a) 1 (b)) 1 1 10 25 cmd\n\t|- 9 7 7 7 (python3) 1\n";
    const breach = parseLimitBreach(text, { evidence: {} as never, at: null });
    expect(breach?.processes).toHaveLength(1);
    expect(breach?.processes[0]).toMatchObject({ pid: 8, name: 'a) 1 (b)' });
  });
});
