import { describe, expect, it } from 'vitest';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { headlineOf, inBrackets, whoText } from './headline.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';

const base = hostileDiagnosis('en');
const [first] = base.rootCauses;
const cause = (more: Partial<RootCause>): RootCause => ({ ...(first as RootCause), ...more });
const withCause = (more: Partial<RootCause>): Diagnosis => ({ ...base, rootCauses: [cause(more)] });

describe('headlineOf', () => {
  it('is none for a verdict about the whole', () => {
    for (const code of ['none.healthy', 'none.still_running', 'unknown.insufficient_evidence'] as const)
      expect(headlineOf(withCause({ code }))).toBeNull();
    expect(headlineOf({ ...base, rootCauses: [] })).toBeNull();
  });

  it('has the proof of a cause without effects above it', () => {
    const link = { statement: 'x', at: null, component: null, evidence: ['e1'] };
    expect(headlineOf(withCause({ chain: [link] }))?.proof.flatMap(({ ids }) => ids)).toEqual(['e1']);
    expect(headlineOf(withCause({ chain: [link, link] }))?.proof).toEqual([]);
  });

  it('calls what is not proven not proven', () => {
    const standings = (['confirmed', 'likely', 'inconclusive'] as const).map(
      (standing) => headlineOf(withCause({ standing }))?.standing,
    );
    expect(standings).toEqual(['confirmed', 'likely', 'not proven']);
  });
});

describe('whoText', () => {
  it('names what the cause sits in, once, and not the run itself', () => {
    expect(whoText(base, cause({ responsibility: 'user', component: { kind: 'stage', id: '6' } }))).toBe(
      'the job · stage 6',
    );
    expect(whoText(base, cause({ responsibility: 'platform', component: { kind: 'driver', id: 'driver' } }))).toBe(
      'platform · driver',
    );
    const id = 'container_1700000000000_0042_01_000008';
    expect(whoText(base, cause({ responsibility: 'user', component: { kind: 'container', id } }))).toBe(
      `the job · ${id}`,
    );
    const own = { kind: 'spark_application', id: base.subject?.id ?? '' } as const;
    expect(whoText(base, cause({ responsibility: 'shared', component: own }))).toBe('platform and job');
  });
});

describe('inBrackets', () => {
  it('uses the brackets of the language', () => {
    expect(inBrackets('x', 'en')).toBe(' (x)');
    expect(inBrackets('x', 'zh')).toBe('（x）');
  });
});
