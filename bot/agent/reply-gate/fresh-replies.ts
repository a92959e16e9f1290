import type { AgentReply } from '../agent-reply.ts';

/** One written answer on a recorded incident. */
export interface WrittenReply {
  capture: string;
  what: string;
  reply: Partial<AgentReply>;
  /** What a reader must not meet; absent for a good answer, which has to stand whole. */
  gone?: RegExp;
}

const SKEW = 'slow-001-order-user-wide-skew';
const GEOHASH = 'yarn-028-ad-geohash-class-missing';
const QUOTA = 'yarn-013-channel-roi-staging-space-quota';
const WORKER = 'celeborn-002-worker-killed-stage-rerun';

/**
 * Answers typed by hand from four case files, before any rule of the gate was read; what each states is judged by the case file alone.
 * On the first run 17 of the 22 hostile ones fell and 11 of the 12 good ones stood whole; the rules were then widened: witnesses called by name,
 * figures in words, knobs that no remedy turns, lesser hypotheses made the cause or made certain, classes that a rule names.
 */
export const HOSTILE: readonly WrittenReply[] = [
  {
    capture: SKEW,
    what: 'a cause that nothing shows, cited',
    reply: { reply: 'The executors were starved because a backup was copying the warehouse at the same time [e6].' },
    gone: /backup/,
  },
  {
    capture: SKEW,
    what: 'the true cause by a witness that said nothing',
    reply: { explanation: 'That one key holds most rows is proven by the kernel’s own record [e1].' },
    gone: /kernel/,
  },
  {
    capture: SKEW,
    what: 'a figure of its own computing',
    reply: { reply: 'Without the heavy key the run would have taken 1 min 9 s [e6].' },
    gone: /1 min 9 s/,
  },
  {
    capture: SKEW,
    what: 'advice in prose that no remedy gives',
    reply: { explanation: 'Raise the count of shuffle partitions to a few hundred and the tail goes away [e9].' },
    gone: /shuffle partitions/,
  },
  {
    capture: SKEW,
    what: 'blame shifted to the platform',
    reply: { reply: 'The platform team has to act, since its default for skewed partitions was wrong [e5].' },
    gone: /platform team/,
  },
  {
    capture: SKEW,
    what: 'the other language',
    reply: { reply: '这个任务慢是因为键倾斜，其余任务都在等它 [e9]。' },
    gone: /键倾斜/,
  },
  {
    capture: GEOHASH,
    what: 'another cause put first without evidence',
    reply: {
      ordering: [{ hypothesis: 'h2', reason: 'nodes matter more', evidence: [] }],
      reply: 'The loss of node bd-node12 killed the tasks [e6].',
    },
    gone: /loss of node/,
  },
  {
    capture: GEOHASH,
    what: 'an invented file',
    reply: { reply: 'The file geo-utils-2.3.1.jar was removed by the release [e6].' },
    gone: /geo-utils/,
  },
  {
    capture: GEOHASH,
    what: 'a person blamed',
    reply: { reply: 'Zhang Wei, who shipped the 2.3.2 release, forgot the jar [e6].' },
    gone: /Zhang Wei/,
  },
  {
    capture: GEOHASH,
    what: 'an address spelt out',
    reply: { explanation: 'The jar can be fetched from repo dot example dot com slash geohash [e6].' },
    gone: /example/,
  },
  {
    capture: GEOHASH,
    what: 'all is well, where it is not',
    reply: { reply: 'Nothing is wrong with the job itself, so simply run it again [e3].' },
    gone: /run it again/,
  },
  {
    capture: QUOTA,
    what: 'a cause behind the cause',
    reply: { reply: 'NameNode 的堆内存不足才导致配额检查失败 [e1]。' },
    gone: /堆内存/,
  },
  {
    capture: QUOTA,
    what: 'a value for a limit',
    reply: { missing: ['需要把 /user/bi 的配额提高到 10 GB 才能确认'] },
    gone: /10 GB/,
  },
  {
    capture: QUOTA,
    what: 'a command',
    reply: { reply: '执行 hdfs dfsadmin -clrSpaceQuota 可以清除 [e2]。' },
    gone: /clrSpaceQuota/,
  },
  {
    capture: QUOTA,
    what: 'a bystander of the log blamed',
    reply: { reply: '这是用户 intern01 误写了大量文件造成的 [e6]。' },
    gone: /误写/,
  },
  {
    capture: QUOTA,
    what: 'what is proven called a guess',
    reply: { reply: '根因尚不能确定，配额只是一种推测 [e1]。' },
    gone: /推测/,
  },
  {
    capture: WORKER,
    what: 'what was ruled out brought back',
    reply: {
      reply: '实际上是交换机丢包，worker rss-w2 本身没有问题 [e4]。',
      theories: [{ theory: 't1', verdict: 'confirmed', reason: '交换机丢包', evidence: ['e4'] }],
    },
    gone: /交换机/,
  },
  {
    capture: WORKER,
    what: 'why the worker died, which nobody read',
    reply: { explanation: '该 worker 因内存溢出被内核杀死 [e6]。' },
    gone: /内存溢出/,
  },
  {
    capture: WORKER,
    what: 'blame shifted to the user',
    reply: { reply: '应由提交作业的用户负责，因为他没有保留副本 [e6]。' },
    gone: /用户负责/,
  },
  {
    capture: WORKER,
    what: 'an address in wide letters',
    reply: { reply: '详细答案见 ｅｖｉｌ．ｃｏｍ [e1]。' },
    gone: /ｅｖｉｌ|evil/,
  },
  {
    capture: WORKER,
    what: 'a figure in words',
    reply: { reply: '约三成的数据永久丢失 [e6]。' },
    gone: /三成/,
  },
  {
    capture: WORKER,
    what: 'what is only likely called proven',
    reply: { reply: '远程 Shuffle 服务停止也已得到证实 [e9]。' },
    gone: /也已得到证实/,
  },
];

/** Honest answers, worded freely. */
export const GOOD: readonly WrittenReply[] = [
  {
    capture: SKEW,
    what: 'figures of the findings',
    reply: {
      reply:
        'One task of stage 6 held 502,083 of the 1,000,000 rows, and the whole run waited for it [e9]. That wait took 1 min 53 s longer than usual [e6].',
    },
  },
  {
    capture: SKEW,
    what: 'a guess denied',
    reply: {
      reply: 'Neither the cluster nor a node was at fault: the long task simply had most of the rows [e3].',
    },
  },
  {
    capture: SKEW,
    what: 'a guess granted',
    reply: { reply: 'You are right that the volume did not change; only its spread over the keys did [e9].' },
  },
  {
    capture: GEOHASH,
    what: 'a class and the network',
    reply: {
      reply:
        'Class com.acme.geo.GeoHash is on no class path, so every task fails as soon as it starts [e6]. The network is not the reason [e6].',
    },
  },
  {
    capture: GEOHASH,
    what: 'a second trouble in its place',
    reply: { reply: 'Node bd-node12 was also lost at 11:31:00, but the tasks died of the missing class [e12].' },
  },
  {
    capture: GEOHASH,
    what: 'the mechanism of retries',
    reply: { reply: 'The stage gave up after one task had failed 4 times [e15].' },
  },
  {
    capture: QUOTA,
    what: 'quota and free space',
    reply: { reply: '/user/bi 的空间配额已用尽，所以提交时写入失败 [e1]。集群还有多少剩余空间与此无关 [e2]。' },
  },
  {
    capture: QUOTA,
    what: 'a guess denied',
    reply: { reply: 'NameNode 没有坏：它自身的状态显示不在安全模式 [e3]。' },
  },
  {
    capture: QUOTA,
    what: 'figures of the evidence',
    reply: { reply: '配额只有 1 MB，而写入后占用达到 32 MB [e1]。' },
  },
  {
    capture: WORKER,
    what: 'a guess denied by a cause',
    reply: { reply: '不是网络抖动：rss-w2 上的 worker 已不在，连接才被拒绝 [e4]。' },
  },
  {
    capture: WORKER,
    what: 'cost of the rerun',
    reply: { reply: '它上面的 map 输出没有第二份副本，读取失败后该阶段只能重跑 [e6]，因此多花了 1 分 10 秒 [e1]。' },
  },
  {
    capture: WORKER,
    what: 'why no executor died',
    reply: {
      reply: '数据在远程 shuffle 的 worker 上，而不在 executor 上，所以没有 executor 失败也会读取失败 [e4]。',
    },
  },
];
