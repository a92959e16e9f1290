import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { type HeapOwner, heapOwner } from './heap-owner.ts';
import { bytesOf, present, wholeOf } from './quantities.ts';
import { type Details, statementSignature } from './statement-signature.ts';
import { ALL_BUT_ASKER, JVM_ITSELF, OWN_STATE, YARN } from './trusted-writers.ts';

const OWNER_CODE: Readonly<Record<HeapOwner, CauseCode>> = {
  driver: 'memory.driver_heap_oom',
  executor: 'memory.executor_heap_oom',
  unknown: 'memory.executor_heap_oom',
};

const OWNER_NAME: Readonly<Record<HeapOwner, Bilingual>> = {
  driver: { en: 'of the driver', zh: 'driver 的' },
  executor: { en: 'of an executor', zh: 'executor 的' },
  unknown: { en: 'of the process', zh: '该进程的' },
};

/** The code by whose heap it was, with the sentence that names the owner. */
function byOwner(record: TextRecord, at: number, say: (owner: Bilingual) => Bilingual): Details {
  const owner = heapOwner(record, at);
  return {
    code: OWNER_CODE[owner],
    statement: say(OWNER_NAME[owner]),
    values: { heapOwner: owner },
    ...(owner === 'unknown' ? { inferredOnly: true } : {}),
  };
}

/** The Java heap was exhausted, told by the JVM's own error or by the exit code it leaves. */
export const HEAP_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'heap/java-heap-space',
    code: 'memory.executor_heap_oom',
    literals: ['Java heap space'],
    // JDK 8-21; "[!!!X=>java.lang.OutOfMemoryError:Java heap space!!!]" is a broken log4j line; "(TID 7): Java heap space"
    // is Spark's executor; "Error: Java heap space" MapReduce's task report.
    pattern: /(?:OutOfMemoryError|Error|TID \d{1,12}\)|\bFATAL)[ :(]{1,3}Java heap space/,
    observedFrom: OWN_STATE,
    rank: 88,
    seenIn: 'HotSpot collectedHeap.cpp (JDK 8-21); captures yarn-029, cache-210, flow-212',
    say: { en: 'The Java heap is exhausted', zh: 'Java 堆已耗尽' },
    read: (_groups, record, at) =>
      byOwner(record, at, (owner) => ({
        en: `The Java heap ${owner.en} was exhausted (OutOfMemoryError: Java heap space)`,
        zh: `${owner.zh} Java 堆耗尽（OutOfMemoryError: Java heap space）`,
      })),
  }),
  statementSignature({
    id: 'heap/gc-overhead-limit',
    code: 'memory.gc_overhead',
    literals: ['GC overhead limit exceeded', 'GC Overhead limit exceeded'],
    pattern: /(?:OutOfMemoryError|Error|TID \d{1,12}\))[ :(]{1,3}GC [oO]verhead limit exceeded/,
    observedFrom: OWN_STATE,
    rank: 87,
    seenIn: 'HotSpot (JDK 8-21, parallel collector); platform-texts-and-interfaces.md C7',
    say: { en: 'The heap was nearly full', zh: '堆几乎已满' },
    read: (_groups, record, at) => {
      const owner = OWNER_NAME[heapOwner(record, at)];
      return {
        values: { heapOwner: heapOwner(record, at) },
        statement: {
          en: `The Java heap ${owner.en} was so full that nearly all time went into garbage collection (GC overhead limit exceeded)`,
          zh: `${owner.zh} Java 堆几乎占满，时间几乎全花在垃圾回收上（GC overhead limit exceeded）`,
        },
      };
    },
  }),
  statementSignature({
    id: 'heap/array-too-large',
    code: 'memory.executor_heap_oom',
    literals: [
      'Requested array size exceeds VM limit',
      'hugeCapacity',
      'hugeLength',
      'Required array length too large',
      'Required array size too large',
      'Required length exceeds implementation limit',
    ],
    pattern: [
      /OutOfMemoryError: Requested array size exceeds VM limit/,
      /OutOfMemoryError(?::? Required (?:array (?:length|size) too large|length exceeds implementation limit))[^\n]{0,80}/,
      /OutOfMemoryError[^\n]{0,80}\n(?:\s{1,12}at [^\n]{1,200}\n){0,4}?\s{1,12}at [^\n]{1,120}(?:hugeCapacity|hugeLength)/,
    ],
    observedFrom: OWN_STATE,
    rank: 86,
    seenIn: 'HotSpot; java.io.ByteArrayOutputStream.hugeCapacity (JDK 8-11), ArraysSupport.hugeLength (JDK 12+)',
    say: { en: 'One array near 2^31 elements was asked for', zh: '申请了接近 2^31 个元素的单个数组' },
    read: (_groups, record, at) =>
      byOwner(record, at, (owner) => ({
        en: `A single array ${owner.en} would pass 2 GB (one huge row, result, closure or broadcast): more heap does not help`,
        zh: `${owner.zh}单个数组将超过 2 GB（一条巨大的记录、结果、闭包或广播）：加大堆也没有用`,
      })),
  }),
  statementSignature({
    id: 'heap/execution-memory-refused',
    code: 'memory.executor_heap_oom',
    literals: ['Unable to acquire', 'UNABLE_TO_ACQUIRE_MEMORY', 'SparkOutOfMemoryError'],
    pattern: [
      /Unable to acquire (?<wanted>\d{1,16}) bytes of memory, got (?<got>\d{1,16})/,
      /\[UNABLE_TO_ACQUIRE_MEMORY\][^\n]{0,200}/,
      /SparkOutOfMemoryError: (?!error while calling spill)[^\n]{1,200}/,
    ],
    unless: /No space left on device|Disk quota exceeded/,
    observedFrom: OWN_STATE,
    rank: 72,
    seenIn: 'spark TaskMemoryManager / MemoryConsumer 1.6-3.x, error class UNABLE_TO_ACQUIRE_MEMORY 3.4+',
    say: {
      en: 'A task was refused execution memory: its share of the unified memory is too small for its partition',
      zh: '任务申请执行内存被拒：它分到的统一内存份额装不下它的分区',
    },
    read: (groups) => ({
      values: present({ requestedBytes: wholeOf(groups.wanted), grantedBytes: wholeOf(groups.got) }),
    }),
  }),
  statementSignature({
    id: 'heap/killed-on-out-of-memory',
    code: 'memory.executor_heap_oom',
    literals: ['-XX:OnOutOfMemoryError=', 'due to java.lang.OutOfMemoryError'],
    // "#   Executing /bin/sh -c "kill 12345"..." is printed when the option fires; a command line merely carries the option.
    pattern: [
      /-XX:OnOutOfMemoryError=[^\n]{1,80}\n#?\s{0,8}Executing [^\n]{1,200}/,
      /(?:Terminating|Aborting) due to java\.lang\.OutOfMemoryError(?:: (?!Metaspace|Compressed|Direct|unable)[^\n]{0,80})?/,
    ],
    observedFrom: JVM_ITSELF,
    rank: 89,
    seenIn: 'HotSpot debug.cpp report_java_out_of_memory (JDK 8-21)',
    say: { en: 'The JVM ended itself', zh: 'JVM 自行退出' },
    read: (_groups, record, at) =>
      byOwner(record, at, (owner) => ({
        en: `The JVM ${owner.en} ran out of memory and ended itself as its options demand: it then exits with 143 or 3, not by a killer`,
        zh: `${owner.zh} JVM 内存耗尽后按启动参数自行结束：退出码因此是 143 或 3，并不是被别人杀掉`,
      })),
  }),
  statementSignature({
    id: 'heap/exit-code-52',
    code: 'memory.executor_heap_oom',
    symptom: 'container_exited',
    literals: [
      'xit status: 52',
      'exit code 52',
      'exitCode: 52',
      'xit code is 52',
      'exited with code 52',
      'xit code: 52',
      'exit code from container',
      'Exit code from container',
    ],
    pattern: [
      /\b[eE]xit (?:status|code)(?: is)?:? ?52\b(?!\d)/,
      /exited with\s{1,4}(?:exitCode:|exit code|code) ?52\b/,
      /[eE]xit code from container \S{1,80} is ?: ?52\b/,
    ],
    observedFrom: YARN,
    rank: 62,
    inferredOnly: true,
    seenIn: 'spark SparkExitCode.OOM = 52 (1.x-4.x); captures yarn-029, cache-210',
    say: {
      en: 'An executor ended with exit code 52: its JVM met an OutOfMemoryError (its stderr says which kind)',
      zh: 'executor 以退出码 52 结束：它的 JVM 遇到 OutOfMemoryError（哪一种要看它的 stderr）',
    },
    read: () => ({ values: { exitCode: 52 } }),
  }),
  statementSignature({
    id: 'heap/full-collection-frees-nothing',
    code: 'memory.gc_overhead',
    symptom: 'slow',
    literals: ['Full GC', 'Pause Full'],
    pattern: [
      /Pause Full [^\n]{0,80}?(?<before>\d{1,9}[KMG])->(?<after>\d{1,9}[KMG])\((?<capacity>\d{1,9}[KMG])\) (?<ms>\d{1,9}(?:\.\d{1,6})?)ms/,
      /\[Full GC [^\n]{0,300}?\] (?<before>\d{1,12}K)->(?<after>\d{1,12}K)\((?<capacity>\d{1,12}K)\)[^\n]{0,120}?, (?<seconds>\d{1,6}\.\d{1,9}) secs/,
    ],
    observedFrom: ['jvm'],
    rank: 64,
    seenIn: 'GC log of JDK 8 (PrintGCDetails) and unified logging (JDK 9+)',
    say: { en: 'A full collection freed next to nothing', zh: '一次 Full GC 几乎没有回收到内存' },
    read: (groups) => fullCollection(groups.after, groups.capacity, groups.ms, groups.seconds),
  }),
  statementSignature({
    id: 'heap/gc-named-by-asker',
    code: 'memory.gc_overhead',
    literals: [
      'G1 Old',
      'G1 old',
      'Old Generation',
      'old generation',
      'Full GC',
      'full GC',
      'full gc',
      'Old GC',
      'old GC',
      'old gc',
    ],
    pattern:
      /(?:time|spend\w{0,3}|high|long|frequent\w{0,2}|constant\w{0,2}|频繁|很久|太长|一直)[^\n]{0,60}(?:[oO]ld(?: [gG]en(?:eration)?)?(?: GC| gc)|[fF]ull (?:GC|gc)|G1 [oO]ld)|(?:G1 [oO]ld(?: Generation)?|[oO]ld [gG]eneration|[fF]ull (?:GC|gc))[^\n]{0,60}(?:high|long|seconds|minutes|\d{2,6} ?s\b|频繁|很久|太长)/,
    unless: /\bno (?:long |full )?gc\b|\bis (?:it|this) (?:the )?(?:long )?gc\b/i,
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 46,
    inferredOnly: true,
    seenIn: 'question q022',
    say: {
      en: 'Much time is said to go into collections of the old generation: the heap is nearly full',
      zh: '据描述，大量时间花在老年代回收上：堆几乎已满',
    },
  }),
];

/** A full collection that leaves the heap at least nine tenths full: the next one follows at once. */
function fullCollection(after?: string, capacity?: string, ms?: string, seconds?: string): Details | null {
  const afterBytes = bytesOf(after);
  const capacityBytes = bytesOf(capacity);
  const durationMs = ms ? Math.round(Number(ms)) : Math.round(Number(seconds) * 1000);
  if (!afterBytes || !capacityBytes || afterBytes < 0.9 * capacityBytes) return null;
  const share = Math.round((100 * afterBytes) / capacityBytes);
  return {
    values: { usedBytes: afterBytes, limitBytes: capacityBytes, durationMs },
    statement: {
      en: `After a full collection of ${durationMs} ms the heap was still ${share} % full`,
      zh: `一次历时 ${durationMs} ms 的 Full GC 之后堆仍有 ${share} % 被占用`,
    },
  };
}
