import { describe, expect, it } from 'vitest';
import { composedKill, FIXTURE_BTIME_MS, fixtureLog } from '../memory/rules/host-memory-fixture.ts';
import { createKernelLogParser, parseKernelLog } from './parse-kernel-log.ts';

const OPTIONS = { source: 'hosts/h/dmesg.txt', btimeMs: FIXTURE_BTIME_MS };

/** Composed from reference C1, kernel 3.10: names and numbers are made up. */
const COMPOSED_3_10 = `[  500.000001] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
[  500.000002] java cpuset=container_1 mems_allowed=0-1
[  500.000003] CPU: 3 PID: 4711 Comm: java Not tainted 3.10.0-957.el7.x86_64 #1
[  500.000004] Call Trace:
[  500.000005]  [<ffffffff81192722>] oom_kill_process+0x202/0x3c0
[  500.000006] Task in /hadoop-yarn/container_1700000000000_0001_01_000002 killed as a result of limit of /hadoop-yarn
[  500.000007] memory: usage 1048576kB, limit 1048576kB, failcnt 900
[  500.000008] memory+swap: usage 1048576kB, limit 9007199254740988kB, failcnt 0
[  500.000009] kmem: usage 0kB, limit 9007199254740988kB, failcnt 0
[  500.000010] Memory cgroup stats for /hadoop-yarn: cache:0KB rss:0KB rss_huge:0KB mapped_file:0KB swap:0KB
[  500.000011] Memory cgroup stats for /hadoop-yarn/container_1700000000000_0001_01_000002: cache:16KB rss:204800KB swap:0KB
[  500.000012] Memory cgroup stats for /hadoop-yarn/container_1700000000000_0002_01_000009: cache:0KB rss:843760KB swap:0KB
[  500.000013] [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
[  500.000014] [ 4711]  1001  4711   702232    51200     253        0             0 java
[  500.000015] [ 4800]  1001  4800   102232   210940     453        0             0 python
[  500.000016] Memory cgroup out of memory: Kill process 4711 (java) score 195 or sacrifice child
[  500.000017] Killed process 4711 (java) total-vm:2808928kB, anon-rss:200000kB, file-rss:4800kB
`;

/** Composed from reference C1, kernel 4.19, a host-wide shortage with its Mem-Info. */
const COMPOSED_4_19_GLOBAL = `[  700.000001] node invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null), order=0, oom_score_adj=-500
[  700.000002] CPU: 3 PID: 99 Comm: node Tainted: G           OE     4.19.91-24.al7.x86_64 #1
[  700.000003] Mem-Info:
[  700.000004] active_anon:9000 inactive_anon:100 isolated_anon:0
[  700.000005] Node 0 DMA free:15884kB min:64kB low:80kB high:96kB active_anon:0kB present:15988kB managed:15900kB mlocked:0kB
[  700.000006] Node 0 Normal free:45100kB min:45168kB low:56460kB high:67752kB active_anon:1kB present:16777216kB managed:16430084kB
[  700.000007] Free swap  = 0kB
[  700.000008] Total swap = 0kB
[  700.000009] 4194304 pages RAM
[  700.000010] Tasks state (memory values in pages):
[  700.000011] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
[  700.000012] [   1500]   500  1500  9022320  3000000 25362880        0             0 java
[  700.000013] [   1600]     0  1600    22320     2000   362880        0          -999 dockerd
[  700.000014] Out of memory: Kill process 1500 (java) score 700 or sacrifice child
[  700.000015] Killed process 1500 (java) total-vm:36089280kB, anon-rss:11990000kB, file-rss:10000kB, shmem-rss:0kB
[  700.500015] oom_reaper: reaped process 1500 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
`;

describe('parseKernelLog: one dump of each era', () => {
  it('reads a real dump of 6.18', () => {
    const facts = parseKernelLog(fixtureLog('pod-neighbour.dmesg.txt'), OPTIONS);
    expect(facts).toMatchObject({ kernelLines: 81, otherLines: 0, form: 'ring_buffer', release: '6.18.44-fc-v657' });
    expect(facts.kills).toHaveLength(1);
    const [kill] = facts.kills;
    expect(kill).toMatchObject({
      pid: 22224,
      comm: 'java',
      constraint: 'memcg',
      globalOom: false,
      oomMemcg: '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21',
      ownReport: true,
    });
    expect(new Date(kill?.at ?? 0).toISOString()).toBe('2026-11-21T10:23:18.516Z');
    expect(kill?.quotes.killed).toMatchObject({ fromLine: 81, toLine: 81 });
    expect(kill?.quotes.killed?.excerpt.startsWith('[ 1496.515815] Memory cgroup out of memory')).toBe(true);
    expect(kill?.report?.invoker).toMatchObject({ comm: 'python3', pid: 22315, order: 0 });
    expect(kill?.report?.memory).toMatchObject({ usageBytes: 573440 * 1024, limitBytes: 573440 * 1024, failcnt: 75 });
    expect(kill?.report?.stats.get('total_rss')).toBe(585363456);
    expect(kill?.report?.tasks.map((task) => [task.comm, task.rssBytes])).toEqual([
      ['java', 105686 * 4096],
      ['python3', 43849 * 4096],
    ]);
  });

  it('reads a dump of 3.10: limit sentence, statistics of each group, counts of page tables, choice', () => {
    const facts = parseKernelLog(COMPOSED_3_10, OPTIONS);
    const [kill] = facts.kills;
    expect(kill).toMatchObject({
      pid: 4711,
      prefix: 'memcg',
      constraint: 'memcg',
      score: 195,
      oomMemcg: '/hadoop-yarn',
      taskMemcg: '/hadoop-yarn/container_1700000000000_0001_01_000002',
    });
    expect(kill?.quotes.group?.fromLine).toBe(6);
    expect(kill?.report?.subgroups.map((group) => group.values.get('rss'))).toEqual([0, 204800 * 1024, 843760 * 1024]);
    expect(kill?.report?.tasks[0]).toMatchObject({ pgtablesBytes: 253 * 4096, rssBytes: 51200 * 4096 });
    expect(facts.release).toBe('3.10.0-957.el7.x86_64');
  });

  it('reads a host-wide dump of 4.19 with its zones', () => {
    const facts = parseKernelLog(COMPOSED_4_19_GLOBAL, OPTIONS);
    const [kill] = facts.kills;
    expect(kill).toMatchObject({ prefix: 'global', globalOom: true, oomMemcg: null, taskMemcg: null, reaped: true });
    expect(kill?.report).toMatchObject({ ramPages: 4194304, swapFreeBytes: 0, memory: null });
    expect(kill?.report?.zones.map((zone) => [zone.name, zone.freeBytes])).toEqual([
      ['DMA', 15884 * 1024],
      ['Normal', 45100 * 1024],
    ]);
    expect(facts.release).toBe('4.19.91-24.al7.x86_64');
  });

  it('reads the same dump out of a syslog with other daemons in between', () => {
    const syslog = COMPOSED_3_10.split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => [
        `Nov 21 10:22:41 nm-1 kernel: ${line}`,
        'Nov 21 10:22:41 nm-1 systemd[1]: Started Session 7 of user root.',
        'Nov 21 10:22:41 nm-1 kernel: [  500.000020] eth0: link up',
      ])
      .join('\n');
    const facts = parseKernelLog(syslog, { ...OPTIONS, now: Date.UTC(2026, 10, 22), mixed: true });
    expect(facts.kills).toHaveLength(1);
    expect(facts.kills[0]).toMatchObject({ pid: 4711, oomMemcg: '/hadoop-yarn', host: 'nm-1', ownReport: true });
    expect(facts.kills[0]?.report?.tasks).toHaveLength(2);
    expect(facts.form).toBe('syslog');
    expect(facts.otherLines).toBe(17);
  });
});

describe('parseKernelLog: dumps that are not whole', () => {
  it('takes a kill line alone, and a decision line alone', () => {
    const lines = COMPOSED_3_10.split('\n');
    const alone = parseKernelLog(lines.at(-2) ?? '', OPTIONS);
    expect(alone.kills[0]).toMatchObject({ pid: 4711, report: null, ownReport: false, prefix: null, globalOom: false });
    const decision =
      composedKill({ full: '/a', task: '/a/b', victim: [9, 100, 0, 'java'] })
        .split('\n')
        .at(-2) ?? '';
    const lone = parseKernelLog(decision, OPTIONS);
    expect(lone.kills[0]).toMatchObject({ pid: 9, comm: 'java', oomMemcg: '/a', anonRssBytes: null });
    expect(lone.kills[0]?.quotes.killed).toBeUndefined();
  });

  it('lets several kills within seconds share one dump, and only the first call it its own', () => {
    const dump = composedKill({
      full: '/a',
      task: '/a/b',
      victim: [9, 1000, 0, 'java'],
      others: [[10, 900, 0, 'java']],
    });
    const second = [
      '[ 101.000000] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/c,task=java,pid=10,uid=0',
      '[ 101.000001] Memory cgroup out of memory: Killed process 10 (java) total-vm:8kB, anon-rss:3600kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0',
      '[ 900.000001] Memory cgroup out of memory: Killed process 11 (java) total-vm:8kB, anon-rss:36kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0',
    ].join('\n');
    const { kills } = parseKernelLog(`${dump}\n${second}`, OPTIONS);
    expect(kills.map((kill) => [kill.pid, kill.report !== null, kill.ownReport])).toEqual([
      [9, true, true],
      [10, true, false],
      [11, false, false],
    ]);
  });

  it('does not lend the dump of one group to a kill in another', () => {
    const dump = composedKill({ full: '/a', task: '/a/b', victim: [9, 1000, 0, 'java'] }).replace(
      'Tasks state',
      'Memory cgroup stats for /a:\n[ 100.150000] anon 4096\n[ 100.200000] Tasks state',
    );
    const foreign =
      '[ 101.000000] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/z,task_memcg=/z/c,task=java,pid=10,uid=0\n[ 101.000001] Memory cgroup out of memory: Killed process 10 (java) total-vm:8kB, anon-rss:3600kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0';
    const { kills } = parseKernelLog(`${dump}\n${foreign}`, OPTIONS);
    expect(kills[1]).toMatchObject({ pid: 10, oomMemcg: '/z', report: null });
  });

  it('marks a whole group that is killed together', () => {
    const text = `[ 10.000001] Tasks in /kubepods/pod1/c are going to be killed due to memory.oom.group set
[ 10.000002] Memory cgroup out of memory: Killed process 1 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
[ 10.000003] Memory cgroup out of memory: Killed process 2 (b) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0`;
    const { kills } = parseKernelLog(text, OPTIONS);
    expect(kills.map((kill) => kill.wholeGroup)).toEqual(['/kubepods/pod1/c', '/kubepods/pod1/c']);
  });

  it('keeps a dump without any kill', () => {
    const head = COMPOSED_4_19_GLOBAL.split('\n').slice(0, 6).join('\n');
    const facts = parseKernelLog(`${head}\n[ 701.000000] Out of memory and no killable processes...`, OPTIONS);
    expect(facts.kills).toEqual([]);
    expect(facts.killless[0]).toMatchObject({ invoker: { comm: 'node' } });
  });
});

describe('parseKernelLog: page size', () => {
  it('finds 64 KiB pages by comparing the table with the kill line', () => {
    const dump = composedKill({ full: '/a', task: '/a/b', victim: [9, 1000, 0, 'java'] });
    const large = dump.replace('anon-rss:4000kB', 'anon-rss:64000kB');
    const rss = (text: string) => parseKernelLog(text, OPTIONS).kills[0]?.report?.tasks[0]?.rssBytes;
    expect(rss(dump)).toBe(1000 * 4096);
    expect(rss(large)).toBe(1000 * 65_536);
  });
});

describe('parseKernelLog: clocks', () => {
  const line = (wall: string, stamp: string, text: string) => `${wall} h kernel: [${stamp}] ${text}`;

  it('finds boot time in a log that shows both clocks', () => {
    const facts = parseKernelLog(line('2026-11-21T10:00:40+00:00', '   40.000000', 'a'), { source: 's' });
    expect(facts.clock).toEqual({
      bootMs: Date.UTC(2026, 10, 21, 10),
      bootFrom: 'log',
      driftMs: null,
      zoneOffsetMs: 0,
    });
  });

  it('tells time zone and drift apart when boot time is known', () => {
    const btimeMs = Date.UTC(2026, 10, 21, 2);
    const text = [
      line('Nov 21 10:00:42', '   40.000000', 'a'),
      'Nov 21 10:01:00 h kernel: cgroup: fork rejected by pids controller in /x',
      line('Nov 21 10:01:02', '   60.000000', 'b'),
    ].join('\n');
    const facts = parseKernelLog(text, { source: 's', btimeMs, now: Date.UTC(2026, 10, 22) });
    expect(facts.clock).toEqual({ bootMs: btimeMs, bootFrom: 'btime', driftMs: 2000, zoneOffsetMs: 8 * 3_600_000 });
    expect(facts.forkRejections[0]?.at).toBe(Date.UTC(2026, 10, 21, 2, 1));
    expect(facts.firstAt).toBe(Date.UTC(2026, 10, 21, 2, 0, 42));
  });

  it('knows no time without any clock', () => {
    const facts = parseKernelLog('[    5.000000] cgroup: fork rejected by pids controller in /x', { source: 's' });
    expect(facts.forkRejections[0]).toMatchObject({ at: null, stampSeconds: 5, group: '/x' });
    expect(facts.firstAt).toBeNull();
  });
});

describe('parseKernelLog: other facts', () => {
  it('reads allocation failures, faults, hardware errors, hand-made kills and suppressed messages', () => {
    const text = `[  1.000001] swapper/3: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0
[  1.000002] swapper/3: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0
[  2.000001] java[4711]: segfault at 10 ip 00007f sp 00007f error 4 in libsnappy.so[7f00+1000]
[  3.000001] mce: [Hardware Error]: Machine check events logged
[  4.000001] sysrq: Manual OOM execution
[  5.000001] EXT4-fs: 44 callbacks suppressed
[  6.000001] watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [java:4711]`;
    const facts = parseKernelLog(text, OPTIONS);
    expect(facts.pageAllocationFailures).toMatchObject([
      { comm: 'swapper/3', order: 4, flags: 'GFP_KERNEL|__GFP_COMP', count: 2 },
    ]);
    expect(facts.segfaults).toMatchObject([{ comm: 'java', pid: 4711, library: 'libsnappy.so' }]);
    expect(facts.hardwareErrors).toHaveLength(1);
    expect(facts.sysrqs).toHaveLength(1);
    expect(facts.suppressed).toBe(44);
    expect(facts.lockups).toHaveLength(1);
  });

  it('sees in the stack whether a hung task waits for a disk', () => {
    const text = `[  1.000001] INFO: task java:4711 blocked for more than 120 seconds.
[  1.000002] Call Trace:
[  1.000003]  io_schedule+0x16/0x40
[  9.000001] INFO: task nfsd:12 blocked for more than 122 seconds.
[  9.000002]  rpc_wait_bit_killable+0x1e/0xa0`;
    const facts = parseKernelLog(text, OPTIONS);
    expect(facts.hungTasks.map((task) => [task.comm, task.pid, task.seconds, task.waitsForDisk])).toEqual([
      ['java', 4711, 120, true],
      ['nfsd', 12, 122, false],
    ]);
  });

  it('folds repeated disk errors and keeps first and last time', () => {
    const lines = Array.from(
      { length: 50 },
      (_, at) => `[ ${10 + at}.000000] I/O error, dev sdb, sector ${at} op 0x1:(WRITE) flags 0x800`,
    );
    const facts = parseKernelLog(lines.join('\n'), OPTIONS);
    expect(facts.diskErrors).toMatchObject([
      { kind: 'io_error', device: 'sdb', count: 50, at: FIXTURE_BTIME_MS + 10_000, lastAt: FIXTURE_BTIME_MS + 59_000 },
    ]);
    expect(facts.diskErrors[0]?.quote.fromLine).toBe(1);
  });
});

describe('parseKernelLog: hosts named in lines', () => {
  const line = (host: string, pid: number) =>
    `Nov 21 10:00:42 ${host} kernel: Out of memory: Killed process ${pid} (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB`;
  const hostsOf = (text: string, ofOneHost: boolean) =>
    parseKernelLog(text, { source: 's', now: Date.UTC(2026, 10, 22), ofOneHost }).kills.map((kill) => kill.host);

  it('leaves the host to the file when the log is of one host, and believes the lines when it is of several', () => {
    expect(hostsOf(line('a', 1), true)).toEqual([null]);
    expect(hostsOf(line('a', 1), false)).toEqual(['a']);
    expect(hostsOf(`${line('a', 1)}\n${line('b', 2)}`, true)).toEqual(['a', 'b']);
  });
});

describe('parseKernelLog: bad input', () => {
  it('survives binary, empty and endless text with bounded facts', () => {
    expect(parseKernelLog('', OPTIONS)).toMatchObject({ kernelLines: 0, kills: [] });
    expect(parseKernelLog('\0\u0001\uFFFD\n'.repeat(1000), OPTIONS).kernelLines).toBe(0);
    const parser = createKernelLogParser(OPTIONS);
    for (let at = 0; at < 6_000; at += 1) {
      parser.push(
        `[ ${at}.000000] Out of memory: Killed process ${at} (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB`,
      );
    }
    const facts = parser.finish();
    expect(facts.kills).toHaveLength(5_000);
    expect(facts.leftOut).toBe(1_000);
  });
});
