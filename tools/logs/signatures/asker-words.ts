import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { ALL_BUT_ASKER } from './trusted-writers.ts';

/**
 * What a person describes in a question that brings no log: progress that stands still at the end, words for pressure. It
 * only suggests; where the platform can be read, its own records decide and these never speak.
 */
export const ASKER_WORD_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'asker/last-tasks-hang',
    code: 'skew.join_key',
    symptom: 'slow',
    literals: [
      'stuck at ',
      'stuck on ',
      'stuck in ',
      'hangs at ',
      'hangs on ',
      'hanging at ',
      'last task',
      'last few task',
      'last two task',
      'only one task',
      'one task takes',
      'one task runs',
      'single task ',
      '最后一个 task',
      '最后一个task',
      '最后一个任务',
      '最后几个 task',
      '最后几个task',
      '最后几个任务',
      '一直卡在',
      '卡在了 ',
      '卡在 1',
      '卡在 9',
      '卡在99',
      '卡在19',
    ],
    pattern: [
      /(?:stuck (?:at|on|in)|hang(?:s|ing) (?:at|on)|卡在了?) ?[^\n]{0,40}?\(?(?<done>\d{2,7}) ?(?:\+ ?\d{1,4}\) ?)?\/ ?(?<all>\d{2,7})\b/i,
      /\b(?:last|one|single)(?: few| two)? tasks? [^\n]{0,60}(?:hour|minute|forever|never|hang|stuck|long)/i,
      /最后[一几]个 ?(?:task|任务)[^\n]{0,40}(?:慢|卡|不动|很久|小时|分钟)/i,
    ],
    unless: /\bis it skew\?/i,
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 41,
    inferredOnly: true,
    seenIn: 'questions of the kind of q014',
    say: {
      en: 'By the description a few last tasks run far longer than all others: their partitions hold most of the rows',
      zh: '据描述，最后少数几个任务远慢于其他任务：它们的分区占了大部分数据',
    },
    read: lastTasks,
  }),
  statementSignature({
    id: 'asker/back-pressure',
    code: 'streaming.backpressure',
    symptom: 'slow',
    literals: [
      'ackpressured',
      'ack pressure',
      'ack-pressure',
      'ackpressure high',
      'ackpressure is high',
      'high backpressure',
      '反压严重',
      '反压很高',
      '严重反压',
      '一直反压',
      '持续反压',
      '反压 100',
      '反压100',
    ],
    pattern: [
      /[bB]ack[ -]?pressured?\b[^\n]{0,30}(?:high|100 ?%|severe)/,
      /(?:high|100 ?%|severe) back[ -]?pressure/i,
      /(?:严重|一直|持续)反压|反压 ?(?:严重|100 ?%|很高)/,
    ],
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 43,
    inferredOnly: true,
    seenIn: 'capture flow-202 (question); flink web page',
    say: {
      en: 'By the description an operator is back-pressured: one further down cannot keep up',
      zh: '据描述算子出现反压：它的下游处理不过来',
    },
  }),
  statementSignature({
    id: 'asker/watermark-stands',
    code: 'streaming.watermark_stalled',
    symptom: 'slow',
    literals: [
      'atermark is not',
      'atermark not',
      'atermark stuck',
      'atermark is stuck',
      'atermark does not',
      'atermark stays',
      'atermark stalled',
      'atermark no longer',
      'No Watermark',
      '水位线不动',
      '水位线一直',
      '水位线卡住',
      '水位线不前进',
      'watermark不',
      'watermark 不',
      'watermark一直',
      'watermark 一直',
    ],
    pattern: [
      /[wW]atermark (?:(?:is|does) )?(?:not (?:advanc|mov|progress|chang)\w{0,5}|stuck|stalled|stays|no longer)/,
      /\bNo Watermark\b/,
      /(?:[wW]atermark|水位线) ?(?:一直)?(?:不动|不前进|不更新|不推进|卡住)/,
    ],
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 43,
    inferredOnly: true,
    seenIn: 'flink web page ("No Watermark"); capture flow-206 (truth)',
    say: {
      en: 'By the description the watermark does not advance: an idle or late source holds it back',
      zh: '据描述水位线不前进：有空闲或迟到的数据源拖住了它',
    },
  }),
];

/** At least 95 % done, and not all: the end of a stage, not its middle. */
function lastTasks(groups: Groups): Details | null {
  const done = wholeOf(groups.done);
  const all = wholeOf(groups.all);
  if (done === undefined || all === undefined) return {};
  if (done >= all || done < 0.95 * all) return null;
  return { values: present({ tasksDone: done, taskCount: all }) };
}
