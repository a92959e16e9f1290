import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { CACHE_AND_CLIENTS, OWN_STATE } from './trusted-writers.ts';

/** Alluxio, its FUSE mounts, Fluid, and long pauses that JVM monitors report. */
export const CACHE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'cache/fuse-process-gone',
    code: 'cache.fuse_crash',
    literals: ['Transport endpoint is not connected', '传输端点尚未连接', 'kubernetes.io~csi/'],
    pattern: [
      /Transport endpoint is not connected|传输端点尚未连接/,
      /failed to stat "?\/[^\s"]{1,300}kubernetes\.io~csi\/[^\s"]{1,300}/,
    ],
    unless: /java\.net\.SocketException|NativeIoException|SocketChannelImpl|shutdown\(\.\.\) failed/,
    observedFrom: [...CACHE_AND_CLIENTS, 'user_process'],
    rank: 80,
    seenIn: 'strerror(ENOTCONN) of a FUSE mount, kubelet; captures cache-112, questions q029, q032',
    say: {
      en: 'The FUSE process behind a mount point is gone: every access to the mount fails until it is mounted again',
      zh: '挂载点背后的 FUSE 进程已不在：重新挂载之前对它的访问都会失败',
    },
  }),
  statementSignature({
    id: 'cache/no-worker',
    code: 'cache.worker_lost',
    literals: [
      'is unavailable in both Alluxio and UFS',
      'No available Alluxio worker',
      'no worker with enough space',
      'timed out after',
      'No worker is available',
    ],
    pattern: [
      /Block \S{1,40} is unavailable in both Alluxio and UFS/,
      /No available Alluxio worker found|No worker is available/,
      /The worker \d{1,20}\((?:WorkerNetAddress\{host=)?(?<host>[\w.-]{1,253})[^\n]{0,400} timed out after (?<ms>\d{1,12})ms without a heartbeat/,
      /[Tt]here is no worker with enough space for a new block/,
    ],
    observedFrom: CACHE_AND_CLIENTS,
    rank: 72,
    seenIn: 'alluxio 1.8-2.9 clients and DefaultBlockMaster; capture cache-103, question q033',
    say: {
      en: 'No worker of the cache holds or can take the block: none is registered, or one was lost',
      zh: '没有缓存 worker 持有或能接收该数据块：没有注册的 worker，或 worker 丢失',
    },
    read: (groups, record) => noWorker(groups, record),
  }),
  statementSignature({
    id: 'cache/master-unreachable',
    code: 'cache.master_unresponsive',
    literals: [
      'check if Alluxio master is currently running',
      'Failed to handshake with master',
      'Alluxio master is in safe mode',
      'Failed to determine address for',
      'FileSystemMasterClient',
    ],
    pattern: [
      /Failed to connect to master \((?<host>[^)\n]{1,200})\) after (?<tries>\d{1,6}) attempts/,
      /check if Alluxio master is currently running/,
      /Failed to handshake with master (?<host>[\w.-]{1,253})/,
      /Alluxio master is in safe mode/,
      /Failed to determine address for \S{1,80} after \d{1,6} attempts/,
    ],
    observedFrom: CACHE_AND_CLIENTS,
    rank: 66,
    inferredOnly: true,
    seenIn: 'alluxio AbstractClient 2.x; celeborn-alluxio-fluid.md 2.3; capture cache-108',
    say: {
      en: 'The master of the cache did not answer: hung, paused, restarting or down',
      zh: '缓存的 master 没有响应：卡住、停顿、重启中或已停止',
    },
    read: (groups) => ({ values: present({ tries: wholeOf(groups.tries) }) }),
  }),
  statementSignature({
    id: 'cache/full',
    code: 'cache.capacity',
    literals: [
      'Not enough storage space',
      'alluxio.exception.status.ResourceExhaustedException',
      'Not enough space left on worker',
      'Not enough space to store block on worker',
    ],
    pattern:
      /Not enough (?:storage )?space (?:left on worker|to store block on worker)|alluxio\.exception\.status\.ResourceExhaustedException: (?!gRPC)/,
    observedFrom: CACHE_AND_CLIENTS,
    rank: 66,
    seenIn: 'alluxio 2.x; celeborn-alluxio-fluid.md 2.3',
    say: { en: 'A worker of the cache had no space left for a block', zh: '缓存 worker 没有空间存放数据块' },
  }),
  statementSignature({
    id: 'cache/store-below-slow',
    code: 'cache.ufs_slow',
    symptom: 'slow',
    literals: ['ms (>='],
    pattern: [
      /(?<![\w.])(?<call>(?:Fuse\.)?\w{2,40})\([^\n]{0,400}?\) (?:returned|exits with)[^\n]{0,600}? in (?<ms>\d{1,12}) ms \(>=\d{1,12} ?ms\)/,
    ],
    observedFrom: CACHE_AND_CLIENTS,
    rank: 55,
    inferredOnly: true,
    seenIn: 'alluxio UnderFileSystemWithLogging, AlluxioFuseUtils 2.x; captures cache-107, cache-108',
    say: (groups) => ({
      en: `A call of the cache took ${groups.ms} ms (${groups.call})`,
      zh: `缓存的一次调用用了 ${groups.ms} ms(${groups.call})`,
    }),
    read: (groups, record) => ({
      values: present({ durationMs: wholeOf(groups.ms), call: groups.call }),
      ...(/UnderFileSystemWithLogging/.test(record.text + record.logger) ? { inferredOnly: false } : {}),
    }),
  }),
  statementSignature({
    id: 'cache/out-of-sync',
    code: 'cache.ufs_out_of_sync',
    literals: ['bytes are available in the UFS', 'sync with the UFS and fetch the updated'],
    pattern:
      /Block (?<block>\d{1,20}) is expected to be (?<expected>\d{1,18}) bytes, but only (?<found>\d{1,18}) bytes are available in the UFS/,
    observedFrom: CACHE_AND_CLIENTS,
    rank: 84,
    seenIn: 'alluxio 2.9 UfsFileBlockReader; capture cache-106',
    say: {
      en: 'The file below the cache was changed behind it: cached metadata no longer fits the data',
      zh: '缓存底层的文件被绕过缓存修改：缓存的元数据与数据不符',
    },
    read: (groups) => ({
      values: present({ expectedBytes: wholeOf(groups.expected), foundBytes: wholeOf(groups.found) }),
    }),
  }),
  statementSignature({
    id: 'cache/dataset-not-bound',
    code: 'cache.dataset_not_bound',
    symptom: 'waiting',
    literals: [
      'No dataset can be bound to the runtime',
      'NotBound',
      'Failed to setup ddc engine',
      'fuse.csi.fluid.io not found',
      'DatasetFailedToSetup',
      'TargetDatasetNotReady',
    ],
    pattern:
      /No dataset can be bound to the runtime|[pP]hase"?: {0,8}"?NotBound|\bNotBound\b|Failed to setup ddc engine[^\n]{0,200}|driver name fuse\.csi\.fluid\.io not found[^\n]{0,120}|DatasetFailedToSetup|TargetDatasetNotReady/,
    observedFrom: ['kubernetes', 'cache'],
    rank: 72,
    seenIn: 'fluid 0.7-1.0 events and status; celeborn-alluxio-fluid.md 3',
    say: { en: 'The dataset of the cache is not bound to a ready runtime', zh: '缓存数据集没有绑定到就绪的 runtime' },
  }),
  statementSignature({
    id: 'cache/loader-works',
    code: 'code.user_code',
    symptom: 'slow',
    literals: ['decode', 'preprocess', 'transform', 'augment', 'collate', 'tokeni'],
    pattern: [
      /\b(?<input>read|load|io|fetch)\w{0,12}[ =:]{1,3}(?<inputS>\d{1,9}(?:\.\d{1,6})?) ?(?:thread-)?s\b[^\n]{0,80}?\b(?<work>decode|preprocess|transform|augment|collate|tokeni[sz]e)\w{0,12}[ =:]{1,3}(?<workS>\d{1,9}(?:\.\d{1,6})?) ?(?:thread-)?s\b/,
      /\b(?<work>decode|preprocess|transform|augment|collate|tokeni[sz]e)\w{0,12}[ =:]{1,3}(?<workS>\d{1,9}(?:\.\d{1,6})?) ?(?:thread-)?s\b[^\n]{0,80}?\b(?<input>read|load|io|fetch)\w{0,12}[ =:]{1,3}(?<inputS>\d{1,9}(?:\.\d{1,6})?) ?(?:thread-)?s\b/,
    ],
    observedFrom: ['user_process'],
    rank: 35,
    seenIn: 'training loops that print their own times (capture cache-111); the words of the loop, not of a framework',
    say: (groups) => ({
      en: `The loader itself works most of the time: ${groups.workS} s of ${groups.work} beside ${groups.inputS} s of ${groups.input}`,
      zh: `时间主要花在加载程序自己身上：${groups.work} ${groups.workS} 秒，${groups.input} 只有 ${groups.inputS} 秒`,
    }),
    read: loaderTimes,
  }),
  statementSignature({
    id: 'cache/jvm-paused',
    code: 'memory.gc_overhead',
    symptom: 'slow',
    literals: ['JVM paused', 'Detected pause in JVM or host machine'],
    pattern: [
      /JVM paused (?<ms>\d{1,12}) ?ms(?<rest>[\s\S]{0,600})/,
      /Detected pause in JVM or host machine \(eg GC\): pause of approximately (?<ms>\d{1,12})ms(?<rest>[\s\S]{0,600})/,
    ],
    observedFrom: OWN_STATE,
    rank: 57,
    inferredOnly: true,
    seenIn:
      'alluxio JvmPauseMonitor 2.x, hadoop JvmPauseMonitor 2.x/3.x; capture cache-108, celeborn-alluxio-fluid.md 2.3',
    say: { en: 'A JVM stood still', zh: 'JVM 停顿' },
    read: paused,
  }),
];

/** Less than this says nothing; a loader that works this much longer than it waits for input is not held up by its input. */
const LEAST_WORK_S = 5;
const TIMES_LONGER = 2;

function loaderTimes(groups: Groups): Details | null {
  const [workS, inputS] = [Number(groups.workS), Number(groups.inputS)];
  if (!(workS >= LEAST_WORK_S) || !(workS >= inputS * TIMES_LONGER)) return null;
  return { values: { workMs: Math.round(workS * 1000), inputMs: Math.round(inputS * 1000) } };
}

/** Pauses under ten seconds are the warning threshold of both monitors. */
const LONG_PAUSE_MS = 10_000;

function paused(groups: Groups, record: TextRecord): Details | null {
  const pauseMs = wholeOf(groups.ms);
  if (pauseMs === undefined || pauseMs < LONG_PAUSE_MS) return null;
  const collections = [...(groups.rest ?? '').matchAll(/time=(\d{1,12})ms/g)].reduce(
    (sum, found) => sum + Number(found[1]),
    0,
  );
  const byCollection = collections >= pauseMs / 2;
  const isAlluxio = record.writer === 'alluxio' || /alluxio/i.test(record.text + record.logger);
  return {
    values: { pauseMs, collectionMs: collections },
    code: isAlluxio
      ? byCollection
        ? 'cache.master_gc'
        : 'cache.master_unresponsive'
      : byCollection
        ? 'memory.gc_overhead'
        : 'kernel.cpu_contention',
    statement: byCollection
      ? {
          en: `The JVM stood still for ${pauseMs} ms, ${collections} ms of it in garbage collection`,
          zh: `JVM 停顿 ${pauseMs} ms，其中 ${collections} ms 在垃圾回收`,
        }
      : {
          en: `The JVM stood still for ${pauseMs} ms without a collection that explains it: the process or its host was stopped or starved`,
          zh: `JVM 停顿 ${pauseMs} ms，但没有垃圾回收可以解释：进程或主机被暂停，或得不到 CPU`,
        },
  };
}

function noWorker(groups: Groups, record: TextRecord): Details {
  const spaceOnly = /no worker with enough space/.test(record.text) && !/unavailable in both/.test(record.text);
  return {
    keys: present({ host: groups.host }),
    values: present({ silentMs: wholeOf(groups.ms) }),
    ...(spaceOnly
      ? {
          inferredOnly: true,
          statement: {
            en: 'No worker of the cache could take the block: in older clients this also means that no worker is registered at all',
            zh: '没有缓存 worker 能接收该块：旧客户端在根本没有 worker 注册时也这样写',
          },
        }
      : {}),
  };
}
