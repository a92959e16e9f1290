import { describe, expect, it } from 'vitest';
import { evidenceFixture, findingFixture } from './finding-fixture.ts';
import type { Hypothesis } from './hypothesis.ts';
import { onlyRepeatsTheSymptom } from './surface-codes.ts';

function hypothesis(root: Hypothesis['root']): Hypothesis {
  const code = root.code ?? 'none.healthy';
  return { code, root, roots: [root], links: [], standing: 'likely', reach: 1, effectOf: null, score: 1 };
}

describe('onlyRepeatsTheSymptom', () => {
  const asker = [evidenceFixture({ provenance: 'asker' })];

  it('is so for a pasted line that says only that something is gone', () => {
    const root = findingFixture({ kind: 'inferred', code: 'shuffle.executor_lost', evidence: asker });
    expect(onlyRepeatsTheSymptom(hypothesis(root))).toBe(true);
  });

  it('is not so where the platform was looked at, or the line names a cause', () => {
    const seen = findingFixture({ kind: 'inferred', code: 'shuffle.executor_lost' });
    const named = findingFixture({ kind: 'inferred', code: 'memory.executor_heap_oom', evidence: asker });
    expect(onlyRepeatsTheSymptom(hypothesis(seen))).toBe(false);
    expect(onlyRepeatsTheSymptom(hypothesis(named))).toBe(false);
  });

  it('is so for a worker that vanished, not for one that says it has no memory', () => {
    const worker = { kind: 'inferred', code: 'memory.python_worker', evidence: asker } as const;
    expect(onlyRepeatsTheSymptom(hypothesis(findingFixture({ ...worker, rule: 'python/worker-vanished' })))).toBe(true);
    expect(onlyRepeatsTheSymptom(hypothesis(findingFixture({ ...worker, rule: 'python/memory-error' })))).toBe(false);
  });
});
