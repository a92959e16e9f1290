import type { Language } from '../../knowledge/bilingual.ts';

/** One part of a message, read without a model. `text` is the part as the asker wrote it. */
export type Ask = { text: string } & (
  | { kind: 'new_question' }
  /** Another run of the same job: by id, of a time that is named, or the one before. */
  | { kind: 'other_run'; applicationId: string | null }
  /** Look again: what runs may have gone on. */
  | { kind: 'look_again' }
  /** The run of the case beside the last one of its job that went well. */
  | { kind: 'compare' }
  /** Files that came with a message belong to the run that is spoken of. */
  | { kind: 'with_files' }
  | { kind: 'theory' }
  | { kind: 'what_if' }
  /** Ids that are named; none: what proves the cause. */
  | { kind: 'evidence'; ids: readonly string[] }
  | { kind: 'remedy'; side: 'user' | 'platform' | null }
  | { kind: 'responsible' }
  | { kind: 'where_time_went' }
  | { kind: 'what_was_checked' }
  /** The answer of the case once more. */
  | { kind: 'explain' }
  | { kind: 'in_language'; language: Language }
  | { kind: 'how_to' }
  | { kind: 'greeting' | 'thanks' | 'goodbye' }
  /** A wish to begin anew, or that things be forgotten. */
  | { kind: 'forget' }
  /** A wish that something be restarted, changed or repaired. */
  | { kind: 'act' }
  /** An order to the assistant: data like everything else. */
  | { kind: 'order' }
  | { kind: 'out_of_scope' }
  /** About the case, and none of the above: a model may know what to say. */
  | { kind: 'open' }
);
