import { describe, expect, it } from 'vitest';
import {
  isWithin,
  readChoice,
  readConstraint,
  readInvoker,
  readKilled,
  readLimitSentence,
  readStatsHeader,
  readUsage,
} from './oom-messages.ts';

// Lines marked "composed" are format strings of the kernels in reference C1 filled with made-up values.

describe('readKilled', () => {
  it('reads the line of kernels since 5.1', () => {
    const line =
      'Memory cgroup out of memory: Killed process 22224 (java) total-vm:2808928kB, anon-rss:401792kB, file-rss:20952kB, shmem-rss:0kB, UID:0 pgtables:1012kB oom_score_adj:-997';
    expect(readKilled(line)).toEqual({
      pid: 22224,
      comm: 'java',
      uid: 0,
      prefix: 'memcg',
      totalVmBytes: 2808928 * 1024,
      anonRssBytes: 401792 * 1024,
      fileRssBytes: 20952 * 1024,
      shmemRssBytes: 0,
      pgtablesBytes: 1012 * 1024,
      oomScoreAdj: -997,
    });
  });

  it.each([
    ['3.10 (composed)', 'Killed process 4711 (java) total-vm:9000kB, anon-rss:800kB, file-rss:16kB', null, null],
    [
      'RHEL 7 (composed)',
      'Killed process 4711 (java), UID 1001, total-vm:9000kB, anon-rss:800kB, file-rss:16kB, shmem-rss:0kB',
      1001,
      null,
    ],
    [
      'RHEL 6 (composed)',
      'Killed process 4711, UID 1001, (java) total-vm:9000kB, anon-rss:800kB, file-rss:16kB',
      1001,
      null,
    ],
    [
      '4.19 (composed)',
      'Killed process 4711 (java) total-vm:9000kB, anon-rss:800kB, file-rss:16kB, shmem-rss:4kB',
      null,
      null,
    ],
    [
      'allocating task (composed)',
      'Out of memory (oom_kill_allocating_task): Killed process 4711 (java) total-vm:9000kB, anon-rss:800kB, file-rss:16kB',
      null,
      'global',
    ],
  ])('reads the line of %s', (_, line, uid, prefix) => {
    const killed = readKilled(line);
    expect(killed).toMatchObject({ pid: 4711, comm: 'java', uid, prefix, anonRssBytes: 800 * 1024 });
  });

  it.each([
    ['x) total-vm:1kB', 'a name with a bracket and a size'],
    ['a,b c', 'a name with a comma'],
    ['(sd-pam)', 'a name in brackets'],
    ['x,pid=1,uid=0', 'a name that looks like fields'],
  ])('keeps %s whole: %s', (comm) => {
    const line = `Memory cgroup out of memory: Killed process 7 (${comm}) total-vm:9kB, anon-rss:8kB, file-rss:1kB, shmem-rss:0kB, UID:5 pgtables:1kB oom_score_adj:0`;
    expect(readKilled(line)).toMatchObject({ pid: 7, comm, uid: 5, totalVmBytes: 9 * 1024 });
  });

  it('does not take somebody telling of a kill for one', () => {
    expect(readKilled('my_app: i saw: Killed process 7 (java) total-vm:9kB, anon-rss:8kB, file-rss:1kB')).toBeNull();
    expect(readKilled('Killed process seven (java) total-vm:9kB')).toBeNull();
    expect(readKilled('Killed process 7 (java)')).toBeNull();
  });
});

describe('readConstraint', () => {
  const head = 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,';

  it('reads both groups', () => {
    const line = `${head}oom_memcg=/hadoop-yarn,task_memcg=/hadoop-yarn/container_1,task=java,pid=177372,uid=0`;
    expect(readConstraint(line)).toEqual({
      constraint: 'memcg',
      globalOom: false,
      oomMemcg: '/hadoop-yarn',
      taskMemcg: '/hadoop-yarn/container_1',
      comm: 'java',
      pid: 177372,
      uid: 0,
    });
  });

  it('reads the global form', () => {
    const line =
      'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=aegis,mems_allowed=0-7,global_oom,task_memcg=/,task=astar-collator,pid=1888,uid=1001';
    expect(readConstraint(line)).toMatchObject({
      constraint: 'none',
      globalOom: true,
      oomMemcg: null,
      taskMemcg: '/',
      pid: 1888,
    });
  });

  it.each([
    ['name', `${head}oom_memcg=/a,task_memcg=/a/b,task=x,pid=1,uid=0,pid=9,uid=7`, '/a', '/a/b', 'x,pid=1,uid=0'],
    ['name with task=', `${head}oom_memcg=/a,task_memcg=/a/b,task=x,task=y,pid=9,uid=7`, '/a', '/a/b', 'x,task=y'],
    [
      'victim path',
      `${head}oom_memcg=/a,task_memcg=/a/b,task=java,pid=1,uid=0,deep/group,task=sh,pid=9,uid=7`,
      '/a',
      '/a/b,task=java,pid=1,uid=0,deep/group',
      'sh',
    ],
    [
      'full path',
      `${head}oom_memcg=/a,task_memcg=/x,task_memcg=/a,task_memcg=/x/c,task=sh,pid=9,uid=7`,
      '/a,task_memcg=/x',
      '/a,task_memcg=/x/c',
      'sh',
    ],
  ])('is not broken by a forged %s', (_, line, oomMemcg, taskMemcg, comm) => {
    expect(readConstraint(line)).toMatchObject({ oomMemcg, taskMemcg, comm, pid: 9, uid: 7 });
  });

  it('refuses a line that is cut off or not at the beginning', () => {
    expect(readConstraint(`${head}oom_memcg=/a,task_memcg=/a/b,task=java,pid=`)).toBeNull();
    expect(readConstraint(`x ${head}oom_memcg=/a,task_memcg=/a/b,task=java,pid=1,uid=0`)).toBeNull();
    expect(
      readConstraint(
        'oom-kill:constraint=CONSTRAINT_WHATEVER,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=a,pid=1,uid=0',
      ),
    ).toBeNull();
  });

  it('stays fast on a long hostile line', () => {
    const before = performance.now();
    readConstraint(`${head}oom_memcg=${',task_memcg=,task='.repeat(5_000)},pid=1,uid=0`);
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe('the lines around them', () => {
  it('reads who asked for memory', () => {
    expect(
      readInvoker(
        'VM Periodic Tas invoked oom-killer: gfp_mask=0x408d40(GFP_NOFS|__GFP_ZERO), order=0, oom_score_adj=100',
      ),
    ).toEqual({
      comm: 'VM Periodic Tas',
      gfpMask: '0x408d40',
      gfpFlags: 'GFP_NOFS|__GFP_ZERO',
      order: 0,
      oomScoreAdj: 100,
    });
    expect(
      readInvoker(
        'java invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null), order=2, oom_score_adj=-5',
      ),
    ).toMatchObject({ order: 2, oomScoreAdj: -5 });
    expect(readInvoker('java invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0, oom_score_adj=0')).toMatchObject({
      order: 0,
      gfpFlags: '',
    });
  });

  it('reads the limit sentence of kernels before 5.0, blanks in paths included', () => {
    expect(readLimitSentence('Task in /docker/a b killed as a result of limit of /docker')).toEqual({
      taskMemcg: '/docker/a b',
      oomMemcg: '/docker',
    });
    expect(readLimitSentence('Task in /a killed as a result of limit of /b')).toBeNull();
  });

  it('reads the choice with its prefix', () => {
    expect(readChoice('Memory cgroup out of memory: Kill process 12 (java) score 1981 or sacrifice child')).toEqual({
      pid: 12,
      score: 1981,
      prefix: 'memcg',
    });
    expect(readChoice('Out of memory: Kill process 12 (a) b) score 5 or sacrifice child')).toMatchObject({
      score: 5,
      prefix: 'global',
    });
  });

  it('turns an unlimited limit into none', () => {
    expect(readUsage('memory+swap: usage 573440kB, limit 9007199254740988kB, failcnt 0')).toEqual({
      what: 'memory+swap',
      usageBytes: 573440 * 1024,
      limitBytes: null,
      failcnt: 0,
    });
    expect(readUsage('memory: usage 573440kB, limit 573440kB, failcnt 75')).toMatchObject({
      limitBytes: 573440 * 1024,
      failcnt: 75,
    });
  });

  it('reads statistics on one line (before 5.0) and their header (since)', () => {
    const old = readStatsHeader(
      'Memory cgroup stats for /hadoop-yarn/c1: cache:8KB rss:1024KB mapped_file:0KB swap:0KB',
    );
    expect(old?.group).toBe('/hadoop-yarn/c1');
    expect(old?.values.get('rss')).toBe(1024 * 1024);
    expect(readStatsHeader('Memory cgroup stats for /a:b:')).toEqual({ group: '/a:b', values: new Map() });
  });

  it('knows groups below others by whole path parts', () => {
    expect(isWithin('/a/b', '/a')).toBe(true);
    expect(isWithin('/ab', '/a')).toBe(false);
    expect(isWithin('/anything', '/')).toBe(true);
  });
});
