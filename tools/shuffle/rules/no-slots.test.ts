import { describe, expect, it } from 'vitest';
import { diskOver, fellBack, noMaster, noWorkers } from '../fixtures/lines.ts';
import {
  APPLICATION,
  driverOf,
  factsOf,
  masterLogOf,
  sampleOf,
  scopeOf,
  workerLogOf,
  workerOf,
} from '../fixtures/shuffle-case.ts';
import { noSlots } from './no-slots.ts';

const DRIVER = driverOf([noWorkers('11:50:10'), fellBack('11:50:10', 1)].join('\n'));
const FULL = workerLogOf('rss-w1', diskOver('11:49:35', '/mnt/disk1'));

describe('no slots', () => {
  it('full disks, filled by others', () => {
    const samples = [sampleOf('11:50:22', [workerOf('rss-w1', { bytesByApplication: { [APPLICATION]: 13_326_407 } })])];
    const [finding] = noSlots.apply({ facts: factsOf([DRIVER, FULL], { samples }), scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'shuffle.remote_service_no_slots',
      keys: { applicationId: APPLICATION },
      values: { mount: '/mnt/disk1', workerHost: 'rss-w1', ownBytes: 13_326_407, runBytes: 13_326_407 },
    });
    expect(finding?.statement.en).toContain('files of others fill the disk');
  });

  it('full disks, filled by shuffle data', () => {
    const samples = [sampleOf('11:50:22', [workerOf('rss-w1', { bytesByApplication: { 'app-1': 450 << 20 } })])];
    const [finding] = noSlots.apply({ facts: factsOf([DRIVER, FULL], { samples }), scope: scopeOf() });
    expect(finding?.statement.en).toContain('450 MiB of it are shuffle data');
    expect(finding?.statement.en).not.toContain("this run's");
  });

  it('workers excluded for load', () => {
    const excluded = masterLogOf(
      '26/11/21 11:49:17,542 WARN [celeborn-dispatcher-48] AbstractMetaManager: Worker \nHost: rss-w2\nRpcPort: 9204\n (unhealthy disks num: 0, high workload: true) adds to excluded workers',
    );
    const [finding] = noSlots.apply({ facts: factsOf([DRIVER, excluded]), scope: scopeOf() });
    expect(finding?.statement.en).toContain('excluded for high workload (1 worker)');
  });

  it('the master refuses the run by name', () => {
    const master = masterLogOf(
      `26/11/21 11:50:10,123 ERROR [celeborn-dispatcher-3] Master: Offer slots for ${APPLICATION}-1 failed due to all workers are excluded!`,
    );
    expect(noSlots.apply({ facts: factsOf([master]), scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_no_slots' },
    ]);
  });

  it('near miss: the master refuses another run', () => {
    const master = masterLogOf(
      '26/11/21 11:50:10,123 ERROR [celeborn-dispatcher-3] Master: Offer slots for app-20261121114312-0017-1 failed due to all workers are excluded!',
    );
    expect(noSlots.apply({ facts: factsOf([master]), scope: scopeOf() })).toEqual([]);
  });

  it('near miss: no master was reached', () => {
    const driver = driverOf([noMaster('11:50:00', 'rss-m1:9097'), noWorkers('11:50:10')].join('\n'));
    expect(noSlots.apply({ facts: factsOf([driver]), scope: scopeOf() })).toEqual([]);
  });

  it('near miss: a full disk that kept nobody from slots is told, and is no cause of the run', () => {
    expect(noSlots.apply({ facts: factsOf([FULL]), scope: scopeOf() })).toMatchObject([{ code: null, echo: true }]);
    const scope = scopeOf({ applicationId: null });
    expect(noSlots.apply({ facts: factsOf([FULL]), scope })).toMatchObject([{ code: 'storage.disk_full_local' }]);
  });

  it('says nothing without facts', () => {
    expect(noSlots.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
