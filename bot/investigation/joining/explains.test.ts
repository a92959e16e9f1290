import { describe, expect, it } from 'vitest';
import { CAUSE_CODES } from '../../../knowledge/causes/cause-codes.ts';
import { explainsCode } from './explains.ts';

describe('explainsCode', () => {
  it('knows what lies under what is seen on the surface (causes.md, "where two codes are true at once")', () => {
    expect(explainsCode('kernel.memcg_oom', 'shuffle.executor_lost')).toBe(true);
    expect(explainsCode('storage.disk_full_local', 'shuffle.corruption')).toBe(true);
    expect(explainsCode('kernel.memcg_oom', 'memory.container_physical_limit')).toBe(true);
    expect(explainsCode('kernel.oom_score_adj', 'kernel.memcg_ancestor_oom')).toBe(true);
    expect(explainsCode('config.changed', 'memory.spill')).toBe(true);
    expect(explainsCode('scheduling.spot_node_lost', 'cache.worker_lost')).toBe(true);
  });

  it('does not turn it round', () => {
    expect(explainsCode('shuffle.executor_lost', 'kernel.memcg_oom')).toBe(false);
    expect(explainsCode('memory.spill', 'config.changed')).toBe(false);
    expect(explainsCode('memory.container_physical_limit', 'kernel.memcg_oom')).toBe(false);
  });

  it('never explains a code by itself', () => {
    for (const code of CAUSE_CODES) expect(explainsCode(code, code)).toBe(false);
  });

  it('has no verdict among its causes: nothing is explained by "nothing is wrong"', () => {
    const verdicts = CAUSE_CODES.filter((code) => /^(?:none|unknown)\./.test(code));
    expect(verdicts.length).toBe(3);
    for (const verdict of verdicts) {
      expect(CAUSE_CODES.filter((code) => explainsCode(verdict, code))).toEqual([]);
      expect(CAUSE_CODES.filter((code) => explainsCode(code, verdict))).toEqual([]);
    }
  });
});
