import { describe, expect, it } from 'vitest';
import { emptyYarnFacts, type YarnFacts } from './facts.ts';
import { APP, restApp, type TypedAnswer, typedPlatform } from './fixtures/typed-cluster.ts';
import { forgottenByManager } from './forgotten-by-manager.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

/** The start of the manager that gave APP its id. */
const GIVEN = 1795256295743;
const info = (startedOn: number): TypedAnswer => ({
  request: '/ws/v1/cluster/info',
  body: { clusterInfo: { id: startedOn, startedOn, state: 'STARTED', haState: 'ACTIVE' } },
});
// Hadoop 3.3.6 after a restart with recovery off (recorded): the list is there and empty.
const EMPTY_LIST: TypedAnswer = { request: '/ws/v1/cluster/apps', body: '{"apps":{}}' };

async function facts(...answers: TypedAnswer[]): Promise<YarnFacts> {
  const read = await readYarnFacts(typedPlatform(answers), {});
  return read.outcome === 'ok' ? read.value : emptyYarnFacts();
}

describe('an application that the ResourceManager does not know', () => {
  it('was forgotten where the manager began later and lists it not', async () => {
    const read = await facts(info(GIVEN + 600_000), EMPTY_LIST);
    expect(forgottenByManager(read, APP)).toBe(true);
  });

  it('was not where it is listed, by the same manager, without a list, or of another kind', async () => {
    expect(forgottenByManager(await facts(info(GIVEN + 600_000), EMPTY_LIST, restApp()), APP)).toBe(false);
    expect(forgottenByManager(await facts(info(GIVEN), EMPTY_LIST), APP)).toBe(false);
    expect(forgottenByManager(await facts(info(GIVEN + 600_000)), APP)).toBe(false);
    expect(forgottenByManager(await facts(info(GIVEN + 600_000), EMPTY_LIST), 'local-1795256295743')).toBe(false);
  });
});
