import type { Culprit } from '../investigation/what-if/culprit.ts';

/** What an asker would change, as far as words tell. */
export interface AskedChange {
  what: 'memory' | 'slots' | 'without' | 'partitions' | 'unknown';
  /** Times as much; null when no factor was said. */
  factor: number | null;
  /** A size that was named, in bytes; null when none was. */
  toBytes: number | null;
  /** A setting that was named; null when none was. */
  key: string | null;
  /** Kinds that would be gone, for `without`. */
  culprits: readonly Culprit['kind'][];
}

const FACTORS: readonly { words: RegExp; factor: number }[] = [
  { words: /\b(?:doubl\w+|twice|2 ?x|two times)\b|翻倍|加倍|翻一番|两倍|2\s?倍/i, factor: 2 },
  { words: /\b(?:tripl\w+|three times|3 ?x)\b|三倍|3\s?倍/i, factor: 3 },
  { words: /\b(?:quadrupl\w+|four times|4 ?x)\b|四倍|4\s?倍/i, factor: 4 },
  { words: /\b(?:halv\w+|half)\b|减半|一半/i, factor: 0.5 },
];
const SIZE = /(\d{1,7}(?:\.\d{1,3})?)\s?(k|m|g|t)i?b?\b/i;
const UNIT: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };
const KEY = /\b(?:spark|yarn|mapreduce|hive)\.[A-Za-z][\w.-]{2,120}/;

const GONE: readonly { words: RegExp; kinds: readonly Culprit['kind'][] }[] = [
  { words: /skew|heavy key|hot key|倾斜|热点/i, kinds: ['skew_tail'] },
  { words: /\bgc\b|garbage|垃圾回收/i, kinds: ['gc'] },
  { words: /spill|溢写|落盘/i, kinds: ['spill'] },
  { words: /fetch|shuffle|拉取/i, kinds: ['fetch_wait'] },
  { words: /retr|rework|done again|重试|重做/i, kinds: ['rework'] },
  { words: /slow (?:host|node|machine)|(?:慢|坏)(?:节点|机器|主机)/i, kinds: ['slow_host'] },
  { words: /commit|output files|提交/i, kinds: ['commit'] },
  { words: /driver/i, kinds: ['driver_gap'] },
  {
    words: /more (?:data|input)|usual (?:data|input)|less (?:data|input)|数据(?:量)?(?:没|不)?(?:变|增)|数据少/i,
    kinds: ['usual_input'],
  },
];

/** Reads what would be changed from the words of a what-if. */
export function readChange(text: string): AskedChange {
  const size = SIZE.exec(text);
  const toBytes = size ? Math.round(Number(size[1]) * (UNIT[(size[2] ?? 'm').toLowerCase()] ?? 1)) : null;
  const key = KEY.exec(text)?.[0].replace(/[.-]+$/, '') ?? null;
  const factor = FACTORS.find(({ words }) => words.test(text))?.factor ?? null;
  const base = { factor, toBytes, key, culprits: [] };
  const gone = GONE.find(({ words }) => words.test(text));
  if (
    gone &&
    /without|no more|gone|removed?|were no|had no|had not|fixed|was (?:fine|even)|没有|去掉|不(?:是|再|会)|消除|修好|解决/i.test(
      text,
    )
  )
    return { ...base, what: 'without', culprits: gone.kinds };
  if (/memory|heap|overhead|\bram\b|内存|堆/i.test(text)) return { ...base, what: 'memory' };
  if (/executors?|cores?|slots?|cpus?|machines|nodes|instances|parallelism|执行器|核|节点|机器|并行/i.test(text))
    return { ...base, what: 'slots' };
  if (/partitions?|\baqe\b|broadcast|分区|广播/i.test(text)) return { ...base, what: 'partitions' };
  if (gone) return { ...base, what: 'without', culprits: gone.kinds };
  return { ...base, what: 'unknown' };
}
