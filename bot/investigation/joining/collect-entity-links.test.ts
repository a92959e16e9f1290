import { describe, expect, it } from 'vitest';
import type { LogFacts, Milestone } from '../../../tools/logs/log-facts.ts';
import { sparkRunFixture } from '../../../tools/spark/rules/spark-run-fixture.ts';
import { collectEntityLinks } from './collect-entity-links.ts';

function log(keys: LogFacts['keys'], milestones: Pick<Milestone, 'keys'>[] = []): LogFacts {
  return {
    source: 'driver.log',
    fromLine: 1,
    toLine: 1,
    writer: 'spark_driver',
    keys,
    firstAt: null,
    lastAt: null,
    recordCount: 0,
    records: [],
    tail: [],
    milestones: milestones as Milestone[],
    skipped: [],
  };
}

describe('collectEntityLinks', () => {
  it('takes executors of the event log with their containers', () => {
    const run = sparkRunFixture({ executors: [{ id: '1', host: 'n1', containerId: 'container_1' }] });
    expect(collectEntityLinks(run, null, [])).toContainEqual({
      applicationId: run.application.id,
      executorId: '1',
      containerId: 'container_1',
      host: 'n1',
      podName: undefined,
    });
  });

  it('does not put an executor of which a driver tells on the driver’s own host', () => {
    const links = collectEntityLinks(null, null, [
      log({ applicationId: 'app-1', host: 'driver-host', executorId: 'driver' }, [{ keys: { executorId: '4' } }]),
    ]);
    expect(links).toContainEqual(expect.objectContaining({ executorId: '4', applicationId: 'app-1', host: undefined }));
  });
});
