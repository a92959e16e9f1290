import { describe, expect, it } from 'vitest';
import { SYMPTOMS } from '../../../tools/evidence/finding.ts';
import { isAboutWholeApplication, rungOf } from './symptom-ladder.ts';

describe('the ladder of symptoms', () => {
  it('has a rung of its own for every symptom, and the ground for what is none', () => {
    const rungs = SYMPTOMS.map(rungOf);
    expect(rungs).not.toContain(-1);
    expect(new Set(rungs).size).toBe(SYMPTOMS.length);
    expect(rungOf(undefined)).toBeGreaterThan(Math.max(...rungs));
  });

  it('goes from what the person sees down to what was killed', () => {
    const order = ['application_failed', 'stage_failed', 'task_failed', 'executor_lost', 'process_killed'] as const;
    const rungs = order.map(rungOf);
    expect(rungs).toEqual([...rungs].sort((a, b) => a - b));
  });

  it('knows what speaks about the application as a whole', () => {
    expect(isAboutWholeApplication('job_failed')).toBe(true);
    expect(isAboutWholeApplication('executor_lost')).toBe(false);
    expect(isAboutWholeApplication(undefined)).toBe(false);
  });
});
