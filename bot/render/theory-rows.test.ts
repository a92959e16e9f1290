import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { theoryRows } from './theory-rows.ts';

type Theory = Diagnosis['theories'][number];

const rows = (...theories: Theory[]) => theoryRows({ ...hostileDiagnosis('en'), theories });
const theory = (text: string, verdict: Theory['verdict'], why?: string): Theory => ({
  text,
  code: null,
  verdict,
  ...(why === undefined ? {} : { why }),
});

describe('theoryRows', () => {
  it('labels each guess by its verdict', () => {
    expect(rows(theory('a', 'ruled_out', 'x'), theory('b', 'confirmed', 'y'), theory('c', 'open'))).toEqual([
      { label: 'Not it', said: ['a'], why: 'x' },
      { label: 'Right', said: ['b'], why: 'y' },
      { label: 'Open', said: ['c'], why: 'nothing that was read decides it' },
    ]);
  });

  it('puts guesses with one answer together, each once', () => {
    expect(rows(theory('a', 'ruled_out', 'x'), theory('b', 'ruled_out', 'x'), theory('a', 'ruled_out', 'x'))).toEqual([
      { label: 'Not it', said: ['a', 'b'], why: 'x' },
    ]);
  });

  it('puts two answers to the same words together, what they share said once', () => {
    const shared = 'another cause is proven, and nothing that was read shows';
    expect(rows(theory('a', 'ruled_out', `${shared} "one"`), theory('a', 'ruled_out', `${shared} "two"`))).toEqual([
      { label: 'Not it', said: ['a'], why: `${shared} "one" or "two"` },
    ]);
  });

  it('points to the cause instead of telling it twice', () => {
    const diagnosis = hostileDiagnosis('en');
    const why = diagnosis.rootCauses[0]?.statement ?? '';
    expect(rows(theory('a', 'confirmed', why))[0]?.why).toBe('see the cause above');
  });

  it('says nothing to a denial that stays open', () => {
    expect(rows({ ...theory('there is enough memory', 'open'), denied: true })).toEqual([]);
    expect(rows({ ...theory('nothing changed', 'confirmed', 'x'), denied: true })).toHaveLength(1);
  });
});
