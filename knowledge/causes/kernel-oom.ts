import type { Cause } from './cause.ts';

/** Kills by the kernel for memory, and why this victim. Only the kernel itself proves them. */
export const KERNEL_OOM_CAUSES: readonly Cause[] = [
  {
    code: 'kernel.memcg_oom',
    title: { en: 'Killed by the kernel: own memory limit', zh: '被内核杀死：超出自身内存上限' },
    meaning: {
      en: 'The kernel killed the process because its own memory group reached its limit',
      zh: '进程所在内存 cgroup 达到自身上限，被内核杀死',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The kernel's report names one group both as the one that was full and as the home of the victim, or a limit that only the victim's container used up",
        zh: '内核报告中被占满的 cgroup 就是受害进程所在的 cgroup，或该上限仅被受害容器用满',
      },
      provenance: ['kernel'],
      completeStatements: ['kernel_oom_report'],
    },
    suggestedBy: [
      {
        en: "Exit code 137 without any error of the JVM, and the group's count of kills rose",
        zh: '退出码 137 且 JVM 无任何报错，同时该 cgroup 的 kill 计数上升',
      },
    ],
    refutedBy: [
      { en: 'The full group is an ancestor that others filled', zh: '被占满的是父级 cgroup，由其他容器占用' },
      {
        en: 'The kernel log of the time is complete and has no kill of this process',
        zh: '该时段内核日志完整，且没有杀死该进程的记录',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Raise the memory beside the heap to what the group needed',
          zh: '按该 cgroup 实际需要提高堆外内存额度',
        },
        settings: ['spark.executor.memoryOverhead', 'spark.driver.memoryOverhead', 'spark.executor.pyspark.memory'],
        by: 'user',
        section: 'raise-the-memory-beside-the-heap',
      },
      {
        statement: { en: 'Let the processes of the container take less', zh: '降低容器内进程的占用' },
        settings: ['spark.executor.cores', 'spark.executor.memory'],
        by: 'user',
        section: 'let-the-processes-take-less',
      },
      {
        statement: {
          en: 'Raise the limit of the group where it was set too low',
          zh: '在上限设置过低处提高 cgroup 上限',
        },
        settings: ['memory.limit_in_bytes', 'memory.max', 'resources.limits.memory'],
        by: 'platform',
        section: 'raise-the-limit-of-the-group',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-memcg-oom',
  },
  {
    code: 'kernel.memcg_ancestor_oom',
    title: { en: 'Killed by the kernel: a parent group was full', zh: '被内核杀死：父级 cgroup 已满' },
    meaning: {
      en: 'The kernel killed the process because a group above it was full; the victim may be innocent',
      zh: '上层 cgroup 已满导致内核杀死进程，受害者可能是无辜的',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The kernel's report names as full a group above the one of the victim",
        zh: '内核报告中被占满的是受害进程所在 cgroup 的上级',
      },
      provenance: ['kernel'],
      completeStatements: ['kernel_oom_report'],
    },
    suggestedBy: [{ en: "The victim's own group never reached its limit", zh: '受害进程自身的 cgroup 从未达到上限' }],
    refutedBy: [{ en: "The full group holds only the victim's container", zh: '被占满的 cgroup 中只有受害者的容器' }],
    remediations: [
      {
        statement: {
          en: 'Lower the over-commit of the group, or move its largest holder',
          zh: '降低该 cgroup 的超卖，或迁走占用最多者',
        },
        settings: ['yarn.nodemanager.resource.memory-mb', 'memory.limit_in_bytes', 'memory.max'],
        by: 'platform',
        section: 'lower-the-over-commit-of-the-group',
      },
      {
        statement: { en: 'Give each container of the group a limit of its own', zh: '为组内每个容器设置自己的上限' },
        settings: ['yarn.nodemanager.resource.memory.enforced', 'resources.limits.memory'],
        by: 'platform',
        section: 'give-each-container-a-limit-of-its-own',
      },
      {
        statement: {
          en: 'Run it again: the state of the node was the cause, not this job',
          zh: '重新运行即可：根因是节点状态，不是本作业',
        },
        settings: [],
        by: 'user',
        section: 'run-it-again',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-memcg-ancestor-oom',
  },
  {
    code: 'kernel.global_oom',
    title: { en: 'Killed by the kernel: host out of memory', zh: '被内核杀死：整机内存耗尽' },
    meaning: {
      en: 'The kernel killed the process because the host is out of memory',
      zh: '整机内存耗尽，内核杀死了进程',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The kernel's report is a global one, without any group that was full",
        zh: '内核报告为全局 OOM，没有某个 cgroup 被占满',
      },
      provenance: ['kernel'],
      completeStatements: ['kernel_oom_report'],
    },
    suggestedBy: [{ en: 'Several services of the host died at the same time', zh: '该主机多个服务同时被杀' }],
    refutedBy: [
      { en: 'The report names a memory group as the one that was full', zh: '报告指明是某个内存 cgroup 被占满' },
    ],
    remediations: [
      {
        statement: {
          en: "Let the sum of all limits fit the host, and keep memory for the system's own services",
          zh: '让所有上限之和不超过整机，并为系统服务预留内存',
        },
        settings: ['yarn.nodemanager.resource.memory-mb', 'systemReserved', 'kubeReserved', 'evictionHard'],
        by: 'platform',
        section: 'let-the-limits-fit-the-host',
      },
      {
        statement: {
          en: 'Give the killer a clear order: services of the platform last',
          zh: '明确受害顺序：平台服务最后被杀',
        },
        settings: ['oom_score_adj'],
        by: 'platform',
        section: 'give-the-killer-a-clear-order',
      },
      {
        statement: {
          en: 'Run it again on another host: this job need not be the holder of the memory',
          zh: '换主机重跑：占用内存的未必是本作业',
        },
        settings: ['spark.excludeOnFailure.enabled'],
        by: 'user',
        section: 'run-it-again-on-another-host',
      },
    ],
    standing: 'unproven',
    runbook: 'kernel-global-oom',
  },
  {
    code: 'kernel.oom_priority',
    title: { en: 'Chosen by OOM priority', zh: '按 OOM 优先级被选中' },
    meaning: {
      en: 'The victim was chosen by its OOM priority, as configured',
      zh: '受害者按所配置的 OOM 优先级被选中',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: "Priorities or score adjustments of the group's members are read, and the victim has the first place by them",
        zh: '读到组内成员的优先级或分数调整，受害者按此排在首位',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'A low-priority container dies each time the node is busy while the services stay',
        zh: '节点一忙低优先级容器就被杀，而系统服务存活',
      },
    ],
    refutedBy: [{ en: 'All members have the same priority: size decided', zh: '所有成员优先级相同：由大小决定' }],
    remediations: [
      {
        statement: {
          en: 'Keep the order if it is meant so; relieve the group so that it is not needed',
          zh: '若符合设计则保持该顺序，并缓解该组压力',
        },
        settings: ['memory.use_priority_oom', 'memory.priority', 'oom_score_adj'],
        by: 'platform',
        section: 'keep-the-order-and-relieve-the-group',
      },
      {
        statement: { en: 'Run with a higher priority, or outside the busy hours', zh: '提高优先级，或避开繁忙时段' },
        settings: ['priorityClassName'],
        by: 'user',
        section: 'run-with-a-higher-priority-or-off-the-busy-hours',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-oom-priority',
  },
  {
    code: 'kernel.oom_score_adj',
    title: { en: 'Victim choice disturbed by oom_score_adj', zh: 'oom_score_adj 干扰了受害者选择' },
    meaning: { en: 'The choice of the victim was disturbed by oom_score_adj', zh: '受害者的选择受 oom_score_adj 干扰' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The process table shows a larger process spared, or a smaller one killed, because of its oom_score_adj',
        zh: '进程表显示因 oom_score_adj 更大的进程被放过或更小的被杀',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The victim is far from the largest process of the group', zh: '受害者远不是组内最大的进程' }],
    refutedBy: [
      {
        en: 'The victim is the largest process and the adjustments are equal',
        zh: '受害者就是最大的进程，且各调整值相同',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Correct the adjustment of the process that was spared or killed',
          zh: '修正被放过或被杀进程的调整值',
        },
        settings: ['oom_score_adj'],
        by: 'platform',
        section: 'correct-the-adjustment',
      },
      {
        statement: {
          en: 'Run it again: the choice did not depend on this job',
          zh: '重新运行即可：该选择与本作业无关',
        },
        settings: [],
        by: 'user',
        section: 'run-it-again',
      },
    ],
    standing: 'recorded',
    runbook: 'kernel-oom-score-adj',
  },
  {
    code: 'kernel.spurious_oom',
    title: { en: 'Kill although memory was available', zh: '内存充足却被误杀' },
    meaning: {
      en: 'The kernel killed by fragmentation or a defect although memory was available',
      zh: '内存仍可用，内核却因碎片或缺陷触发杀进程',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The report shows a high-order request with much memory free or reclaimable, on a kernel known for it',
        zh: '报告显示高阶申请失败而可用或可回收内存充足，且该内核有已知缺陷',
      },
      provenance: ['kernel'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The request that invoked the killer is of a high order', zh: '触发 OOM 的申请阶数很高' }],
    refutedBy: [{ en: 'Free and reclaimable memory were used up', zh: '空闲和可回收内存确已耗尽' }],
    remediations: [
      {
        statement: {
          en: 'Boot a kernel without the defect, or keep more memory free',
          zh: '更换没有该缺陷的内核，或保留更多空闲内存',
        },
        settings: ['vm.min_free_kbytes'],
        by: 'platform',
        section: 'change-the-kernel-or-keep-more-memory-free',
      },
      {
        statement: { en: 'Do not change the heap: it is not the cause', zh: '不要调整堆内存：那不是原因' },
        settings: [],
        by: 'user',
        section: 'leave-the-heap-as-it-is',
      },
    ],
    standing: 'unproven',
    runbook: 'kernel-spurious-oom',
  },
];
