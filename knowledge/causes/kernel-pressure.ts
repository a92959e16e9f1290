import type { Cause } from './cause.ts';

/** Pressure and defects of the kernel without a kill. Only the kernel itself proves them. */
export const KERNEL_PRESSURE_CAUSES: readonly Cause[] = [
  {
    code: 'kernel.page_allocation_failure',
    title: { en: 'Kernel allocation failed', zh: '内核页分配失败' },
    meaning: {
      en: 'A kernel allocation failed; nobody need have been killed',
      zh: '一次内核内存分配失败，不一定有进程被杀',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The kernel reports a page allocation failure with its order and mode at that time',
        zh: '内核在该时间报告页分配失败，并给出阶数和标志',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Dropped packets or failed input and output on the host at that time', zh: '当时该主机丢包或读写失败' },
    ],
    refutedBy: [
      {
        en: 'The failing request was served by a fallback without effect on the job',
        zh: '失败的申请有后备路径，对作业没有影响',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Keep more memory free for the kernel, and reduce fragmentation',
          zh: '为内核保留更多空闲内存并减少碎片',
        },
        settings: ['vm.min_free_kbytes', 'vm.watermark_scale_factor'],
        by: 'platform',
        section: 'keep-more-memory-free-for-the-kernel',
      },
      {
        statement: { en: 'Run it again on another host', zh: '换主机重跑' },
        settings: ['spark.excludeOnFailure.enabled'],
        by: 'user',
        section: 'run-it-again-on-another-host',
      },
    ],
    standing: 'unproven',
    runbook: 'kernel-page-allocation-failure',
  },
  {
    code: 'kernel.direct_reclaim',
    title: { en: 'Stalls from direct reclaim', zh: '直接回收导致停顿' },
    meaning: {
      en: 'Allocations stall in direct reclaim because the group is at or near its limit',
      zh: 'cgroup 接近或达到上限，内存分配在直接回收中停顿',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: "The group's use stays at its limit while its count of limit hits or its reclaim latency rises in the window, with no kill",
        zh: '该时段用量贴着上限，触限次数或回收延迟上升，且没有杀进程',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Random stalls of a process without garbage collection', zh: '进程无垃圾回收却随机停顿' }],
    refutedBy: [
      { en: 'Use stays well below the limit', zh: '用量远低于上限' },
      { en: 'Use at the limit is page cache alone and nothing stalls', zh: '贴近上限的只是页缓存，且没有停顿' },
    ],
    remediations: [
      {
        statement: {
          en: 'Take less page cache and memory in the container, or ask for a larger one',
          zh: '减少容器内的页缓存和内存占用，或申请更大的容器',
        },
        settings: ['spark.executor.memoryOverhead'],
        by: 'user',
        section: 'take-less-memory-or-ask-for-a-larger-container',
      },
      {
        statement: {
          en: 'Raise the limit, or let the kernel reclaim in the background',
          zh: '提高上限，或启用内核后台回收',
        },
        settings: ['memory.limit_in_bytes', 'memory.high', 'memory.wmark_ratio'],
        by: 'platform',
        section: 'raise-the-limit-or-reclaim-in-the-background',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-direct-reclaim',
  },
  {
    code: 'kernel.cpu_contention',
    title: { en: 'Starved of CPU', zh: 'CPU 争抢' },
    meaning: {
      en: 'CPU throttling, run-queue wait or a lower priority holds the process back',
      zh: 'CPU 限流、运行队列等待或较低优先级拖慢进程',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The group's throttled periods and time rise in the window, or its run-queue wait does, on the host of the slow tasks",
        zh: '慢 Task 所在主机上，该 cgroup 的被限流周期和时间或运行队列等待在该时段上升',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'CPU time far below run time with neither input, output nor garbage collection',
        zh: 'CPU 时间远低于运行时间，且没有读写和垃圾回收',
      },
    ],
    refutedBy: [
      { en: 'No period was throttled and the CPUs had idle time', zh: '没有周期被限流，且 CPU 有空闲' },
      { en: 'CPU time equals run time: the tasks simply compute more', zh: 'CPU 时间等于运行时间：只是计算量更大' },
    ],
    remediations: [
      {
        statement: {
          en: 'Raise the quota or share of the group, or move what competes with it',
          zh: '提高该 cgroup 的配额或份额，或迁走争抢者',
        },
        settings: ['cpu.cfs_quota_us', 'cpu.max', 'cpu.shares', 'cpu.bvt_warp_ns', 'resources.limits.cpu'],
        by: 'platform',
        section: 'raise-the-quota-or-move-what-competes',
      },
      {
        statement: {
          en: 'Ask for the cores that the tasks use; let copies of slow tasks run elsewhere',
          zh: '按实际使用申请核数，并允许慢 Task 在别处推测执行',
        },
        settings: ['spark.executor.cores', 'spark.kubernetes.executor.limit.cores', 'spark.speculation'],
        by: 'user',
        section: 'ask-for-the-cores-that-the-tasks-use',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-cpu-contention',
  },
  {
    code: 'kernel.filesystem_defect',
    title: { en: 'File-system defect damages fresh writes', zh: '文件系统缺陷损坏新写入的数据' },
    meaning: {
      en: 'A defect of the file system damages fresh writes; it follows the kernel version, not the disk',
      zh: '文件系统缺陷损坏新写入的数据，随内核版本而非磁盘出现',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'Damage clusters on hosts of one kernel version over many disks, with no device error',
        zh: '损坏集中在同一内核版本的主机上，跨多块磁盘且无设备错误',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Ranges of zero bytes in freshly written files under memory pressure',
        zh: '内存压力下新写文件中出现成段零字节',
      },
    ],
    refutedBy: [
      { en: 'Damage follows one disk or host', zh: '损坏只随某块磁盘或某台主机出现' },
      { en: 'The kernel log shows errors of the device', zh: '内核日志有设备错误' },
    ],
    remediations: [
      {
        statement: { en: 'Move to a kernel with the correction', zh: '升级到已修复的内核' },
        settings: [],
        by: 'platform',
        section: 'move-to-a-corrected-kernel',
      },
      {
        statement: { en: 'Switch on checksums so that damage is found at once', zh: '打开校验和，以便及时发现损坏' },
        settings: ['spark.shuffle.checksum.enabled'],
        by: 'user',
        section: 'switch-on-checksums',
      },
    ],
    standing: 'unproven',
    runbook: 'kernel-filesystem-defect',
  },
];
