import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { KERNEL, NOT_A_KERNEL } from './trusted-writers.ts';

/**
 * Single lines of a kernel log, as people paste them. Whole kernel logs of a host are judged by the memory area, which
 * joins the lines of a report; here each line says what it says alone.
 */
export const KERNEL_LINE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'kernel-line/oom-kill',
    code: 'kernel.memcg_oom',
    symptom: 'process_killed',
    literals: ['oom-kill:constraint='],
    pattern: [
      /oom-kill:constraint=(?<constraint>CONSTRAINT_[A-Z_]{1,30}),nodemask=[^,\n]{1,60},cpuset=[^,\n]{0,200},mems_allowed=[\d,-]{0,80}?(?:,(?<global>global_oom)|,oom_memcg=(?<full>[^,\n]{0,500})),task_memcg=(?<victim>[^,\n]{0,500}),task=(?<task>[^\n]{0,40}),pid=(?<pid>\d{1,10}),uid=\d{1,10}/,
    ],
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 96,
    seenIn: 'mm/oom_kill.c 5.0+; platform-texts-and-interfaces.md C1; questions q034, q035, q037',
    say: { en: 'The kernel killed a process for memory', zh: '内核因内存杀掉了进程' },
    read: oomKill,
  }),
  statementSignature({
    id: 'kernel-line/task-in-group',
    code: 'kernel.memcg_oom',
    symptom: 'process_killed',
    literals: ['killed as a result of limit of'],
    pattern: /Task in (?<victim>\/\S{0,500}) killed as a result of limit of (?<full>\/\S{0,500})/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 96,
    seenIn: 'mm/memcontrol.c 3.10-4.19; platform-texts-and-interfaces.md C1',
    say: { en: 'The kernel killed a process for the memory of its group', zh: '内核因控制组内存杀掉了进程' },
    read: (groups) => groupKill(groups.full ?? '', groups.victim ?? '', undefined, undefined),
  }),
  statementSignature({
    id: 'kernel-line/killed-process',
    code: 'kernel.memcg_oom',
    symptom: 'process_killed',
    literals: [
      'Memory cgroup out of memory: Kill',
      'Out of memory: Kill',
      'Out of memory (oom_kill_allocating_task): Kill',
    ],
    pattern:
      /(?<where>Memory cgroup out of memory|Out of memory(?: \(oom_kill_allocating_task\))?): Kill(?:ed)? process (?<pid>\d{1,10}) \((?<task>[^\n]{0,40}?)\)(?:[^\n]{0,200}?anon-rss:(?<anon>\d{1,15})kB)?/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 93,
    seenIn: 'mm/oom_kill.c 3.10-6.x; platform-texts-and-interfaces.md C1',
    say: { en: 'The kernel killed a process', zh: '内核杀掉了进程' },
    read: killedProcess,
  }),
  statementSignature({
    id: 'kernel-line/high-order-request',
    code: 'kernel.spurious_oom',
    literals: ['invoked oom-killer'],
    pattern:
      /(?<task>[^\n:]{1,40}) invoked oom-killer: gfp_mask=0x[0-9a-f]{1,16}[^\n]{0,200}?, order=(?<order>-?\d{1,3}),/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 70,
    inferredOnly: true,
    seenIn: 'mm/oom_kill.c 3.10-6.x; question q036 (Launchpad 1655842, 4.4.0-58/-59)',
    say: (groups) => ({
      en: `The killer was called for ${2 ** Number(groups.order)} contiguous pages (order ${groups.order}): that may fail by fragmentation or a kernel defect although memory is free`,
      zh: `触发 OOM 的是 ${2 ** Number(groups.order)} 个连续页的申请（order ${groups.order}）：即使有空闲内存，也可能因碎片或内核缺陷失败`,
    }),
    read: (groups) => {
      const order = wholeOf(groups.order);
      return order !== undefined && order >= 2 && order <= 11 ? { values: { order } } : null;
    },
  }),
  statementSignature({
    id: 'kernel-line/killer-invoked',
    code: 'kernel.global_oom',
    symptom: 'process_killed',
    literals: ['invoked oom-killer'],
    pattern: /invoked oom-killer: gfp_mask=0x[0-9a-f]{1,16}[^\n]{0,300}/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 55,
    inferredOnly: true,
    seenIn: 'mm/oom_kill.c 3.10-6.x, mm/memcontrol.c (the stack names who ran out)',
    say: { en: 'The OOM killer was called', zh: '触发了 OOM killer' },
    read: (_groups, record) => {
      const inGroup = /mem_cgroup_(?:out_of_memory|oom_synchronize)|Memory cgroup|CONSTRAINT_MEMCG/.test(record.text);
      return {
        ...(inGroup ? { code: 'kernel.memcg_oom' as const } : {}),
        statement: inGroup
          ? {
              en: 'The kernel ran its OOM killer for a memory group that was full; the rest of the report says which',
              zh: '内核因某个内存控制组已满触发 OOM killer；是哪个组要看报告其余部分',
            }
          : {
              en: 'The kernel ran its OOM killer; the rest of the report says whether a group or the host was full',
              zh: '内核触发了 OOM killer；是控制组满还是整机满要看报告其余部分',
            },
      };
    },
  }),
  statementSignature({
    id: 'kernel-line/allocation-stalled',
    code: 'kernel.direct_reclaim',
    symptom: 'slow',
    literals: ['page allocation stalls for'],
    pattern: /page allocation stalls for (?<ms>\d{1,9})ms, order:(?<order>\d{1,3})/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 82,
    seenIn: 'mm/page_alloc.c 4.10-4.14',
    say: (groups) => ({
      en: `An allocation waited ${groups.ms} ms for memory to be reclaimed`,
      zh: `一次内存分配为等待回收停顿了 ${groups.ms} ms`,
    }),
    read: (groups) => ({ values: present({ stalledMs: wholeOf(groups.ms), order: wholeOf(groups.order) }) }),
  }),
  statementSignature({
    id: 'kernel-line/processor-stuck',
    code: 'kernel.cpu_contention',
    symptom: 'slow',
    literals: ['soft lockup - CPU#', 'self-detected stall on CPU', 'detected stalls on CPUs'],
    pattern:
      /soft lockup - CPU#\d{1,5} stuck for (?<seconds>\d{1,6})s|self-detected stall on CPU|detected stalls on CPUs/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 62,
    inferredOnly: true,
    seenIn: 'kernel/watchdog.c, kernel/rcu 3.10-6.x',
    say: {
      en: 'A processor of the host was stuck or taken away for many seconds',
      zh: '主机的某个 CPU 卡住或被抢走了很多秒',
    },
    read: (groups) => ({ values: present({ stuckSeconds: wholeOf(groups.seconds) }) }),
  }),
  statementSignature({
    id: 'kernel-line/connection-table-full',
    code: 'network.connection_timeout',
    literals: ['table full, dropping packet'],
    pattern: /(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full, dropping packet/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 80,
    seenIn: 'net/netfilter/nf_conntrack_core.c 3.10-6.x',
    say: { en: 'The host dropped packets: its table of connections was full', zh: '主机连接跟踪表已满，正在丢包' },
  }),
  statementSignature({
    id: 'kernel-line/page-allocation-failure',
    code: 'kernel.page_allocation_failure',
    literals: ['page allocation failure', 'Unable to allocate memory on node'],
    pattern: /page allocation failure[:.] order:(?<order>\d{1,3})|SLUB: Unable to allocate memory on node/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 82,
    seenIn: 'mm/page_alloc.c 3.10-6.x; platform-texts-and-interfaces.md C1',
    say: {
      en: 'An allocation inside the kernel failed; no process need have been killed by it',
      zh: '内核自身的一次内存分配失败；不一定有进程因此被杀',
    },
    read: (groups) => ({ values: present({ order: wholeOf(groups.order) }) }),
  }),
  statementSignature({
    id: 'kernel-line/disk-errors',
    code: 'storage.bad_disk',
    literals: [
      'I/O error, dev ',
      'Buffer I/O error on',
      'EXT4-fs error',
      'EXT4-fs (',
      'Remounting filesystem read-only',
      'Corruption of in-memory data',
      'Medium Error',
      'critical medium error',
      'Shutting down filesystem',
    ],
    pattern: [
      /(?:blk_update_request: )?(?:critical medium |critical target )?(?:I\/O )?error, dev (?<device>\w{1,32}), sector \d{1,20}/,
      /Buffer I\/O error on dev(?:ice)? (?<device>[\w-]{1,32})/,
      /EXT4-fs (?:error )?\((?:device )?(?<device>[\w-]{1,32})\)?: ?(?:error|[^\n]{0,80}Remounting filesystem read-only|[^\n]{0,80}aborting)/i,
      /XFS \((?<device>[\w-]{1,32})\): [^\n]{0,120}(?:Corruption|Shutting down|metadata I\/O error)[^\n]{0,80}/,
      /Remounting filesystem read-only|Medium Error/,
    ],
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 92,
    seenIn: 'block layer, ext4, xfs 3.10-6.x; capture cache-215 dmesg.txt',
    say: (groups) => ({
      en: `The kernel reports errors of disk ${groups.device ?? ''}`,
      zh: `内核报告磁盘 ${groups.device ?? ''} 出错`,
    }),
    read: (groups, record) => ({
      keys: present({ device: groups.device }),
      ...(groups.device && /sector \d|read-only/.test(record.text) ? { completeStatement: 'kernel_disk_error' } : {}),
    }),
  }),
  statementSignature({
    id: 'kernel-line/hung-task',
    code: 'storage.slow_disk',
    symptom: 'slow',
    literals: ['blocked for more than'],
    pattern: /task (?<task>[^\n:]{1,40}):(?<pid>\d{1,10}) blocked for more than (?<seconds>\d{1,6}) seconds/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 60,
    inferredOnly: true,
    seenIn: 'kernel/hung_task.c; real-servers.md (Kernel 6.18)',
    say: (groups) => ({
      en: `${groups.task} waited in the kernel for more than ${groups.seconds} s, nearly always for a disk or network file system`,
      zh: `${groups.task} 在内核里等待超过 ${groups.seconds} 秒，几乎总是在等磁盘或网络文件系统`,
    }),
    read: (groups) => ({
      keys: present({ pid: wholeOf(groups.pid) }),
      values: present({ blockedSeconds: wholeOf(groups.seconds) }),
    }),
  }),
];

function oomKill(groups: Groups): Details | null {
  if (groups.global) {
    return {
      code: 'kernel.global_oom',
      completeStatement: 'kernel_oom_report',
      keys: present({ cgroupPath: groups.victim, pid: wholeOf(groups.pid) }),
      values: present({ constraint: groups.constraint, task: groups.task }),
      statement: {
        en: `The whole host was out of memory and the kernel chose ${groups.task} (pid ${groups.pid}) as victim: not the limit of its own group`,
        zh: `整台主机内存用尽，内核选中 ${groups.task}（pid ${groups.pid}）作为牺牲者：并不是它自己控制组的限额`,
      },
    };
  }
  return groupKill(groups.full ?? '', groups.victim ?? '', groups.task, wholeOf(groups.pid));
}

/** A pod's group holds its containers' groups: full there means the pod's own limit, whoever of its containers took it. */
const POD_GROUP = /(?:^|\/)(?:pod[0-9a-f_-]{20,40}|kubepods[\w-]{0,40}-pod[0-9a-f_]{20,40}\.slice)$/;

function groupKill(full: string, victim: string, task: string | undefined, pid: number | undefined): Details | null {
  const own = full === victim || (POD_GROUP.test(full) && victim.startsWith(`${full}/`));
  const container = /container_(?:e\d{1,6}_)?\d{13}_\d{4,10}_\d{2,6}_\d{6,12}/.exec(victim)?.[0];
  const who = task ? { en: `${task} (pid ${pid})`, zh: `${task}(pid ${pid})` } : { en: 'a process', zh: '一个进程' };
  return {
    code: own ? 'kernel.memcg_oom' : 'kernel.memcg_ancestor_oom',
    ...(pid === undefined ? {} : { completeStatement: 'kernel_oom_report' }),
    keys: present({ cgroupPath: victim, pid, containerId: container }),
    values: present({ oomGroup: full, victimGroup: victim, task }),
    statement: own
      ? {
          en: `The kernel killed ${who.en} because its own group ${full} had reached its memory limit`,
          zh: `内核杀掉了${who.zh}，因为它自己的控制组 ${full} 达到内存限额`,
        }
      : {
          en: `The kernel killed ${who.en} in ${victim} because the group above it, ${full}, was full: the victim itself may be innocent`,
          zh: `内核杀掉了 ${victim} 中的${who.zh}，因为上层控制组 ${full} 已满：被杀者自身可能无辜`,
        },
  };
}

function killedProcess(groups: Groups, record: TextRecord): Details {
  const inGroup = groups.where?.startsWith('Memory cgroup') ?? false;
  const anonBytes = wholeOf(groups.anon);
  return {
    code: inGroup ? 'kernel.memcg_oom' : 'kernel.global_oom',
    // Which group was full stands in another line: alone this one cannot tell an own limit from an ancestor's.
    ...(inGroup && !/oom-kill:constraint=|killed as a result of limit/.test(record.text) ? { inferredOnly: true } : {}),
    keys: present({ pid: wholeOf(groups.pid) }),
    values: present({ task: groups.task, peakBytes: anonBytes === undefined ? undefined : anonBytes * 1024 }),
    statement: inGroup
      ? {
          en: `The kernel killed ${groups.task} (pid ${groups.pid}) because a memory group was full; this line does not say which`,
          zh: `内核因某个内存控制组已满杀掉 ${groups.task}（pid ${groups.pid}）；这一行没有说是哪个组`,
        }
      : {
          en: `The host was out of memory and the kernel killed ${groups.task} (pid ${groups.pid})`,
          zh: `主机内存用尽，内核杀掉 ${groups.task}（pid ${groups.pid}）`,
        },
  };
}
