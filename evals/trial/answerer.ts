import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { MayRead } from '../../bot/investigation/others/veil.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';

/** All that whoever answers is given: nothing of the scenario but its question and its capture. */
export interface PutQuestion {
  question: string;
  platform: Platform;
  attachments: readonly PlatformFile[];
  /** Absent: the asker may read everything. */
  mayRead?: MayRead;
  signal: AbortSignal;
  /** To be called when the first thing is certain: the time to the first card. */
  onFirst: () => void;
}

/** What is evaluated: the product in one of its variants, or in tests a fool. */
export interface Answerer {
  /** @throws NotRun when the set-up failed (a model that is down), not the answer; whatever else it throws is a crash of the product */
  answer(put: PutQuestion): Promise<Diagnosis>;
}

/** The trial could not be made: counted apart, never as a wrong answer. */
export class NotRun extends Error {}
