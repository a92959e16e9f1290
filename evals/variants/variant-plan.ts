import type { Answerer } from '../trial/answerer.ts';
import type { Ask } from '../trial/ask.ts';
import type { Trial } from '../trial/trial.ts';

/** What a variant puts to whom. */
export interface VariantPlan {
  /** Whether the variant has an answer to give to an ask: `scripted` only where turns were written down. */
  takes(ask: Ask): boolean;
  /** The same ask may be answered otherwise the next time. */
  isRepeated: boolean;
  /** Makes ready what answers; once in each worker. */
  open(share: WorkerShare): Promise<OpenVariant>;
}

/** What one worker may use of what all may use together, and what all have made before. */
export interface WorkerShare {
  /** How many workers share the limits. */
  workers: number;
  limits: LiveLimits;
  /** Trials of a run that is taken up again, of all workers. */
  made: readonly Trial[];
}

/** What a run against a model may use, all workers together. */
export interface LiveLimits {
  /** In USD, what was spent before the run was taken up again among it; null: not limited. */
  maxUsd: number | null;
  /** Questions a minute; null: as fast as they are answered. */
  perMinute: number | null;
}

/** What answers while a worker is at it. */
export interface OpenVariant {
  /** Who answers this ask. */
  answererOf(ask: Ask, attempt: number): Answerer;
  close(): Promise<void>;
}
