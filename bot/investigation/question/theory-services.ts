import type { TheoryEntry } from './theory-entry.ts';

/** Ideas about services beside the engine: remote shuffle, cache, workflow engine, streaming, security. */
export const SERVICE_THEORIES: readonly TheoryEntry[] = [
  // Remote shuffle.
  { code: 'shuffle.remote_service_quota', topic: 'shuffle', names: /\bquota\w*|配额/i },
  {
    code: 'shuffle.remote_service_no_slots',
    topic: 'remoteShuffle',
    names: /(?:no|not enough|out of|没有?|缺)\s?(?:free )?slots?/i,
  },
  {
    code: 'shuffle.remote_service_data_lost',
    topic: 'remoteShuffle',
    names: /data (?:was |is |got )?(?:lost|loss)|lost (?:my |our )?data|丢(?:了)?数据|数据(?:是不是|会不会|有没有)?丢/i,
  },
  {
    code: 'shuffle.remote_service_unavailable',
    family: 'shuffle.remote_service_',
    topic: 'remoteShuffle',
    stated: true,
    names:
      /(?:broke|broken|unstable|trouble with) (?:celeborn|rss)|(?:celeborn|rss)(?:[- ]?\w{1,12})? ?(?:cluster |集群)?.{0,10}(?:\bbroke(?:n)?\b|\bdown\b|trouble|unstable|problem|flaky|挂|不稳定|坏|有问题|出问题|崩)|\bworker down\b/i,
  },
  {
    code: 'dependency.version_conflict',
    topic: 'remoteShuffle',
    names: /versions? (?:mismatch|conflict)|版本(?:不一致|不匹配|冲突|不对)/i,
  },
  // Cache.
  { code: 'cache.master_gc', topic: 'cache', names: /\b(?:long |full )?gc\b|垃圾回收/i },
  { code: 'cache.worker_lost', topic: 'cache', names: /\bworkers?\b.{0,8}(?:lost|down|gone|dead|挂|丢)/i },
  {
    code: 'cache.master_unresponsive',
    topic: 'cache',
    names: /\bmaster\b.{0,20}(?:hang|hung|unresponsive|nothing answers|not answer|down|挂|没响应)/i,
  },
  { code: 'cache.fuse_crash', topic: 'cache', names: /\bfuse\b.{0,12}(?:crash|died|dead|killed|broken|gone|挂|崩)/i },
  {
    code: 'cache.ufs_slow',
    topic: 'cache',
    names: /(?:\bnas\b|\bufs\b|under-?store|底层存储)\s?(?:is |was )?.{0,6}(?:slow|busy|慢)/i,
  },
  {
    code: 'cache.capacity',
    topic: 'cache',
    names:
      /(?:缓存|cache).{0,8}(?:抖|不够|太小|容量|满|的问题|thrash|too small|evict|full)|(?:enlarge|extend|more) .{0,12}(?:workers'? )?(?:storage|cache)/i,
  },
  {
    code: 'cache.cold',
    topic: 'cache',
    names: /cold cache|(?:cache )?not (?:yet )?(?:warm|cached|preloaded)|没预热|冷缓存/i,
  },
  {
    code: 'config.changed',
    topic: 'cache',
    names: /(?:some(?:body|one)|anybody|anyone|ops) (?:touch|touched|changed?) (?:alluxio|the cache)/i,
  },
  // Workflow engine.
  {
    code: 'workflow.scheduler_heartbeat',
    topic: 'workflow',
    polarity: 'denies',
    names:
      /\bairflow (?:itself |worker |scheduler )?(?:is |looks |seems )(?:fine|ok|okay|healthy|green)\b|airflow\s?(?:是)?(?:好的|正常|没问题)/i,
  },
  {
    code: 'scheduling.queue_wait',
    topic: 'workflow',
    polarity: 'denies',
    names: /\bpool (?:still )?has (?:\w{1,10} )?free slots|(?:pool|资源池).{0,6}(?:有|还有)(?:空闲)?(?:slots?|槽位)/i,
  },
  { code: 'workflow.zombie_task', topic: 'workflow', names: /\bzombies?\b|僵尸/i },
  {
    code: 'workflow.scheduler_heartbeat',
    topic: 'workflow',
    names:
      /\bscheduler\b.{0,14}(?:break|broken?|broke|down|hang|hung|dead|stuck|heartbeat|slow|挂|卡|死)|调度器.{0,10}(?:心跳|挂|卡|死|有问题)|restart (?:the )?scheduler|重启\s?(?:scheduler|调度器)|airflow (?:is |worker |scheduler |the )?.{0,12}(?:broken|down|slow|fine|挂|坏)/i,
  },
  {
    code: 'workflow.db_lock',
    topic: 'workflow',
    names: /(?:database|\bdb\b|postgres\w*|mysql|数据库|元数据库).{0,12}(?:lock|锁|connection|连接|slow|慢)/i,
  },
  {
    code: 'workflow.dag_import_error',
    topic: 'workflow',
    names: /import error|\bdag\b.{0,10}(?:broken|import|parse)|导入(?:错误|失败)/i,
  },
  {
    code: 'workflow.version_changed',
    topic: 'workflow',
    names: /(?:dag|workflow)\b.{0,12}version|new version of (?:the |our )?(?:dag|workflow)/i,
  },
  {
    code: 'workflow.state_changed_externally',
    names: /\b(?:touched|cleared|marked|changed)\b.{0,14}\bui\b|(?:手动|有人).{0,6}(?:清|改).{0,4}状态/i,
  },
  {
    code: 'workflow.upstream_failed',
    topic: 'workflow',
    names: /upstream.{0,12}(?:fail|late)|上游.{0,6}(?:失败|晚|延迟)/i,
  },
  {
    code: 'scheduling.queue_wait',
    topic: 'workflow',
    names: /\bpool\b.{0,14}(?:slots?|full)|(?:slots?|槽位).{0,8}(?:满|不够|没有|full)/i,
  },
  // Streaming.
  { code: 'memory.gc_overhead', topic: 'streaming', names: /(?:more|needs?|enough) memory/i },
  {
    code: 'streaming.backpressure',
    topic: 'streaming',
    names: /back-?pressure\w*|反压|source\b.{0,14}(?:slow|慢)|sink\b.{0,8}(?:slow|写入|有问题|慢)/i,
  },
  {
    code: 'streaming.checkpoint_timeout',
    topic: 'streaming',
    names:
      /\bcheckpoint(?:s|ing)?\b.{0,10}(?:storage|store|slow|timeout|reason|problem|or backpressure)|whether checkpoints|检查点.{0,6}(?:慢|超时|存储)/i,
  },
  { code: 'streaming.watermark_stalled', topic: 'streaming', names: /watermark|水位线/i },
  { code: 'streaming.network_buffers', topic: 'streaming', names: /network buffers?|网络缓冲/i },
  { code: 'streaming.kafka_offset', topic: 'streaming', names: /\boffsets?\b|位点/i },
  {
    code: 'streaming.taskmanager_lost',
    topic: 'streaming',
    names: /\b(?:taskmanager|tm)s?\b.{0,8}(?:lost|down|gone|挂|丢)/i,
  },
  // Security.
  {
    code: 'security.kerberos_token_expired',
    names: /(?:kerberos )?(?:tokens?|tickets?).{0,10}expir\w*|(?:kerberos\s?)?(?:token|票据|令牌|凭证).{0,4}过期/i,
  },
  { code: 'security.kerberos_auth', names: /kerberos|\bkeytab\b|\bkinit\b|认证(?:问题|失败)/i },
  { code: 'security.permission_denied', names: /\bpermissions?\b|access denied|\bacls?\b|权限/i },
];
