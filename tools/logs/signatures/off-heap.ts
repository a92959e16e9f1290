import type { Signature } from '../signature.ts';
import { bytesOf, present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { KERNEL, NOT_A_KERNEL, OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Memory outside the Java heap: direct buffers, threads, class metadata, native allocations. */
export const OFF_HEAP_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'off-heap/direct-buffers',
    code: 'memory.offheap_direct',
    literals: [
      'Could not allocate enough memory segments for NetworkBufferPool',
      'Direct buffer memory',
      'bytes of direct buffer memory',
      'byte(s) of direct memory',
      'OutOfDirectMemoryError',
      'due to Netty OOM',
      'OutOfMemoryError: Map failed',
    ],
    pattern: [
      /Could not allocate enough memory segments for NetworkBufferPool/,

      /Cannot reserve (?<wanted>\d{1,18}) bytes of direct buffer memory \(allocated: (?<used>\d{1,18}), limit: (?<limit>\d{1,18})\)/,
      /[fF]ailed to allocate (?<wanted>\d{1,18}) byte\(s\) of direct memory \(used: (?<used>\d{1,18}), max: (?<limit>\d{1,18})/,
      /OutOfMemoryError: ?Direct buffer memory/,
      /OutOfDirectMemoryError/,
      /fetch failed after \d{1,6} retries due to Netty OOM/,
      /OutOfMemoryError: Map failed/,
    ],
    observedFrom: OWN_STATE,
    rank: 90,
    seenIn:
      'java.nio.Bits JDK 8 / 11 / 17; netty PlatformDependent 4.1; spark ShuffleBlockFetcherIterator 3.2+; question q017, q027',
    say: {
      en: 'Memory for direct (off-heap) buffers was exhausted; the Java heap was not the limit',
      zh: '直接内存（堆外缓冲区）耗尽；受限的不是 Java 堆',
    },
    read: (groups) => ({
      ...(groups.used && groups.limit ? { completeStatement: 'direct_memory_refusal' } : {}),
      values: present({
        requestedBytes: wholeOf(groups.wanted),
        usedBytes: wholeOf(groups.used),
        limitBytes: wholeOf(groups.limit),
      }),
    }),
  }),
  statementSignature({
    id: 'off-heap/direct-limit-without-unit',
    code: 'config.resource_setting',
    literals: ['-XX:MaxDirectMemorySize='],
    pattern: /-XX:MaxDirectMemorySize=(?<size>\d{1,7})(?![\dkKmMgGtT])/,
    observedFrom: OWN_STATE,
    rank: 52,
    seenIn: 'HotSpot option (bytes without a unit); question q017',
    say: (groups) => ({
      en: `-XX:MaxDirectMemorySize=${groups.size} has no unit: it allows ${groups.size} bytes of direct memory`,
      zh: `-XX:MaxDirectMemorySize=${groups.size} 没有单位：只允许 ${groups.size} 字节直接内存`,
    }),
    read: (groups) => {
      const limitBytes = wholeOf(groups.size);
      return limitBytes && limitBytes < 1 << 20 ? { values: { limitBytes } } : null;
    },
  }),
  statementSignature({
    id: 'off-heap/spark-off-heap-pool',
    code: 'memory.offheap_direct',
    literals: [
      'Not enough spark off-heap',
      'spark.memory.offHeap.size',
      'org.apache.arrow.memory.OutOfMemoryException',
    ],
    pattern: [
      /Not enough spark off-heap (?:execution )?memory\.? ?(?:Acquired: (?<wanted>[\d.]{1,12} [KMGT]?i?B), granted: (?<got>[\d.]{1,12} [KMGT]?i?B))?/,
      /Try tweaking config option spark\.memory\.offHeap\.size/,
      /org\.apache\.arrow\.memory\.OutOfMemoryException: (?:Unable to allocate|Failure allocating)[^\n]{0,160}/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn: 'apache/gluten (issue threads, 1.x); arrow-memory BaseAllocator',
    say: {
      en: 'The off-heap pool of a native engine or of Arrow was exhausted (not the Java heap)',
      zh: '原生引擎或 Arrow 的堆外内存池耗尽（不是 Java 堆）',
    },
    read: (groups) => ({
      values: present({ requestedBytes: bytesOf(groups.wanted), grantedBytes: bytesOf(groups.got) }),
    }),
  }),
  statementSignature({
    id: 'off-heap/native-thread',
    code: 'memory.native_thread',
    literals: [
      'unable to create new native thread',
      'unable to create native thread',
      'pthread_create failed',
      'Failed to start thread',
      'Failed to start the native thread',
      "can't start new thread",
      'Resource temporarily unavailable',
      'Cannot create GC thread',
      'Cannot create worker GC thread',
    ],
    pattern: [
      /unable to create (?:new )?native thread/,
      /pthread_create failed/,
      /Failed to start (?:the native )?thread[^\n]{0,120}(?:EAGAIN|native)/,
      /Failed to start the native thread/,
      /can't start new thread/,
      /(?:error=11,|fork[^\n]{0,40}:|\[Errno 11\]) ?Resource temporarily unavailable/,
      /Cannot create (?:worker )?GC thread\. Out of system resources/,
    ],
    observedFrom: OWN_STATE,
    rank: 91,
    seenIn: 'HotSpot JDK 8 / 11 / 17, os_linux.cpp; CPython _thread; glibc; capture cache-208, question q016',
    say: {
      en: 'No further thread or process could be made: the limit on threads or processes was reached (not the heap)',
      zh: '无法再创建线程或进程：达到线程/进程数上限（不是堆不够）',
    },
  }),
  statementSignature({
    id: 'off-heap/fork-refused-by-pids-controller',
    code: 'memory.native_thread',
    literals: ['fork rejected by pids controller'],
    pattern: /cgroup: fork rejected by pids controller in (?<group>\/\S{0,400})/,
    observedFrom: KERNEL,
    ignoredFrom: NOT_A_KERNEL,
    rank: 95,
    seenIn: 'kernel/cgroup/pids.c 4.3+; capture cache-208 dmesg.txt',
    say: (groups) => ({
      en: `The kernel refused a new thread or process: the limit of group ${groups.group} was reached`,
      zh: `内核拒绝创建新的线程或进程：控制组 ${groups.group} 的数量上限已到`,
    }),
    completeStatement: 'pids_limit_refusal',
    read: (groups) => ({ keys: groups.group ? { cgroupPath: groups.group } : {} }),
  }),
  statementSignature({
    id: 'off-heap/metaspace',
    code: 'memory.metaspace',
    literals: [
      'OutOfMemoryError: Metaspace',
      'OutOfMemoryError: Compressed class space',
      'OutOfMemoryError: PermGen space',
      'OutOfMemoryError:Metaspace',
    ],
    pattern: /OutOfMemoryError: ?(?<space>Metaspace|Compressed class space|PermGen space)/,
    observedFrom: OWN_STATE,
    rank: 90,
    seenIn: 'HotSpot metaspace.cpp JDK 8-21, PermGen JDK 7; platform-texts-and-interfaces.md C7',
    say: (groups) => ({
      en: `The space for class metadata was exhausted (${groups.space}): classes, not data, fill it`,
      zh: `类元数据空间耗尽（${groups.space}）：占满它的是类，而不是数据`,
    }),
  }),
  statementSignature({
    id: 'off-heap/jvm-could-not-allocate',
    code: 'memory.native_leak',
    literals: [
      'There is insufficient memory for the Java Runtime Environment to continue',
      'Native memory allocation (',
      'os::commit_memory(',
      'Out of swap space?',
      'std::bad_alloc',
    ],
    pattern: [
      /Native memory allocation \((?:mmap|malloc|mprotect)\) failed to (?:map|allocate) (?<wanted>\d{1,18}) bytes/,
      /os::commit_memory\([^\n]{0,80}\) failed; error='[^'\n]{0,80}' \(errno=12\)/,
      /There is insufficient memory for the Java Runtime Environment to continue/,
      /OutOfMemoryError: request \d{1,18} bytes for [^\n]{1,80}Out of swap space\?/,
      /std::bad_alloc/,
    ],
    observedFrom: OWN_STATE,
    rank: 74,
    inferredOnly: true,
    seenIn:
      'HotSpot debug.cpp / os_linux.cpp JDK 8-21 (errno text "Cannot allocate memory" or "Not enough space"); libstdc++',
    say: {
      en: 'The system gave the process no more native memory (outside the heap): the host or a limit was full, or native memory grew without bound',
      zh: '系统不再给进程分配原生内存（堆外）：主机或限额已满，或原生内存不断增长',
    },
    read: (groups) => ({ values: present({ requestedBytes: wholeOf(groups.wanted) }) }),
  }),
  statementSignature({
    id: 'off-heap/input-output-without-memory',
    code: 'memory.container_physical_limit',
    literals: ['java.io.IOException: Out of memory', 'Cannot allocate memory'],
    pattern: [
      /java\.io\.IOException: Out of memory/,
      /(?:error=12, |\[Errno 12\] |IOException: )Cannot allocate memory/,
    ],
    observedFrom: OWN_STATE,
    rank: 66,
    inferredOnly: true,
    seenIn: 'JDK 8 sun.nio.ch (ENOMEM of read, mmap, fork); question q001',
    say: {
      en: 'A process got no native memory for a read, a map or a new process: memory outside its heap is short within the limit of its container',
      zh: '进程在读文件、映射或创建子进程时拿不到原生内存：容器限额内堆外部分不够用',
    },
    read: (_groups, record) =>
      record.text.includes('FetchFailed')
        ? {
            statement: {
              en: 'The executor that serves the shuffle block had no native memory left to read it: memory outside the heap is short within its container',
              zh: '提供 shuffle 数据块的 executor 已没有原生内存可用于读取：容器限额内堆外部分不够用',
            },
          }
        : {},
  }),
  statementSignature({
    id: 'off-heap/too-many-open-files',
    code: 'config.resource_setting',
    literals: ['Too many open files', 'error=24'],
    pattern: /(?:\((?:Too many open files)\)|Too many open files|打开的文件过多)/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 82,
    seenIn: 'strerror(EMFILE/ENFILE), any JDK and Python',
    say: {
      en: 'The process reached its limit of open files: too low a limit, or files and sockets that are never closed',
      zh: '进程达到打开文件数上限：上限太低，或者文件/套接字没有关闭',
    },
  }),
];
