import { describe, expect, it } from 'vitest';
import { parseRejection } from './parse-rejection.ts';

const MIB = 1 << 20;

describe('parseRejection (texts typed from Hadoop’s sources)', () => {
  it.each([
    [
      'User bob does not have permission to submit application_1500000000000_0001 to queue ads',
      'queue_access',
      'bob',
      'ads',
    ],
    ['User bob cannot submit applications to queue root.ads', 'queue_access', 'bob', 'root.ads'],
    ['Application application_1_2 submitted by user bob to unknown queue: nosuch', 'unknown_queue', 'bob', 'nosuch'],
    ['Application application_1_2 submitted by user : bob to non-leaf queue : root', 'unknown_queue', 'bob', 'root'],
    [
      'Queue root.ads is STOPPED. Cannot accept submission of application: application_1_2',
      'queue_stopped',
      null,
      'root.ads',
    ],
    [
      'Queue root.ads already has 10 applications, cannot accept submission of application: application_1_2',
      'too_many_applications',
      null,
      'root.ads',
    ],
    [
      'Queue root.ads already has 3 applications from user bob cannot accept submission of application: a',
      'too_many_applications',
      'bob',
      'root.ads',
    ],
  ])('%s', (text, reason, user, queue) => {
    expect(parseRejection(`RPC: ${text}`)).toMatchObject({ reason, user, queue });
  });

  it('reads asked and allowed of both generations', () => {
    expect(
      parseRejection(
        'Invalid resource request, requested memory < 0, or requested memory > max configured, requestedMemory=4096, maxMemory=2048',
      ),
    ).toMatchObject({ asked: { memoryBytes: 4096 * MIB }, allowed: { memoryBytes: 2048 * MIB } });
    expect(
      parseRejection(
        'Invalid resource request! Cannot allocate containers as requested resource is greater than maximum allowed allocation. Requested resource type=[memory-mb], Requested resource=<memory:9216, vCores:1>, maximum allowed allocation=<memory:8192, vCores:4>, please note that …',
      ),
    ).toMatchObject({
      reason: 'over_maximum_allocation',
      asked: { memoryBytes: 9216 * MIB, vcores: 1 },
      allowed: { vcores: 4 },
    });
  });

  it('finds no refusal in ordinary lines', () => {
    expect(parseRejection('Accepted application application_1_2 from user: bob, in queue: ads')).toBeNull();
    expect(parseRejection('Application application_1_2 from user: bob activated in queue: root.ads')).toBeNull();
  });

  it('is linear on hostile text', () => {
    const hostile = `User ${'a '.repeat(100_000)} to queue`;
    const before = performance.now();
    expect(parseRejection(hostile.slice(0, 16_384))).toBeNull();
    expect(performance.now() - before).toBeLessThan(500);
  });
});
