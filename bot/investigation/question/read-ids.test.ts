import { describe, expect, it } from 'vitest';
import { readApplicationIds, readOtherIds } from './read-ids.ts';

describe('readApplicationIds', () => {
  it.each([
    ['application_1700000000000_0042', ['application_1700000000000_0042']],
    ['(application_1700000000000_123456).', ['application_1700000000000_123456']],
    ['container_e12_1700000000000_0042_01_000008 died', ['application_1700000000000_0042']],
    ['container_1700000000000_0042_01_000008', ['application_1700000000000_0042']],
    ['appattempt_1700000000000_0042_000001', ['application_1700000000000_0042']],
    ['event log application_1700000000000_0042_1.zstd', ['application_1700000000000_0042']],
    ['app-20261121102734-0001 and local-1795260056194', ['app-20261121102734-0001', 'local-1795260056194']],
    ['spark-1234567890abcdef1234567890abcdef', ['spark-1234567890abcdef1234567890abcdef']],
    ['看application_1700000000000_0042为什么挂', ['application_1700000000000_0042']],
    ['container_1700000000000_0042_01_000008 of application_1700000000000_0042', ['application_1700000000000_0042']],
  ])('%s', (text, ids) => {
    expect(readApplicationIds(text)).toEqual(ids);
  });

  it.each([
    'application_17_42',
    'myapplication_1700000000000_0042',
    'app-2026-0001',
    'spark-submit',
    'spark-1234567890abcdef',
    'application_1700000000000_',
    'a-local-1795260056194',
  ])('%s is none', (text) => {
    expect(readApplicationIds(text)).toEqual([]);
  });
});

describe('readOtherIds', () => {
  it('reads containers, attempts, MapReduce ids and drivers whole', () => {
    const ids = readOtherIds(
      'container_e12_1700000000000_0042_01_000008 appattempt_1700000000000_0042_000002 attempt_201506031520_0011_m_000189_0 job_1700000000000_0042 driver-20261121102734-0003',
    );
    expect(ids.containers).toEqual(['container_e12_1700000000000_0042_01_000008']);
    expect(ids.attempts).toEqual(['appattempt_1700000000000_0042_000002']);
    expect(ids.mapReduce).toEqual(['attempt_201506031520_0011_m_000189_0', 'job_1700000000000_0042']);
    expect(ids.drivers).toEqual(['driver-20261121102734-0003']);
  });

  it('reads pods of Spark and of deployments, and pod uids as the kernel writes them', () => {
    const ids = readOtherIds(
      'user-profile-join-exec-3, etl-abc-driver, web-86d59d5867-7kmns, /kubepods/burstable/pod28fcb1a0-a45c-44e7-b9bf-e3b9360bedba',
    );
    expect(ids.pods).toEqual(['user-profile-join-exec-3', 'etl-abc-driver', 'web-86d59d5867-7kmns']);
    expect(ids.podUids).toEqual(['28fcb1a0-a45c-44e7-b9bf-e3b9360bedba']);
  });

  it('takes 32 hexadecimal digits for a Flink job only where Flink is talked about', () => {
    const id = 'eaffacbed6a9d6025a362df2738d5299';
    expect(readOtherIds(`flink job ${id} restarts`).flinkJobs).toEqual([id]);
    expect(readOtherIds(`md5 ${id}`).flinkJobs).toEqual([]);
  });
});
