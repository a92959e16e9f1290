import { describe, expect, it } from 'vitest';
import { connectFailed, fetchFailed, readFromPeer, readGaveUp, rerun, workerLost } from '../fixtures/lines.ts';
import { APPLICATION, driverOf, executorOf, factsOf, masterLogOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { dataLost } from './data-lost.ts';

const GONE = masterLogOf(workerLost('11:48:03', 'rss-w2'));

describe('data that the service lost', () => {
  it('a reader gave up on a worker that is gone, and the stage was run again', () => {
    const logs = [
      GONE,
      executorOf(connectFailed('11:47:35', 'rss-w2', 9202)),
      driverOf([fetchFailed('11:48:30', 'rss-w2'), rerun('11:48:30')].join('\n')),
    ];
    const [finding] = dataLost.apply({ facts: factsOf(logs), scope: scopeOf({ succeeded: true }) });
    expect(finding).toMatchObject({
      code: 'shuffle.remote_service_data_lost',
      kind: 'observed',
      keys: { applicationId: APPLICATION, host: 'rss-w2', shuffleId: 0 },
      values: { reruns: 1, failedReads: 1 },
    });
    expect(finding?.statement.en).toContain('the run ended well');
    expect(finding?.evidence.map(({ provenance }) => provenance)).toEqual([
      'engine',
      'engine',
      'engine',
      'shuffle_service',
    ]);
  });

  it('without a rerun the reader’s own error is the last word', () => {
    const logs = [GONE, executorOf(readGaveUp('11:48:48', 'rss-w2'))];
    expect(dataLost.apply({ facts: factsOf(logs), scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_data_lost', values: { failedReads: 1, reruns: 0 } },
    ]);
  });

  it('the service says it itself', () => {
    const driver = driverOf(
      '26/11/21 11:48:30 ERROR ReducePartitionCommitHandler: For shuffle app-1-0 partition data lost:\nLost partition 307-0 in worker [Host:rss-w2:RpcPort:9204:PushPort:9201:FetchPort:9202:ReplicatePort:9203]',
    );
    expect(dataLost.apply({ facts: factsOf([driver]), scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_data_lost', keys: { applicationId: APPLICATION } },
    ]);
  });

  it('what was read is not what was written', () => {
    const executor = executorOf(
      '26/11/21 11:48:30 ERROR CelebornIntegrityCheckTracker: CommitMetadata mismatch for shuffleId: 3 partitionId: 7 expected: CommitMetadata{bytes=12,crc=1} actual: CommitMetadata{bytes=11,crc=2}',
    );
    const [finding] = dataLost.apply({ facts: factsOf([executor]), scope: scopeOf() });
    expect(finding?.statement.en).toContain('integrity check');
  });

  it('near miss: another run’s failed reads', () => {
    const logs = [GONE, driverOf(fetchFailed('11:48:30', 'rss-w2'), 'app-20261121114312-0017')];
    expect(dataLost.apply({ facts: factsOf(logs), scope: scopeOf() })).toEqual([]);
  });

  it('near miss: the second copy was read', () => {
    const logs = [GONE, executorOf(readFromPeer('11:47:55', 'rss-w2', 'rss-w1'))];
    expect(dataLost.apply({ facts: factsOf(logs), scope: scopeOf() })).toEqual([]);
  });

  it('near miss: user code prints the same words', () => {
    const printed = executorOf('SHUFFLE_DATA_LOST for 0\nFor shuffle app-1-0 partition data lost:');
    expect(dataLost.apply({ facts: factsOf([printed]), scope: scopeOf() })).toEqual([]);
  });

  it('says nothing of a worker that is gone when no read failed', () => {
    expect(dataLost.apply({ facts: factsOf([GONE]), scope: scopeOf() })).toEqual([]);
  });
});
