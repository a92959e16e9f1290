import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';

/** Systems a question talks about; some words mean another thing there. */
export const TOPICS = {
  remoteShuffle: /celeborn|uniffle|\brss\b/i,
  shuffle: /celeborn|uniffle|\brss\b|\bshuffle\b/i,
  cache: /alluxio|\bfuse\b|juicefs|jindo|\bnas\b|\bufs\b|缓存/i,
  workflow: /airflow|aiflow|\bdags?\b|\bscheduler\b|调度器|\bsensor\b|(?:task|attempt) .{0,20}(?:queued|retr)/i,
  streaming: /flink|checkpoint|taskmanager|\btms?\b|watermark|kafka|_rt\b|反压|检查点|\bsink\b/i,
  objectStore: /\bs3a?\b|\boss\b|\bcos\b|\bobs\b|\bgcs\b|bucket|对象存储/i,
} as const;

export type Topic = keyof typeof TOPICS;

/** One idea that askers have, in the words they use for it. */
export interface TheoryEntry {
  /** `null`: an idea of the cause that no code of the catalogue stands for. */
  code: CauseCode | null;
  /** What the asker names, in one clause. Linear: no nested repetition. */
  names: RegExp;
  /** Only where the question is about this system. */
  topic?: Topic;
  /** Only when slowness is asked about, or only when it is not. */
  when?: 'slowness' | 'trouble';
  /** The words themselves deny (`nothing changed`); else the clause decides. */
  polarity?: 'denies';
  /** The kind of the cause that the words name, as a finding tells it in `values.reason`, such as `port_taken`. */
  reason?: string;
  /** A loose guess (`Celeborn is broken`) that every cause with this beginning of its code bears out. */
  family?: string;
  /** A plain statement is a theory already (`the executor was preempted`); else it needs a word of suspicion. */
  stated?: true;
}
