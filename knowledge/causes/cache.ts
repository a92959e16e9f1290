import type { Cause } from './cause.ts';

/** Causes in the cache layer (Alluxio, Fluid). */
export const CACHE_CAUSES: readonly Cause[] = [
  {
    code: 'cache.fuse_crash',
    title: { en: 'FUSE process gone or mount broken', zh: 'FUSE 进程消失或挂载失效' },
    meaning: {
      en: 'The FUSE process of the cache is gone, or its mount is broken',
      zh: '缓存的 FUSE 进程消失，或其挂载点失效',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The FUSE log ends without a shutdown line while its mount is still listed, or its container was restarted or killed',
        zh: 'FUSE 日志在没有关闭记录的情况下中断而挂载仍在，或其容器被重启、杀死',
      },
      provenance: ['cache', 'kubernetes', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The application reads "Transport endpoint is not connected"',
        zh: '应用读到 "Transport endpoint is not connected"',
      },
    ],
    refutedBy: [
      { en: 'The FUSE process lived through the whole window', zh: '整个时段内 FUSE 进程一直存活' },
      { en: 'The restart came after the application had failed', zh: '重启发生在应用失败之后' },
    ],
    remediations: [
      {
        statement: {
          en: 'Restart the FUSE process and mount again; give it the memory it needs',
          zh: '重启 FUSE 进程并重新挂载，给足其所需内存',
        },
        settings: ['resources.limits.memory', '-Xmx'],
        by: 'platform',
        section: 'restart-fuse-and-mount-again',
      },
      {
        statement: {
          en: 'Reopen the files or restart the task: open descriptors are not recovered',
          zh: '重新打开文件或重启任务：已打开的描述符不会恢复',
        },
        settings: [],
        by: 'user',
        section: 'reopen-the-files-or-restart-the-task',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-fuse-crash',
  },
  {
    code: 'cache.worker_lost',
    title: { en: 'Cache worker gone', zh: '缓存 worker 丢失' },
    meaning: { en: 'A cache worker is gone, or none is registered', zh: '缓存 worker 丢失或没有注册任何 worker' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The master lists the worker as lost, or the worker's log ends without a shutdown line",
        zh: 'master 将该 worker 列为丢失，或其日志没有关闭记录就中断',
      },
      provenance: ['cache', 'kubernetes', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Reads fall back to the store below and become slow in the middle of a run',
        zh: '运行途中读取退回底层存储而变慢',
      },
    ],
    refutedBy: [
      {
        en: 'The worker reports in time and is only declared lost when the master wakes from a pause',
        zh: 'worker 正常上报，只是 master 从停顿中恢复后才误判其丢失',
      },
    ],
    remediations: [
      {
        statement: { en: 'Restart the worker, and find what ended it', zh: '重启该 worker，并查明其退出原因' },
        settings: ['alluxio.master.worker.timeout', 'resources.limits.memory'],
        by: 'platform',
        section: 'restart-the-worker-and-find-what-ended-it',
      },
      {
        statement: { en: 'Read again: the cache refills from the store below', zh: '重新读取：缓存会从底层存储回填' },
        settings: ['alluxio.user.rpc.retry.max.duration'],
        by: 'user',
        section: 'read-again-and-let-the-cache-refill',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-worker-lost',
  },
  {
    code: 'cache.master_gc',
    title: { en: 'Cache master in long garbage collection', zh: '缓存 master 长时间垃圾回收' },
    meaning: {
      en: 'The cache master is out of heap or in long garbage collections',
      zh: '缓存 master 堆内存不足或长时间垃圾回收',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The master's pause line lists the collections that took the time, or its collector's log shows the long pause",
        zh: 'master 的停顿记录列出耗时的回收，或其 GC 日志显示长停顿',
      },
      provenance: ['cache', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Calls of all clients are slow or refused in the same interval', zh: '同一时段所有客户端的调用变慢或被拒' },
    ],
    refutedBy: [
      { en: 'The pause line says that no collection was detected', zh: '停顿记录写明没有检测到回收' },
      { en: 'Only one client is slow', zh: '只有一个客户端变慢' },
    ],
    remediations: [
      {
        statement: {
          en: 'Give the master more heap, choose a collector with short pauses, keep metadata off the heap',
          zh: '增大 master 堆内存，选用短停顿回收器，并把元数据放到堆外',
        },
        settings: ['-Xmx', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis', 'alluxio.master.metastore'],
        by: 'platform',
        section: 'give-the-master-more-heap',
      },
      {
        statement: { en: 'Retry for longer than the pause', zh: '重试时间要长于停顿' },
        settings: ['alluxio.user.rpc.retry.max.duration'],
        by: 'user',
        section: 'retry-for-longer-than-the-pause',
      },
    ],
    standing: 'unproven',
    runbook: 'cache-master-gc',
  },
  {
    code: 'cache.master_unresponsive',
    title: { en: 'Cache master does not answer', zh: '缓存 master 无响应' },
    meaning: {
      en: 'The cache master hangs for another or an unproven reason',
      zh: '缓存 master 因其他或未证实的原因挂起',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The master reports a pause without any collection, or the kernel shows its process stopped, while its port is open',
        zh: 'master 报告没有回收的停顿，或内核显示其进程被停止，而端口仍开放',
      },
      provenance: ['cache', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'All clients wait for the master in the same interval', zh: '同一时段所有客户端都在等待 master' },
    ],
    refutedBy: [
      { en: 'The pause is explained by garbage collection', zh: '停顿可由垃圾回收解释' },
      { en: 'The master answered other clients in that interval', zh: '该时段 master 能响应其他客户端' },
    ],
    remediations: [
      {
        statement: {
          en: 'Look at the host of the master: stopped process, missing CPU, hung disk; run a standby',
          zh: '检查 master 所在主机：进程被停止、缺少 CPU、磁盘挂起；并部署备用 master',
        },
        settings: ['alluxio.user.rpc.retry.max.duration'],
        by: 'platform',
        section: 'look-at-the-host-of-the-master-and-run-a-standby',
      },
      {
        statement: {
          en: 'Wait and retry: reads go on when the master answers again',
          zh: '等待并重试：master 恢复后读取会继续',
        },
        settings: [],
        by: 'user',
        section: 'wait-and-retry',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-master-unresponsive',
  },
  {
    code: 'cache.dataset_not_bound',
    title: { en: 'Dataset not bound', zh: '数据集未绑定' },
    meaning: { en: 'The phase of the dataset or its runtime is wrong', zh: '数据集或其运行时的状态不正确' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The dataset's status is not bound, with the condition and reason",
        zh: '数据集状态为未绑定，并带有条件和原因',
      },
      provenance: ['kubernetes', 'cache'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Application pods fail to mount the volume', zh: '应用 Pod 挂载卷失败' }],
    refutedBy: [
      {
        en: 'The dataset and its volume are bound, and master and worker are ready',
        zh: '数据集及其卷已绑定，master 和 worker 已就绪',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Mend what the condition names: runtime of the same name, master and worker ready, store below reachable',
          zh: '按条件所述修复：同名运行时、master 与 worker 就绪、底层存储可达',
        },
        settings: [],
        by: 'platform',
        section: 'mend-what-the-condition-names',
      },
      {
        statement: { en: 'Wait until the dataset is bound before the job starts', zh: '数据集绑定后再启动作业' },
        settings: [],
        by: 'user',
        section: 'wait-until-the-dataset-is-bound',
      },
    ],
    standing: 'unproven',
    runbook: 'cache-dataset-not-bound',
  },
  {
    code: 'cache.ufs_out_of_sync',
    title: { en: 'Cache out of step with the store below', zh: '缓存与底层存储不一致' },
    meaning: { en: 'Cached metadata or data differs from the store below', zh: '缓存的元数据或数据与底层存储不一致' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The cache serves a length, time or content that the store below no longer has',
        zh: '缓存返回的长度、时间或内容已与底层存储不符',
      },
      provenance: ['cache', 'storage', 'user_process'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Files were changed behind the cache during the run', zh: '运行期间有人绕过缓存修改了文件' }],
    refutedBy: [{ en: 'Cache and store below agree on length and time', zh: '缓存与底层存储的长度和时间一致' }],
    remediations: [
      {
        statement: {
          en: 'Write through the cache, or let it check the store below more often',
          zh: '通过缓存写入，或让其更频繁地检查底层存储',
        },
        settings: ['alluxio.user.file.metadata.sync.interval'],
        by: 'user',
        section: 'write-through-the-cache-or-check-the-store-more-often',
      },
      {
        statement: { en: 'Load the changed metadata after the files were replaced', zh: '文件被替换后重新加载元数据' },
        settings: [],
        by: 'platform',
        section: 'load-the-changed-metadata',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-ufs-out-of-sync',
  },
  {
    code: 'cache.ufs_slow',
    title: { en: 'Store below the cache is slow', zh: '缓存的底层存储变慢' },
    meaning: { en: 'The store below the cache throttles or is slow', zh: '缓存的底层存储限流或变慢' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'Reads from the store below take long by its own counters, or a direct read beside the cache is as slow',
        zh: '底层存储自身计数显示读取耗时长，或绕过缓存直接读取同样慢',
      },
      provenance: ['cache', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Single reads through the mount take seconds', zh: '通过挂载点的单次读取耗时数秒' }],
    refutedBy: [
      { en: 'The slow reads were served from the cache', zh: '慢的读取由缓存提供' },
      { en: 'The store below answers a direct read quickly', zh: '直接读取底层存储很快' },
    ],
    remediations: [
      {
        statement: {
          en: 'Mend or relieve the store below, or preload what is read',
          zh: '修复或减轻底层存储压力，或预加载要读的数据',
        },
        settings: ['alluxio.user.streaming.data.read.timeout'],
        by: 'platform',
        section: 'mend-or-relieve-the-store-below',
      },
      {
        statement: { en: 'Read outside its busy hours, and fewer files at once', zh: '避开其繁忙时段，减少并发文件数' },
        settings: [],
        by: 'user',
        section: 'read-outside-its-busy-hours-and-fewer-files-at-once',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-ufs-slow',
  },
  {
    code: 'cache.capacity',
    title: { en: 'Cache too small for the working set', zh: '缓存容量小于工作集' },
    meaning: {
      en: 'The cache is too small for the working set: evictions and thrash',
      zh: '缓存小于工作集：不断淘汰与颠簸',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'Blocks are evicted steadily and the same files are read from the store below in every epoch',
        zh: '数据块持续被淘汰，且每个 epoch 都从底层存储重复读取相同文件',
      },
      provenance: ['cache', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The data set is larger than the cache', zh: '数据集大于缓存容量' }],
    refutedBy: [
      { en: 'No block was evicted in the window', zh: '该时段没有数据块被淘汰' },
      { en: 'The evicted blocks are not read again', zh: '被淘汰的数据块没有再被读取' },
    ],
    remediations: [
      {
        statement: { en: 'Enlarge the cache, or keep fewer copies in it', zh: '扩大缓存，或减少缓存副本数' },
        settings: ['alluxio.worker.tieredstore.level0.dirs.quota', 'alluxio.user.file.passive.cache.enabled'],
        by: 'platform',
        section: 'enlarge-the-cache-or-keep-fewer-copies',
      },
      {
        statement: {
          en: 'Read a smaller working set, or do not cache what is read once',
          zh: '缩小工作集，或不缓存只读一次的数据',
        },
        settings: ['alluxio.user.file.readtype.default'],
        by: 'user',
        section: 'read-a-smaller-working-set',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-capacity',
  },
  {
    code: 'cache.cold',
    title: { en: 'Cache not yet filled', zh: '缓存未预热' },
    meaning: {
      en: 'The data is not cached yet: first epoch, lost cache or no preload',
      zh: '数据尚未缓存：首个 epoch、缓存丢失或未预加载',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'Bytes read from the store below match the bytes read in the slow epoch, with no eviction, and later epochs read none',
        zh: '慢 epoch 从底层存储读取的字节与读取量相当且无淘汰，后续 epoch 不再读取底层',
      },
      provenance: ['cache', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The first epoch is slow and the following ones are quick', zh: '首个 epoch 慢，其后变快' }],
    refutedBy: [
      {
        en: 'Later epochs are as slow with no bytes from the store below',
        zh: '后续 epoch 同样慢，却没有读取底层存储',
      },
      { en: 'The cache evicts what it has just read', zh: '缓存刚读入就被淘汰' },
    ],
    remediations: [
      {
        statement: { en: 'Load the data into the cache before the job starts', zh: '作业开始前先把数据加载到缓存' },
        settings: ['alluxio.user.file.readtype.default'],
        by: 'user',
        section: 'load-the-data-into-the-cache-first',
      },
      {
        statement: { en: 'Keep the cache over restarts of its workers', zh: '让缓存在 worker 重启后得以保留' },
        settings: [],
        by: 'platform',
        section: 'keep-the-cache-over-restarts',
      },
    ],
    standing: 'recorded',
    runbook: 'cache-cold',
  },
];
