import { describe, expect, it } from 'vitest';
import { findingFixture } from './finding-fixture.ts';
import { hushEchoes } from './hush-echoes.ts';

describe('hushEchoes', () => {
  const preempted = { code: 'scheduling.preemption' as const, keys: { containerId: 'container_1' } };
  const harmless = findingFixture({ ...preempted, area: 'yarn', echo: true });

  it('quiets other tellings of an event that the area knows to be harmless', () => {
    const loud = findingFixture(preempted);
    expect(hushEchoes([harmless, loud])[1]).toMatchObject({ echo: true });
  });

  it('leaves other containers and other causes alone', () => {
    const other = findingFixture({ ...preempted, keys: { containerId: 'container_2' } });
    const cause = findingFixture({ code: 'memory.container_physical_limit', keys: { containerId: 'container_1' } });
    const nameless = findingFixture({ code: 'scheduling.preemption' });
    for (const finding of hushEchoes([harmless, other, cause, nameless]).slice(1)) expect(finding.echo).toBeUndefined();
  });

  it('does not take a harmless symptom without a cause for a verdict on others', () => {
    const symptom = findingFixture({ symptom: 'container_exited', keys: { containerId: 'container_1' }, echo: true });
    expect(hushEchoes([symptom, findingFixture(preempted)])[1]?.echo).toBeUndefined();
  });
});
