import { describe, expect, it } from 'vitest';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import { affirmsRuledOut } from './named-hypotheses.ts';

const RULED_OUT = new Set<CauseCode>([
  'kernel.memcg_oom',
  'memory.container_physical_limit',
  'memory.executor_heap_oom',
  'scheduling.preemption',
]);

describe('affirmsRuledOut', () => {
  it.each([
    'You are right that the OOM killer ended it [e2].',
    'The node manager killed the container because it was beyond its physical memory limit [e4].',
    'The executors died because they were preempted [e1].',
    '作业失败是因为被队列抢占 [e1]。',
  ])('sees a claim: %s', (sentence) => {
    expect(affirmsRuledOut(sentence, RULED_OUT)).toBe(true);
    expect(affirmsRuledOut(sentence, new Set())).toBe(false);
  });

  it.each([
    'It was not the OOM killer that ended it [e2].',
    'The container never hit its physical memory limit, so the node manager had no reason to kill it.',
    'A full Java heap would have ended in an error of the JVM.',
    'Native code crashed the process [e2].',
  ])('leaves what denies, supposes or speaks of something else: %s', (sentence) => {
    expect(affirmsRuledOut(sentence, RULED_OUT)).toBe(false);
  });
});
