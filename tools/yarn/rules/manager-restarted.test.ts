import { describe, expect, it } from 'vitest';
import { emptyYarnFacts, type YarnFacts } from '../facts.ts';
import { APP, restApp, type TypedAnswer, typedPlatform } from '../fixtures/typed-cluster.ts';
import { judgeYarn } from '../judge-yarn.ts';
import { readYarnFacts } from '../read-yarn-facts.ts';

/** The start of the manager that gave APP its id. */
const GIVEN = 1795256295743;
const info = (startedOn: number): TypedAnswer => ({
  request: '/ws/v1/cluster/info',
  body: { clusterInfo: { id: startedOn, startedOn, state: 'STARTED', haState: 'ACTIVE' } },
});
// Hadoop 3.3.6 after a restart with recovery off (recorded): the list is there and empty.
const EMPTY_LIST: TypedAnswer = { request: '/ws/v1/cluster/apps', body: '{"apps":{}}' };

async function judged(...answers: TypedAnswer[]) {
  const read = await readYarnFacts(typedPlatform(answers), {});
  const facts: YarnFacts = read.outcome === 'ok' ? read.value : emptyYarnFacts();
  return judgeYarn({ ...facts, scope: { applicationIds: [APP] } }).filter(
    ({ rule }) => rule === 'yarn/manager-restarted',
  );
}

describe('a ResourceManager that began after the application', () => {
  it('and does not list it has lost it: told with the line of its start, as a symptom and no cause', async () => {
    const [finding, ...others] = await judged(info(GIVEN + 600_000), EMPTY_LIST);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: null,
      symptom: 'attempt_failed',
      at: GIVEN + 600_000,
      keys: { applicationId: APP },
    });
    expect(finding?.evidence[0]?.excerpt).toContain(`"startedOn":${GIVEN + 600_000}`);
  });

  it('and lists it has recovered it; the manager that gave the id, or one that was not asked, says nothing', async () => {
    expect(await judged(info(GIVEN + 600_000), EMPTY_LIST, restApp())).toEqual([]);
    expect(await judged(info(GIVEN), EMPTY_LIST)).toEqual([]);
    expect(await judged(EMPTY_LIST)).toEqual([]);
  });
});
