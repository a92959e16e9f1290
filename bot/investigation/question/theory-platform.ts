import type { TheoryEntry } from './theory-entry.ts';

/** The disk itself is the thought: `disk?`, `disks look idle`, `something wrong with the disk`. */
const DISK_ALONE =
  /^\W*(?:(?:or|and|is it|maybe|perhaps) )?(?:the |a )?disks?(?: (?:problem|issue|trouble|failure)s?)?\W*$|\bdisks? (?:look|looks|is|are|seems?)\b|wrong with the disks?|\bdisk (?:problem|issue|trouble)|磁盘(?:问题|有问题)|^\W*(?:是)?磁盘(?:的问题)?\W*$/i;

/** Ideas about the platform: scheduling, nodes, disks, HDFS, network, kernel, shuffle, engine. */
export const PLATFORM_THEORIES: readonly TheoryEntry[] = [
  // What the asker sees as well.
  {
    code: 'scheduling.insufficient_resources',
    polarity: 'denies',
    names: /\bcluster\b[^,.?!]{0,24}\bfree\b|集群[^,，。？?]{0,16}(?:空着|空闲|有的是)/i,
  },
  {
    code: 'storage.hdfs_quota',
    polarity: 'denies',
    names:
      /\bhdfs\b[^,.?!]{0,24}(?:\bfree\b|plenty|enough) ?(?:space)?|hdfs[^,，。？?]{0,10}(?:还有|有的是)[^,，。？?]{0,10}(?:空间|[GT])/i,
  },
  {
    code: 'storage.hdfs_safemode',
    polarity: 'denies',
    names: /\bname ?node\b[^,.?!]{0,12}\b(?:healthy|fine|ok|okay|green)\b|namenode\s?(?:是)?(?:正常|好的|没问题)/i,
  },
  {
    code: 'storage.hdfs_datanode_down',
    polarity: 'denies',
    names: /\bhdfs\b[^,.?!]{0,12}\b(?:healthy|fine|ok|okay|green)\b|hdfs\s?(?:是)?(?:正常|好的|没问题)/i,
  },
  {
    code: 'storage.disk_full_local',
    polarity: 'denies',
    names:
      /\b(?:df|disks?)\b[^,.?!]{0,30}(?:\bfree\b|plenty|\bspace left\b)|磁盘[^,，。？?]{0,10}(?:还有|空着|有的是)/i,
  },
  {
    code: 'kernel.memcg_oom',
    polarity: 'denies',
    names:
      /(?:\bfar |\bwell |\bway )?\b(?:below|under) (?:its|the|their|our) (?:own )?(?:memory )?limit|(?:远)?(?:没|未)(?:到|达到|超过?)(?:自己的)?(?:内存)?上限/i,
  },
  {
    code: 'kernel.global_oom',
    polarity: 'denies',
    names:
      /\b(?:node|host|machine|server)\b[^,.?!]{0,24}(?:\bfree\b|plenty|enough)[^,.?!]{0,16}\bmemory\b|(?:节点|机器|主机|宿主机)[^,，。？?]{0,10}内存[^,，。？?]{0,6}(?:空|够|充足|剩)/i,
  },
  {
    code: 'scheduling.insufficient_resources',
    polarity: 'denies',
    names:
      /\b(?:have|has|had|with) (?:enough|plenty of) (?:resources|slots|cores|executors)\b|资源(?:是)?(?:够|充足|足够)(?:的)?(?!吗)/i,
  },
  // Scheduling.
  { code: 'scheduling.preemption', stated: true, names: /pre-?empt\w*|被?抢占/i },
  {
    // The manager itself does nothing any more: what holds a queue back (its share, its masters) is another kind.
    code: 'scheduling.queue_blocked',
    reason: 'scheduler_hung',
    names:
      /(?:\brm\b|resource ?manager|\byarn\b).{0,8}(?:stuck|hang|hung|blocked|卡|堵)|调度.{0,6}(?:卡|堵)|\bscheduler\b.{0,10}(?:stuck|blocked)|重启\s?rm\b/i,
  },
  {
    code: 'scheduling.queue_wait',
    names:
      /\bqueue\b.{0,24}(?:full|busy|taken|stolen|share|wait|starv|resources?)|\bqueued\b|队列.{0,14}(?:被|资源|满|抢|紧张|排队|占)|资源.{0,6}(?:被.{0,6}(?:抢|占)|抢)|resources? .{0,14}(?:taken|stolen|grabbed)|排队/i,
  },
  {
    code: 'scheduling.insufficient_resources',
    stated: true,
    names:
      /\bcluster\b.{0,18}(?:overload\w*|busy|full\b|too small|out of|capacity|short of)|(?:not enough|insufficient|lack of|too few) (?:resources?|slots?|cores?|executors?)|集群.{0,10}(?:忙|满|资源不|过载|负载高|紧张)|资源(?:不足|不够|紧张)/i,
  },
  {
    code: 'scheduling.killed_by_user',
    names:
      /(?:some(?:one|body)|any(?:one|body)|colleague|\bops\b|admin\w*).{0,14}(?:kill\w*|stop(?:s|ped)?\b|cancel\w*)|被人(?:手动)?(?:kill|杀|停|取消)/i,
  },
  { code: 'scheduling.overcommit_eviction', names: /\bevict\w*|over-?commit\w*|超卖|驱逐/i },
  { code: 'scheduling.dynamic_allocation', names: /dynamic allocation|动态(?:资源)?分配/i },
  { code: 'scheduling.speculation', names: /speculat\w*|推测执行/i },
  { code: 'memory.container_physical_limit', names: /(?:node ?manager|\bnm\b|\byarn\b).{0,16}kill\w*/i },
  {
    code: 'scheduling.spot_node_lost',
    names:
      /\b(?:bad|broken|faulty|dead|sick|flaky|lost) (?:node|host|machine|server)s?\b|\b(?:node|host|machine|server)s?\b.{0,10}(?:\bbad\b|broken|faulty|\bdown\b|\bdead\b|\bdied\b|reclaimed|unstable)|is it (?:the |a )?(?:node|host|machine)\b|spot (?:instance|node)|(?:节点|机器|主机|\bnode-?\d+\b|[\w-]{2,40}\d)\s?(?:是不是|是否)?(?:又|也)?(?:坏|不稳定|挂|宕|有问题|故障)/i,
  },
  // Disks.
  {
    code: 'storage.disk_full_local',
    names:
      /\bdisks? (?:is |was |are |being )?full|(?:\bdisks?|\/?tmp|local dirs?|local disks?)\b.{0,16}(?:\bfull\b|too small|fills? up|space)|\bdf\b.{0,30}(?:free|空)|磁盘(?:满|空间)|硬盘满|\binodes?\b/i,
  },
  {
    code: 'storage.bad_disk',
    names:
      /(?:bad|broken|faulty|dead|failing) disks?|\bdisks?\b.{0,10}(?:broken|\bbad\b|faulty|errors?\b|fail\w*)|坏盘|磁盘.{0,4}(?:坏|故障|损坏)|盘坏/i,
  },
  {
    code: 'storage.slow_disk',
    stated: true,
    names:
      /slow disks?|\bdisks?\b.{0,14}(?:slow|busy|bottleneck|saturated)|looks like (?:it is |it's )?(?:the )?disks?|磁盘.{0,4}(?:慢|忙|瓶颈|打满)|慢盘|\bio\b.{0,8}(?:slow|wait|bottleneck|瓶颈|慢|打满)/i,
  },
  { code: 'storage.slow_disk', when: 'slowness', names: DISK_ALONE },
  { code: 'storage.bad_disk', when: 'trouble', names: DISK_ALONE },
  // HDFS and other stores.
  { code: 'storage.hdfs_quota', names: /\bquotas?\b|配额|hdfs.{0,14}空间|hdfs.{0,20}(?:\bspace\b|\bfree\b)/i },
  {
    code: 'storage.hdfs_safemode',
    names: /safe ?mode|安全模式|name ?node.{0,14}(?:broken|\bdown\b|坏|挂|有问题|healthy|\bfine\b|\bdead\b|problem)/i,
  },
  {
    code: 'storage.hdfs_datanode_down',
    names:
      /data ?nodes?.{0,14}(?:\bdown\b|\bdead\b|lost|挂|宕|坏)|hdfs.{0,12}(?:\bdown\b|broken|挂|坏|不可用|有问题|\bfine\b|healthy|problem|unstable|slow)/i,
  },
  {
    code: 'storage.hdfs_missing_block',
    names: /missing blocks?|blocks? (?:is |are |was |were )?(?:lost|missing)|块丢失|丢块/i,
  },
  { code: 'storage.object_store_throttle', topic: 'objectStore', names: /throttl\w*|slow ?down|rate limit\w*|限流/i },
  {
    code: 'storage.commit_conflict',
    names: /\bcommitters?\b|\bcommits?\b.{0,10}(?:conflict|slow|problem)|\b_SUCCESS\b|提交冲突/i,
  },
  { code: 'storage.metastore', names: /\bmetastore\b|hive meta\w*|元数据(?:库|服务)/i },
  // Network.
  {
    code: 'network.bind_address',
    reason: 'port_taken',
    names: /\bports?\b.{0,14}(?:in use|taken|occupied|busy|conflict\w*)|端口.{0,6}(?:占用|冲突|占了)/i,
  },
  { code: 'network.bind_address', names: /\bbind(?:ing)? (?:address|to)\b|绑定.{0,4}地址/i },
  {
    code: 'network.driver_unreachable',
    names: /(?:reach|connect(?: to)?) (?:the )?driver|driver (?:is )?(?:unreachable|not reachable)|连不上\s?driver/i,
  },
  { code: 'network.datanode_unreachable', names: /(?:reach|connect(?: to)?) (?:the )?data ?nodes?|连不上\s?datanode/i },
  { code: 'network.dns_hostname', names: /\bdns\b|\bhost ?names?\b|域名|主机名/i },
  {
    code: 'network.heartbeat_timeout',
    names: /\bheartbeats?\b.{0,10}(?:timeout|late|problem|issue)|心跳(?:超时|问题)/i,
  },
  {
    code: 'network.connection_timeout',
    names:
      /\bnetwork\w*|\bfirewalls?\b|packet loss|connection (?:issue|problem|reset|timeout)s?|网络|网卡|丢包|防火墙/i,
  },
  // Kernel and CPU.
  { code: 'kernel.spurious_oom', names: /\bkernel\b.{0,14}(?:broken|\bbug|wrong|at fault)|内核.{0,6}(?:bug|问题|坏)/i },
  {
    code: 'kernel.cpu_contention',
    stated: true,
    names:
      /\bcpu\b.{0,16}(?:throttl\w*|steal\w*|starv\w*|contention|limit\w*|限流|争|抢|打满)|(?:throttl|steal|starv)\w*.{0,14}\bcpu\b|\b(?:is|are|was|being|been|get|gets|getting) (?:the |we |it |cluster )?(?:cluster )?throttled|限流|cpu\s?被/i,
  },
  { code: 'kernel.cpu_contention', names: /\bcpu\b/i },
  { code: 'kernel.direct_reclaim', names: /direct reclaim|memory reclaim|内存回收/i },
  // Shuffle.
  { code: 'shuffle.external_service_unavailable', names: /(?:external )?shuffle service|\bess\b|shuffle\s?服务/i },
  {
    code: 'shuffle.corruption',
    names: /corrupt\w*.{0,15}(?:shuffle|blocks?)|(?:shuffle|blocks?).{0,15}corrupt\w*|shuffle.{0,6}损坏/i,
  },
  {
    code: 'shuffle.fetch_wait',
    names: /\bshuffle\b.{0,14}(?:slow\w*|变慢|慢|problem|issue|有没有问题|有问题)|slow shuffle/i,
  },
  // Engine.
  {
    code: 'code.engine_bug',
    names:
      /\b(?:spark|yarn|hadoop|flink|celeborn|alluxio|airflow|hive|engine|rm|different)\b.{0,6}\bbugs?\b|\bbug (?:of|in) (?:spark|yarn|hadoop|flink)|(?:\byarn\b|\brm\b|resource ?manager|\bspark\b).{0,8}(?:flaky|broken|unstable|buggy|坏|不稳定|挂|\bdown\b)|flaky (?:yarn|spark)|(?:spark|引擎|yarn).{0,4}缺陷|\bbugs\b/i,
  },
  {
    code: null,
    names:
      /\bcluster\b.{0,12}(?:problem|trouble|issue|unstable|sick|broken|\bdown\b)|集群.{0,4}(?:有问题|出问题|不稳|异常|挂)/i,
  },
];
