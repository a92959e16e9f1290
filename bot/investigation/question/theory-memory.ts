import type { TheoryEntry } from './theory-entry.ts';

/** Ideas about memory, the special kinds before plain "memory". */
export const MEMORY_THEORIES: readonly TheoryEntry[] = [
  {
    code: 'memory.driver_heap_oom',
    polarity: 'denies',
    names:
      /\bdriver\b[^,.?!]{0,24}\bfree\b[^,.?!]{0,8}(?:heap|memory)?|driver[^,，。？?]{0,8}内存[^,，。？?]{0,6}(?:空|够|剩)/i,
  },
  {
    code: 'memory.executor_heap_oom',
    polarity: 'denies',
    names: /\bheap\b[^,.?!]{0,24}\bfree\b|\bfree heap\b|堆[^,，。？?]{0,8}(?:空着|空闲|够|剩)/i,
  },
  {
    code: 'memory.container_physical_limit',
    polarity: 'denies',
    names:
      /\b(?:there is|have|has|had|with) (?:enough|plenty of|sufficient|lots of) memory|内存(?:是)?(?:够|充足|足够)(?:的)?(?!吗)/i,
  },
  { code: 'memory.virtual_limit', names: /virtual memory|\bvmem\b|虚拟内存/i },
  {
    code: 'memory.container_physical_limit',
    stated: true,
    names: /physical memory|beyond .{0,10}limit/i,
  },
  // A setting that the asker speaks of is an idea only where they ask or suspect: "raised it to 0.2" tells what was done.
  { code: 'memory.container_physical_limit', names: /memory ?overhead(?:factor)?|overhead ?factor|堆外额度/i },
  {
    code: 'memory.driver_heap_oom',
    names:
      /(?:bigger|larger|more).{0,14}\bdriver\b|\bdriver\b.{0,24}(?:\boom\b|out of memory|\bheap\b|memory|内存|堆)/i,
  },
  { code: 'memory.python_worker', names: /python (?:worker|process)\w*.{0,20}(?:memory|\boom\b)|python.{0,8}内存/i },
  { code: 'memory.native_leak', names: /native (?:memory )?leak\w*|memory leak\w*|leak\w* memory|内存泄漏|本地内存/i },
  { code: 'memory.offheap_direct', names: /off-?heap|direct (?:memory|buffers?)|netty.{0,10}memory|堆外|直接内存/i },
  {
    code: 'memory.native_thread',
    names: /too many threads|\bthreads?\b.{0,12}limit|\bpids? limit|\bulimit\b|线程(?:数|太多|上限)/i,
  },
  { code: 'memory.metaspace', names: /metaspace|元空间/i },
  {
    code: 'memory.result_size',
    names:
      /maxresultsize|results? (?:is |are )?too (?:big|large)|collect\w* too (?:much|many)|结果(?:集)?(?:太大|过大)/i,
  },
  { code: 'memory.broadcast_oom', names: /\bbroadcast\w*|广播/i },
  { code: 'memory.spill', names: /\bspill\w*|溢写|落盘/i },
  {
    code: 'memory.gc_overhead',
    stated: true,
    names: /\b(?:long|full|frequent|constant) gcs?\b|gc\s?时间(?:很|太|特别)?(?:长|高|久)|频繁\s?(?:full )?gc/i,
  },
  { code: 'memory.gc_overhead', names: /\bgc\b|garbage collect\w*|垃圾回收|gc\s?时间/i },
  {
    code: 'kernel.global_oom',
    names:
      /\b(?:node|host|machine|server)\b.{0,24}(?:out of memory|\b(?:free |enough |plenty of )memory|memory (?:left|free|full))|(?:整机|宿主机|机器|节点|主机).{0,6}内存(?:不足|不够|满|耗尽)/i,
  },
  { code: 'scheduling.insufficient_resources', names: /集群.{0,12}内存|\bcluster\b.{0,24}memory/i },
  { code: 'kernel.memcg_oom', names: /\bcontainer'?s? (?:own )?limit|\bcgroup\b|(?:pod|容器).{0,6}(?:超限|上限)/i },
  {
    code: 'memory.executor_heap_oom',
    names:
      /\bheap (?:space|oom|size|full)|\boom\b in (?:my|the) heap|OutOfMemoryError|\bheap\b|堆内存|堆(?:太小|不够|溢出|满)|内存溢出/i,
  },
  {
    code: 'memory.executor_heap_oom',
    when: 'trouble',
    names:
      /(?:more|bigger|enough) memory.{0,14}executors?|executors?.{0,14}(?:more|bigger|enough|needs?) memory|executor.{0,4}内存/i,
  },
  { code: 'kernel.memcg_oom', names: /oom[- ]?kill\w*|\boom\b|内核.{0,4}杀/i },
  { code: 'memory.container_physical_limit', names: /内存超(?:了|限|出|过)?|超(?:出|过)?内存/i },
  {
    code: 'memory.spill',
    when: 'slowness',
    names:
      /(?:more|enough|bigger|less|raise|needs?).{0,8}\bmemory\b|memory.{0,10}(?:small|low|short)|内存(?:不够|不足|太小)/i,
  },
  { code: 'memory.container_physical_limit', names: /\bmemory\b|内存/i },
];
