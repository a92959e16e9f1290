import { describe, expect, it } from 'vitest';
import { kernelLogOf } from './kernel-log.ts';

/** Lines as this machine's kernel wrote them, groups and times changed. */
const report = (at: number, group: string, pid: number) => [
  `[${at}.000000] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=1000`,
  `[${at}.000001] memory: usage 131072kB, limit 131072kB, failcnt 11`,
  `[${at}.000002] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/${group},task_memcg=/${group},task=java,pid=${pid},uid=0`,
  `[${at}.000003] Memory cgroup out of memory: Killed process ${pid} (java) total-vm:2240528kB, anon-rss:38144kB`,
];

describe('kernelLogOf', () => {
  const text = [
    ...report(90, 'lab/bd-node1', 1),
    ...report(110, 'other/bd-node1', 2),
    '[  111.500000] EXT4-fs (loop3): mounted filesystem',
    '[  112.500000] EXT4-fs (loop4): mounted filesystem',
    ...report(120, 'lab/bd-node1', 3),
  ].join('\n');
  const belongs = (line: string) => line.includes('=/lab/bd-node1') || line.includes('(loop3)');

  it('keeps whole reports and lines of the host, and nothing of others or of before', () => {
    expect(kernelLogOf(text, 100, belongs).split('\n')).toEqual([
      '[  111.500000] EXT4-fs (loop3): mounted filesystem',
      ...report(120, 'lab/bd-node1', 3),
      '',
    ]);
  });

  it('is empty where nothing belongs', () => {
    expect(kernelLogOf(text, 100, () => false)).toBe('');
    expect(kernelLogOf(text, 1_000, belongs)).toBe('');
  });
});
