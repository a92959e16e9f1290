import { describe, expect, it } from 'vitest';
import { connectFailed, fellBack, fetchFailed, registered, workerLost } from '../fixtures/lines.ts';
import { driverOf, factsOf, masterLogOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { judgeShuffle } from '../judge-shuffle.ts';
import { servedWell } from './served-well.ts';

const JAR =
  '26/11/21 11:44:50 INFO SparkContext: Added JAR /opt/jars/celeborn-client-spark-3-shaded_2.12-0.5.4.jar at spark://gw:1/jars/x.jar';

describe('a run that was served well', () => {
  it('speaks against every fault of the service, and for a client of another version', () => {
    const facts = factsOf([driverOf([JAR, registered('11:45:00', 0)].join('\n'))]);
    const [finding] = servedWell.apply({ facts, scope: scopeOf() });
    expect(finding).toMatchObject({ code: null, echo: true, values: { shuffles: 1, clientVersion: '0.5.4' } });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual([
      'shuffle.remote_service_push',
      'shuffle.remote_service_data_lost',
      'shuffle.remote_service_no_slots',
      'shuffle.remote_service_unavailable',
      'shuffle.remote_service_quota',
      'shuffle.stall',
      'dependency.version_conflict',
    ]);
  });

  it('near miss: one shuffle left the service', () => {
    const facts = factsOf([driverOf([registered('11:45:00', 0), fellBack('11:46:00', 1)].join('\n'))]);
    expect(servedWell.apply({ facts, scope: scopeOf() })).toEqual([]);
  });

  it('is not said beside a cause', () => {
    const facts = factsOf([
      masterLogOf(workerLost('11:48:03', 'rss-w2')),
      driverOf(
        [registered('11:45:00', 0), connectFailed('11:47:35', 'rss-w2', 9202), fetchFailed('11:48:30', 'rss-w2')].join(
          '\n',
        ),
      ),
    ]);
    const found = judgeShuffle(facts, scopeOf());
    expect(found.map(({ rule }) => rule)).toEqual(['shuffle/data-lost']);
  });

  it('is not said of a run that used no remote shuffle, nor without facts', () => {
    expect(servedWell.apply({ facts: factsOf([driverOf(JAR)]), scope: scopeOf() })).toEqual([]);
    expect(servedWell.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
