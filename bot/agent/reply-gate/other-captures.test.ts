import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchCapture, CAPTURES } from './bench-fixture.ts';

/**
 * Sentences typed by hand about recorded incidents: those that stand and those that must not. They were a test of rules that did not know them: all ten
 * stood, eight of the fifteen fell; the rules were widened by the other seven.
 */
const CASES: Readonly<Record<string, { stand: readonly string[]; fall: readonly string[] }>> = {
  'cache-211': {
    stand: [
      'A local disk of the worker ran full when a task wanted to spill, so the write failed [e1].',
      'Your gateway has free space, but the disk that filled up is another one, on the worker [e2].',
      'Free space on that disk, or spread the work directories over larger ones.',
    ],
    fall: [
      'The disk quota of your HDFS directory is exhausted [e1].',
      'An administrator removed the mount by mistake [e2].',
      'Your Spark version has a known bug in the sorter [e1].',
      'Ask the vendor for a hotfix and restart every NodeManager [e1].',
      'The hard drive is dying and must be replaced [e2].',
    ],
  },
  'celeborn-002': {
    stand: [
      '某个 Celeborn worker 已不在，它上面的 map 输出没有第二份副本，所以 reduce 读取失败并重跑了阶段 [e1]。',
      '这不是网络抖动：连接被拒绝是因为 worker 已不在 [e4]。',
      '重跑多花了 1 分 10 秒 [e1]。',
      '建议为推送的数据保留第二副本，这样丢失一个 worker 时无需重跑。',
    ],
    fall: [
      '交换机端口错误包过多，造成读取失败 [e1]。',
      '数据库连接池耗尽是主要原因 [e1]。',
      '运维误删了 worker 的数据目录 [e6]。',
      '应该更换网卡 [e1]。',
      '这是用户代码的责任 [e1]。',
    ],
  },
  'slow-001': {
    stand: [
      'Stage 6 had to wait for a single task that held about half of all rows [e3].',
      'Most of the additional time, 1 min 53 s, went into this wait [e6].',
      'Nothing speaks for a bad node: records were processed at nearly the usual rate [e3].',
    ],
    fall: [
      'A noisy neighbour on the same rack stole the bandwidth [e3].',
      'The upgrade of last night introduced a regression in the optimizer [e6].',
      'Someone scheduled a full compaction at the same time [e6].',
      'Kafka lag piled up before the run [e3].',
      'The scheduler queue was starved by a bigger tenant [e6].',
    ],
  },
};

describe.skipIf(!existsSync(CAPTURES))('sentences about recorded incidents', { timeout: 60_000 }, () => {
  it.each(Object.entries(CASES))('%s', async (prefix, { stand, fall }) => {
    const { judge } = await benchCapture(readdirSync(CAPTURES).find((name) => name.startsWith(prefix)) ?? prefix);
    const kept = (reply: string) => judge({ reply }).reply.replace(/\s/g, '');
    for (const reply of stand) expect(kept(reply), reply).toBe(reply.replace(/\s/g, ''));
    for (const reply of fall) expect(kept(reply), reply).toBe('');
  });
});
