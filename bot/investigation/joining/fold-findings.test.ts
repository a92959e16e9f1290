import { describe, expect, it } from 'vitest';
import { FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { foldFindings } from './fold-findings.ts';

describe('foldFindings', () => {
  const told = () => findingFixture({ rule: 'a/b', symptom: 'executor_lost', keys: { executorId: '1' } });

  it('folds two tellings of one event, with the keys and evidence of both', () => {
    const other = { ...told(), keys: { executorId: '1', host: 'n1' }, at: FIXTURE_AT + 3000, weight: 0.5 };
    const folded = foldFindings([{ ...told(), weight: 0.2 }, other]);
    expect(folded).toHaveLength(1);
    expect(folded[0]).toMatchObject({ count: 2, weight: 0.5, keys: { executorId: '1', host: 'n1' } });
    expect(folded[0]?.evidence).toHaveLength(2);
  });

  it('keeps apart what happened to others, later, by another rule, or without a time', () => {
    const others = [
      { ...told(), keys: { executorId: '2' } },
      { ...told(), at: FIXTURE_AT + 60_000 },
      { ...told(), rule: 'a/c' },
      { ...told(), at: null },
      { ...told(), kind: 'inferred' as const },
    ];
    expect(foldFindings([told(), ...others])).toHaveLength(6);
  });

  it('keeps at most six pieces of evidence and leaves its input as it was', () => {
    const many = Array.from({ length: 20 }, told);
    const [folded] = foldFindings(many);
    expect(folded?.evidence).toHaveLength(6);
    expect(folded?.count).toBe(20);
    expect(many[0]?.evidence).toHaveLength(1);
    expect(many[0]?.count).toBe(1);
  });
});
