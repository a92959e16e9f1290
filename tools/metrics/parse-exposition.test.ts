import { describe, expect, it } from 'vitest';
import { parseExposition } from './parse-exposition.ts';

describe('parseExposition', () => {
  it('reads what a Celeborn 0.6.3 worker printed (capture celeborn-012, two lines)', () => {
    const text =
      '# TYPE metrics_FlushDataTime_Max gauge\nmetrics_FlushDataTime_Max{instance="rss-w3:9096",role="Worker"} 31240.02 1795260959425\nmetrics_PausePushDataTime_Value{instance="rss-w3:9096",role="Worker"} 265798 1795261135289\n';
    const { samples, unreadable } = parseExposition(text);
    expect(samples).toMatchObject([
      { name: 'metrics_FlushDataTime_Max', value: 31240.02, at: 1795260959425, labels: { role: 'Worker' } },
      { name: 'metrics_PausePushDataTime_Value', value: 265798 },
    ]);
    expect(unreadable).toBe(0);
    const [first] = samples;
    expect(text.slice(first?.start, first?.end)).toBe(
      'metrics_FlushDataTime_Max{instance="rss-w3:9096",role="Worker"} 31240.02 1795260959425',
    );
  });

  it('reads what an Alluxio 2.9.4 master printed: colons in names, no stamp (capture cache-107)', () => {
    expect(
      parseExposition('Master_commitBlockInProgress_User:root 0.0\r\nCluster_BytesReadUfsAll 2.08806718E8').samples,
    ).toMatchObject([
      { name: 'Master_commitBlockInProgress_User:root', value: 0, at: null },
      { name: 'Cluster_BytesReadUfsAll', value: 208806718 },
    ]);
  });

  it('counts what is exposed without a value apart from what is no sample', () => {
    const { samples, unreadable, withoutValue } = parseExposition(
      'a NaN\nb{x="1"} +Inf\nc -Inf 1\nd 0x\n<html><body>Not found</body></html>\ne{x="half\nf 1',
    );
    expect(samples.map(({ name }) => name)).toEqual(['f']);
    expect(withoutValue).toBe(3);
    expect(unreadable).toBe(3);
  });

  it('reads escapes in labels, and no label becomes a property of all objects', () => {
    const [sample] = parseExposition('m{path="C:\\\\a\\"b\\n",__proto__="x",} 1').samples;
    expect(sample?.labels.path).toBe('C:\\a"b\n');
    expect(Object.keys(sample?.labels ?? {})).toContain('__proto__');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('takes stamps in seconds for what they are', () => {
    expect(parseExposition('m 1 1795260959').samples[0]?.at).toBe(1795260959000);
  });

  it('passes over a line of 100 MB without reading it as a sample', () => {
    expect(parseExposition(`m{x="${'a'.repeat(100 << 20)}"} 1\nn 2`)).toMatchObject({
      samples: [{ name: 'n', value: 2 }],
      unreadable: 1,
    });
  });
});
