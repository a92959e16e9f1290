import { describe, expect, it } from 'vitest';
import { readRecords } from '../../logs/read-records.ts';
import { damagesOf } from '../damage-facts.ts';
import { judgeDamage } from '../judge-damage.ts';
import { type DiskSpec, diskFacts } from './host-disk-fixture.ts';

const XFS = ['/dev/sdb1 /data1 xfs rw,noatime 0 0'];
const OLD = '5.4.119-19';
const NEW = '6.6.30';
const host = (name: string, release: string, more: Partial<DiskSpec> = {}) =>
  diskFacts({ host: name, release, mounts: XFS, ...more });

/** Spark 3.2 and later, `ShuffleBlockFetcherIterator`; typed after the source. */
const line = (name: string, cause = 'due to DISK_ISSUE') =>
  `2026-11-21 11:02:03,100 ERROR org.apache.spark.storage.ShuffleBlockFetcherIterator: Block shuffle_3_7_12 is corrupted ${cause}, FetchFailed(BlockManagerId(4, ${name}, 7337, None), shuffleId=3)`;
const damages = (text: string) =>
  damagesOf(
    readRecords(text, { source: 'x.log', writer: 'spark_executor', provenance: 'engine', area: 'logs', keys: {} }),
  );

describe('storage/damage-follows-kernel', () => {
  it('several hosts of one kernel, and none of another', () => {
    const hosts = [host('h1', OLD), host('h2', OLD), host('h3', NEW)];
    const [finding] = judgeDamage(hosts, damages(`${line('h1')}\n${line('h2')}`));
    expect(finding).toMatchObject({
      kind: 'inferred',
      code: 'kernel.filesystem_defect',
      weight: 0.8,
      values: { damagedHosts: 2, cleanHosts: 1, kernelRelease: OLD },
    });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['storage.bad_disk']);
    expect(finding?.evidence.at(-1)).toMatchObject({ provenance: 'kernel' });
  });

  it('is weaker with nobody to compare with', () => {
    const [finding] = judgeDamage([host('h1', OLD), host('h2', OLD)], damages(`${line('h1')}\n${line('h2')}`));
    expect(finding).toMatchObject({ weight: 0.4 });
    expect(finding?.refutes).toBeUndefined();
  });

  it('damage on a sound kernel as well speaks against it', () => {
    const [finding] = judgeDamage([host('h1', OLD), host('h2', NEW)], damages(`${line('h1')}\n${line('h2')}`));
    expect(finding).toMatchObject({ code: null, echo: true });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['kernel.filesystem_defect']);
  });

  it('one host, device errors, the network, and unknown kernels are other matters', () => {
    const hosts = [host('h1', OLD), host('h2', OLD), host('h3', NEW)];
    expect(judgeDamage(hosts, damages(line('h1')))).toEqual([]);
    expect(judgeDamage(hosts, damages(`${line('h1', 'due to NETWORK_ISSUE')}\n${line('h2')}`))).toEqual([]);
    const broken = host('h2', OLD, { log: '[ 6000.100000] I/O error, dev sdb, sector 2048 op 0x0:(READ)' });
    expect(judgeDamage([host('h1', OLD), broken], damages(`${line('h1')}\n${line('h2')}`))).toEqual([]);
    expect(judgeDamage([], damages(`${line('h1')}\n${line('h2')}`))).toEqual([]);
    expect(judgeDamage(hosts, [])).toEqual([]);
  });
});
