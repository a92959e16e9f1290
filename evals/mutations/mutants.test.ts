import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import { RULES_ANSWERER } from '../variants/rules-answerer.ts';
import { changedAnswer } from './changed-answer.ts';
import { type Before, putTo, type Scored } from './put-to.ts';

/** A failure with a chain of several links, and a slowness with a ledger. */
const FAILURE = 'yarn-023-retention-cube-3d';
const SLOW = 'slow-005-ads-user-tag-daily';

const real = new Map<string, Scored>();
const unchanged = new Map<string, Scored>();
beforeAll(async () => {
  for (const id of [FAILURE, SLOW]) real.set(id, await putTo(RULES_ANSWERER, id));
});

/** The truth with place and time as the real answer has them, so that each scorer has something to say. */
function known(id: string): Before {
  return (trial, truth) => {
    const cause = real.get(id)?.trial.diagnosis?.rootCauses[0];
    const at = cause?.at ?? null;
    const expected = {
      ...truth.scenario.expected,
      components: cause?.component ? [cause.component] : [],
      window: at === null ? null : { from: at, to: at },
    };
    return { trial, truth: { ...truth, scenario: { ...truth.scenario, expected } } };
  };
}

/** Scorers whose value is lower for the mutant than for the answer it was made of. */
async function dropped(id: string, change: (diagnosis: Diagnosis) => void): Promise<string[]> {
  const { trial } = real.get(id) as Scored;
  const before =
    unchanged.get(id) ??
    (await putTo(
      changedAnswer(trial, () => undefined),
      id,
      known(id),
    ));
  unchanged.set(id, before);
  const after = await putTo(changedAnswer(trial, change), id, known(id));
  const risen = [...after.scores].filter(([name, { value }]) => (value ?? 0) > (before.scores.get(name)?.value ?? 0));
  expect(risen.map(([name]) => name)).toEqual([]);
  return [...after.scores]
    .filter(([name, { value }]) => value !== null && value < (before.scores.get(name)?.value ?? 0))
    .map(([name]) => name)
    .sort();
}

function causeOf({ rootCauses }: Diagnosis): RootCause {
  const [first] = rootCauses;
  if (first === undefined) throw new Error('there is no cause');
  return first;
}

describe('a mutant of a good answer loses at its own scorer and at no other', () => {
  it('root cause swapped for a sibling: the cause, and all that is told of it', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      causeOf(answer).code = 'data.parse_error';
    });
    expect(lost).toEqual(expect.arrayContaining(['cause', 'cause-in-three', 'cause-precision', 'responsibility']));
    // A writer that may prove the one may not prove the other: that is seen as well. Figures, safety, retrieval and abstention have nothing to do with it.
    for (const other of ['number-fidelity', 'safety', 'abstention', 'retrieval', 'evidence-recall'])
      expect(lost).not.toContain(other);
  });

  it('chain told backwards: the chain, and its root that is proven no more', async () => {
    const lost = await dropped(FAILURE, (answer) => void causeOf(answer).chain.reverse());
    expect(lost).toContain('chain');
    expect(lost.filter((name) => name !== 'chain' && name !== 'evidence-validity')).toEqual([]);
  });

  it('setting invented: the fix, and the key that nobody read', async () => {
    const lost = await dropped(SLOW, (answer) => {
      for (const { settings } of causeOf(answer).remediations)
        for (const setting of settings) setting.key = 'spark.executor.memoryTurbo';
    });
    expect(lost).toEqual(['fix', 'number-fidelity']);
  });

  it('setting changed the wrong way: the fix', async () => {
    const lost = await dropped(SLOW, (answer) => {
      for (const { settings } of causeOf(answer).remediations) for (const setting of settings) setting.to = '16m';
    });
    expect(lost).toEqual(['fix']);
  });

  it('responsibility flipped', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      causeOf(answer).responsibility = 'platform';
    });
    expect(lost).toEqual(['responsibility']);
  });

  it('time off by five minutes', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      const cause = causeOf(answer);
      cause.at = new Date(Date.parse(cause.at ?? '') + 300_000).toISOString();
    });
    expect(lost).toEqual(['time']);
  });

  it('place swapped for another', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      causeOf(answer).component = { kind: 'host', id: 'bd-node13' };
    });
    expect(lost).toEqual(['place']);
  });

  it('ledger account swapped', async () => {
    const lost = await dropped(SLOW, (answer) => {
      const accounts = answer.comparison?.accounts ?? [];
      const [largest, ...rest] = [...accounts].sort((a, b) => b.deltaMs - a.deltaMs);
      const least = rest.at(-1);
      if (largest && least) [largest.account, least.account] = [least.account, largest.account];
    });
    expect(lost).toEqual(['ledger']);
  });

  it('a second of the wall clock booked nowhere', async () => {
    const lost = await dropped(SLOW, (answer) => {
      if (answer.ledger) answer.ledger.unexplainedMs += 1_000;
    });
    expect(lost).toEqual(['ledger-sum']);
  });

  it('runbook of something else', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      for (const remedy of causeOf(answer).remediations)
        remedy.runbook = 'cache-cold#load-the-data-into-the-cache-first';
      answer.passages.splice(0);
    });
    expect(lost).toEqual(['retrieval']);
  });

  it('asks for more where the cause is known', async () => {
    const lost = await dropped(FAILURE, (answer) => {
      answer.outcome = 'needs_more';
    });
    expect(lost).toEqual(['abstention', 'cause']);
  });
});
