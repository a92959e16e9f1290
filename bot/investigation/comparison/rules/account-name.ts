import type { Bilingual } from '../../../../knowledge/bilingual.ts';
import type { LedgerAccount } from '../../ledger-accounts.ts';

const NAMES: Readonly<Record<LedgerAccount, Bilingual>> = {
  queue_wait: { en: 'waiting in the queue', zh: '排队等待' },
  executor_wait: { en: 'waiting for executors', zh: '等待执行器' },
  driver: { en: 'time in which only the driver worked', zh: '只有驱动程序在工作的时间' },
  scheduling: { en: 'scheduling', zh: '调度' },
  compute: { en: 'computing', zh: '计算' },
  gc: { en: 'garbage collection', zh: '垃圾回收' },
  fetch_wait: { en: 'waiting for shuffled data', zh: '等待 Shuffle 数据' },
  shuffle_write: { en: 'writing shuffle files', zh: '写 Shuffle 文件' },
  spill: { en: 'spilling', zh: '溢写' },
  serialisation: { en: 'serialisation', zh: '序列化' },
  input_wait: { en: 'reading input', zh: '读取输入' },
  skew_tail: { en: 'the tail of skewed tasks', zh: '倾斜任务的尾巴' },
  rework: { en: 'work done again', zh: '重做的工作' },
  commit: { en: 'committing the output', zh: '提交输出' },
  idle: { en: 'idle cores', zh: '空闲的核' },
};

/** An account as a part of a sentence. */
export function accountName(account: LedgerAccount): Bilingual {
  return NAMES[account];
}
