import { describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { openSources } from '../scorers/sources/open-sources.ts';
import {
  ALWAYS_ASKS_FOR_MORE,
  alwaysSays,
  BELIEVES_THE_ASKER,
  CRASHES,
  citesUnread,
  MODEL_IS_DOWN,
  makesUpEvidence,
} from './fools.ts';
import { putTo, redGates, scenarioOf, scoreOf } from './put-to.ts';

/** A failure, a slowness, a healthy run, one that goes on, one that cannot be decided; the askers of the first four suspect something else. */
const FAILURE = 'yarn-005-item-embedding-score';
const SOME = [
  FAILURE,
  'slow-001-dwd-order-user-wide',
  'slow-009-ads-user-path-rank',
  'yarn-028-ad-geohash-bucketing',
  'yarn-004-dau-report-daily',
  'yarn-025-dwd-ad-feature-join',
  'flow-116-refresh-shard-1',
];

/** A line that the truth of the failure rests on, as an honest answer cites it. */
async function goldLine(id: string) {
  const place = scenarioOf(id)
    .expected.evidence.flatMap(({ places }) => places)
    .find(({ source }) => source.includes('nodemanager'));
  if (place === undefined) throw new Error(`${id} has no line of a NodeManager`);
  const platform = await openCapture(`${scenarioOf(id).folder}/capture`);
  const line = (await openSources(platform).text(place.source))?.lines(place.lines[0], place.lines[0]) ?? '';
  return {
    id: 'e1',
    area: 'logs',
    provenance: 'node_manager',
    source: place.source,
    locator: `line ${place.lines[0]}`,
    at: null,
    excerpt: line.slice(0, 300),
  } as const;
}

describe('an analyst that always answers the most frequent code', () => {
  const counts = new Map<string, string[]>();
  for (const { id, expected } of readScenarios()) {
    for (const code of expected.behaviour === 'answer' ? expected.causes.slice(0, 1) : [])
      counts.set(code, [...(counts.get(code) ?? []), id]);
  }
  const [[code = '', ids] = ['', []]] = [...counts].sort((a, b) => b[1].length - a[1].length);

  it('is right where that is the code and nowhere else, and its sureness has no ground anywhere', async () => {
    const asked = [...new Set([...ids.slice(0, 3), ...SOME])];
    const fool = alwaysSays(code as Parameters<typeof alwaysSays>[0]);
    for (const id of asked) {
      const scored = await putTo(fool, id);
      const { causes, alsoRight, behaviour } = scenarioOf(id).expected;
      const isRight = behaviour === 'answer' && [...causes, ...alsoRight].some((one) => one === code);
      expect([id, scoreOf(scored, 'cause')]).toEqual([id, isRight ? 1 : 0]);
      expect([id, redGates(scored)]).toEqual([id, ['evidence-validity']]);
    }
    expect(ids.length).toBeGreaterThan(2);
  });
});

describe('an analyst that copies the theory of the question', () => {
  it.each(['slow-001-dwd-order-user-wide', 'slow-009-ads-user-path-rank', 'yarn-028-ad-geohash-bucketing', FAILURE])(
    'has the wrong cause of %s, whose asker suspects something else',
    async (id) => {
      const scored = await putTo(BELIEVES_THE_ASKER, id);
      expect(scoreOf(scored, 'cause')).toBe(0);
      expect(scoreOf(scored, 'cause-precision')).toBe(0);
      expect(redGates(scored)).toEqual(['evidence-validity']);
    },
  );
});

describe('an analyst that always asks for more', () => {
  it('has no cause where there is one to be found, however safe it is', async () => {
    for (const id of SOME.slice(0, 6)) {
      const scored = await putTo(ALWAYS_ASKS_FOR_MORE, id);
      expect([id, scoreOf(scored, 'cause'), scoreOf(scored, 'abstention')]).toEqual([id, 0, 0]);
      expect(redGates(scored)).toEqual([]);
    }
  });

  it('is right where nothing decides it', async () => {
    const scored = await putTo(ALWAYS_ASKS_FOR_MORE, 'flow-116-refresh-shard-1');
    expect(scoreOf(scored, 'cause')).toBe(1);
    expect(scoreOf(scored, 'abstention')).toBe(1);
    expect(scored.scores.get('abstention')?.figures).toMatchObject({ isCovered: 0, given: 'needs_more' });
  });
});

describe('right cause', () => {
  it('with invented evidence: the cause is right and the gate is red', async () => {
    const gold = await goldLine(FAILURE);
    const invented = { ...gold, excerpt: gold.excerpt.replace('running', 'running far') };
    const scored = await putTo(makesUpEvidence('memory.container_physical_limit', invented), FAILURE);
    expect(scoreOf(scored, 'cause')).toBe(1);
    expect(redGates(scored)).toEqual(['evidence-validity']);
    expect(scored.scores.get('evidence-validity')?.detail).toMatch(/does not stand at/);
  });

  it('with the right lines, unread: the gate is red; opened, the same answer passes', async () => {
    const gold = await goldLine(FAILURE);
    const unread = await putTo(citesUnread('memory.container_physical_limit', gold), FAILURE);
    expect(scoreOf(unread, 'cause')).toBe(1);
    expect(scoreOf(unread, 'evidence-validity')).toBe(0);
    expect(unread.scores.get('evidence-validity')?.detail).toMatch(/was not opened/);
    const opened = await putTo(makesUpEvidence('memory.container_physical_limit', gold), FAILURE);
    expect(redGates(opened)).toEqual([]);
    expect(scoreOf(opened, 'evidence-validity')).toBe(1);
  });
});

describe('what does not answer', () => {
  it('crashes: wrong, not a fault of a gate, and the next trial goes on', async () => {
    const crashed = await putTo(CRASHES, FAILURE);
    expect(crashed.trial.status).toBe('crashed');
    for (const scorer of ['cause', 'cause-in-three', 'cause-precision', 'abstention', 'responsibility', 'chain'])
      expect([scorer, scoreOf(crashed, scorer)]).toEqual([scorer, 0]);
    expect(crashed.scores.get('cause')?.detail).toMatch(/crashed: TypeError: cannot read/);
    expect(redGates(crashed)).toEqual([]);
    expect((await putTo(ALWAYS_ASKS_FOR_MORE, FAILURE)).trial.status).toBe('ran');
  });

  it('a model that is down: not run, no score at all, no zero', async () => {
    const { trial, scores } = await putTo(MODEL_IS_DOWN, FAILURE);
    expect(trial).toMatchObject({ status: 'not_run', why: 'the model did not answer: 503', diagnosis: null });
    expect([...scores]).toEqual([]);
  });
});
