import type { SignatureCase } from './signature-case.ts';

export const ASKER_WORD_CASES: readonly SignatureCase[] = [
  {
    id: 'asker/last-tasks-hang',
    code: 'skew.join_key',
    seen: 'made up, in the words of people who ask',
    by: 'asker',
    kind: 'inferred',
    values: { tasksDone: 199, taskCount: 200 },
    text: 'My join is stuck at 199/200 for two hours, all other tasks took a minute.',
  },
  {
    id: 'asker/last-tasks-hang',
    code: 'skew.join_key',
    seen: 'made up, in the words of people who ask',
    by: 'asker',
    text: '最后一个 task 跑了 3 小时,其他都是几十秒',
  },
  {
    id: 'asker/last-tasks-hang',
    code: 'not this',
    seen: 'near miss: question q019, nothing has run yet',
    by: 'asker',
    text: 'stage 1 一直卡在 (0 + 83) / 83,executor 接连丢失',
  },
  {
    id: 'asker/last-tasks-hang',
    code: 'not this',
    seen: 'near miss: the same words in a log of the platform',
    text: '26/11/21 10:00:00 WARN X: stuck at 199/200',
  },
  {
    id: 'asker/back-pressure',
    code: 'streaming.backpressure',
    seen: 'capture flow-202, the question',
    by: 'asker',
    text: 'user_profile_rt lag keeps growing, source shows backpressured high 100%, I think the kafka source is too slow',
  },
  {
    id: 'asker/back-pressure',
    code: 'not this',
    seen: 'near miss: the asker says there is none (capture flow-206, the question)',
    by: 'asker',
    text: 'search_uv_window_rt 没有输出了,任务一直 RUNNING,checkpoint 也成功,没有反压,是不是 sink 写入有问题?',
  },
  {
    id: 'asker/watermark-stands',
    code: 'streaming.watermark_stalled',
    seen: 'made up, in the words of people who ask',
    by: 'asker',
    text: 'The window emits nothing, the watermark is not advancing since noon.',
  },
];
