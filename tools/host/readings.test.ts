import { describe, expect, it } from 'vitest';
import { quoteReading, type Readings, readColonFile, readControlFile } from './readings.ts';

function read(name: string, text: string): Readings {
  const readings: Readings = new Map();
  readControlFile(name, text, `x/${name}`, readings);
  return readings;
}

const value = (readings: Readings, key: string) => readings.get(key)?.value;

describe('readControlFile', () => {
  it('reads single values, "max" and the huge number of version 1 as no limit', () => {
    expect(value(read('memory.limit_in_bytes', '440401920\n'), 'memory.limit_in_bytes')).toBe(440401920);
    expect(value(read('memory.limit_in_bytes', '9223372036854771712\n'), 'memory.limit_in_bytes')).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(value(read('memory.max', 'max\n'), 'memory.max')).toBe(Number.POSITIVE_INFINITY);
    expect(value(read('cpu.bvt_warp_ns', '-1\n'), 'cpu.bvt_warp_ns')).toBe(-1);
  });

  it('reads name and value lines with their line numbers', () => {
    const readings = read('memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n');
    expect(readings.get('memory.oom_control:oom_kill')).toEqual({
      value: 3,
      source: 'x/memory.oom_control',
      line: 3,
      text: 'oom_kill 3',
    });
    expect(
      quoteReading(readings.get('memory.oom_control:oom_kill') ?? { value: 0, source: '', line: 0, text: '' }),
    ).toEqual({
      source: 'x/memory.oom_control',
      fromLine: 3,
      toLine: 3,
      excerpt: 'oom_kill 3',
    });
  });

  it('reads device lines of both versions', () => {
    expect(
      value(read('blkio.throttle.write_bps_device', '7:12 734003\n'), 'blkio.throttle.write_bps_device:7:12'),
    ).toBe(734003);
    expect(
      value(
        read('blkio.throttle.io_service_bytes', '7:12 Write 291610624\nTotal 5\n'),
        'blkio.throttle.io_service_bytes:7:12 Write',
      ),
    ).toBe(291610624);
    const max = read('io.max', '8:16 rbps=max wbps=1048576 riops=max wiops=120\n');
    expect(value(max, 'io.max:8:16 wbps')).toBe(1048576);
    expect(value(max, 'io.max:8:16 rbps')).toBe(Number.POSITIVE_INFINITY);
  });

  it('reads pressure, quotas of version 2 and latency histograms, the misspelt one included', () => {
    expect(
      value(read('cpu.pressure', 'some avg10=1.50 avg60=62.00 avg300=0.00 total=7\n'), 'cpu.pressure:some avg60'),
    ).toBe(62);
    const quota = read('cpu.max', '4500 100000\n');
    expect([value(quota, 'cpu.max:quota'), value(quota, 'cpu.max:period')]).toEqual([4500, 100000]);
    expect(value(read('cpu.max', 'max 100000\n'), 'cpu.max:quota')).toBe(Number.POSITIVE_INFINITY);
    expect(
      value(
        read('memory.direct_reclaim_memcg_latency', '0-1ms: \t5\n10-100ms: \t31\n'),
        'memory.direct_reclaim_memcg_latency:10-100ms',
      ),
    ).toBe(31);
  });

  it('passes over what is no value', () => {
    expect(read('memory.stat', 'rss\nrss twelve\n__proto__ 5\n\n').size).toBe(1);
    expect(({} as Record<string, unknown>).anything).toBeUndefined();
    expect(read('memory.stat', `x ${'9'.repeat(4000)}`).size).toBe(0);
  });
});

describe('readColonFile', () => {
  it('turns kB into bytes and leaves counts', () => {
    const readings = readColonFile(
      'MemTotal:       49368184 kB\nHugePages_Total:       3\nName:\tjava\nThreads:\t14\n',
      'm',
    );
    expect(value(readings, 'MemTotal')).toBe(49368184 * 1024);
    expect(value(readings, 'HugePages_Total')).toBe(3);
    expect(value(readings, 'Threads')).toBe(14);
    expect(readings.has('Name')).toBe(false);
  });
});
