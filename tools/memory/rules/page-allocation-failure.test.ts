import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { pageAllocationFailure } from './page-allocation-failure.ts';

const line = (rest: string) => `[ 10.000001] ${rest}`;

describe('memory/page-allocation-failure', () => {
  it('is observed for a request that may wait', () => {
    const log = line(
      'java: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)',
    );
    expect(pageAllocationFailure.apply(hostFacts({ log }))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.page_allocation_failure',
      values: { comm: 'java', order: 4, pages: 16 },
      weight: 0.5,
    });
  });

  it('only suggests for a driver that may not wait (3.10 prints no flag names)', () => {
    const named = line('swapper/0: page allocation failure: order:0, mode:0x480020(GFP_ATOMIC), nodemask=(null)');
    const bare = line('swapper/0: page allocation failure: order:0, mode:0x20');
    for (const log of [named, bare])
      expect(pageAllocationFailure.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'inferred', weight: 0.2 });
  });

  it('is silent for other words and without a log', () => {
    expect(pageAllocationFailure.apply(hostFacts({ log: line('page allocation failure is what he said') }))).toEqual(
      [],
    );
    expect(pageAllocationFailure.apply(hostFacts({}))).toEqual([]);
  });
});
