import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../evidence/text-record.ts';
import { clientEventsOf } from './events-of-client.ts';
import { workerEventOf } from './events-of-worker.ts';
import { executorOf, workerLogOf } from './fixtures/shuffle-case.ts';
import { compareAddresses } from './master-addresses.ts';
import { parseDiskInfo } from './parse-disk-info.ts';
import { sizeOf, spanOf } from './parse-sizes.ts';
import { locationIn, workerIn } from './record-text.ts';
import { isOfRun, parseShuffleKey } from './shuffle-keys.ts';

describe('what Celeborn prints', () => {
  it('sizes and spans', () => {
    expect(['447.9 GiB', '0.0 B', '256k', '5g', '1024.0 TiB', 'NaN', ''].map(sizeOf)).toEqual([
      480_928_962_970,
      0,
      262_144,
      5_368_709_120,
      1_125_899_906_842_624,
      null,
      null,
    ]);
    expect(['4.0 m', '120 s', '1.3 ms', '0 ns', 'soon'].map(spanOf)).toEqual([240_000, 120_000, 1.3, 0, null]);
  });

  it('a disk, of whatever version', () => {
    const text =
      'DiskInfo(maxSlots: 8, availableSlots: 3, committed shuffles 0, running applications 0, mountPoint: /data1, usableSpace: 447.9 GiB, totalSpace: 500.0 GiB, avgFlushTime: 1.0 ms, avgFetchTime: 0 ns, activeSlots: 0, storageType: SSD) status: HEALTHY dirs /data1/shuffle_data shuffleAllocations: Map()';
    expect(parseDiskInfo(text)).toMatchObject({ mount: '/data1', status: 'HEALTHY', maxSlots: 8, availableSlots: 3 });
    const old = 'DiskInfo(maxSlots: 8, mountPoint: /data2) status: IO_HANG';
    expect(parseDiskInfo(old)).toEqual({
      mount: '/data2',
      status: 'IO_HANG',
      maxSlots: 8,
      totalBytes: null,
      usableBytes: null,
      availableSlots: null,
    });
    expect(parseDiskInfo('DiskInfo(maxSlots: 8)', '/data3')?.mount).toBe('/data3');
    expect(parseDiskInfo('<html>')).toBeNull();
    expect(parseDiskInfo('null', '/data4')).toBeNull();
  });

  it('shuffles and the runs they belong to', () => {
    expect(parseShuffleKey('app-20261121114313-0018-1')).toEqual({
      applicationId: 'app-20261121114313-0018',
      shuffleId: 1,
    });
    expect(parseShuffleKey('no key')).toBeNull();
    expect(isOfRun('application_1700000000000_0042_1', 'application_1700000000000_0042')).toBe(true);
    expect(isOfRun('application_1700000000000_00421', 'application_1700000000000_0042')).toBe(false);
    expect(isOfRun('app-20261121114313-0018', 'app-20261121114313-0019')).toBe(false);
    expect(isOfRun(null, 'app-1')).toBe(false);
  });

  it('workers whose names hold hyphens and digits', () => {
    expect(workerIn('Worker Host:rss-w-10.prod:RpcPort:9204:PushPort:9201 timeout!')).toBe('rss-w-10.prod');
    expect(workerIn('Worker \nHost: rss-w2\nRpcPort: 9204')).toBe('rss-w2');
    const text = `PartitionLocation[
  host-rpcPort-pushPort-fetchPort-replicatePort:cb-7-eu-9204-9201-9202-9203
  peer:(host-rpcPort-pushPort-fetchPort-replicatePort:cb-8-eu-9204-9201-9202-9203)`;
    expect(locationIn(text)).toEqual({ host: 'cb-7-eu', peerHost: 'cb-8-eu' });
    expect(locationIn(text.replace(/peer.*/, 'peer:(empty)'))).toEqual({ host: 'cb-7-eu', peerHost: null });
    expect(locationIn('nothing')).toBeNull();
  });

  it('addresses of masters', () => {
    const known = new Map([
      ['rss-m1:9097', null],
      ['rss-m2:9097', null],
    ]);
    expect(compareAddresses(['rss-m9:9097', 'rss-m2:9097'], known)).toBe('right');
    expect(compareAddresses(['RSS-M1:9079'], known)).toBe('other_port');
    expect(compareAddresses(['celeborn:9097'], known)).toBe('other_host');
    expect(compareAddresses(['10.1.2.3:9097'], known)).toBe('unknown');
    expect(compareAddresses(['rss-m1:9097'], new Map())).toBe('unknown');
    expect(compareAddresses([], known)).toBe('unknown');
  });
});

describe('hostile text', () => {
  const hostile = [
    'x'.repeat(200_000),
    `Reserved 9 primary location ${'0-0,'.repeat(40_000)}`,
    `Push data to ${'a.'.repeat(20_000)}:1 failed`,
    `Serving state transformed from ${'A_'.repeat(50_000)}`,
    `Reporting failed workers:\n${'Host:h:RpcPort:1 '.repeat(20_000)}`,
    `[Update partition] success ${'(partition 1 epoch from 1 to 2'.repeat(10_000)}`,
    `CommitFiles for ${'k'.repeat(100_000)} failed with 9`,
  ];

  it.each(hostile.map((text, index) => [index, text] as const))('text %i costs no time', (_index, text) => {
    const lines = `26/11/21 11:47:00 WARN ShuffleClientImpl: ${text}`;
    const records: TextRecord[] = [...executorOf(lines).records, ...workerLogOf('w', lines).records];
    const startedAt = performance.now();
    for (const record of records) {
      clientEventsOf(record);
      workerEventOf(record, 'w');
    }
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
