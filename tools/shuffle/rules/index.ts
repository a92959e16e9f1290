import type { ShuffleRule } from '../shuffle-rule.ts';
import { congested } from './congested.ts';
import { dataLost } from './data-lost.ts';
import { leftByChoice } from './left-by-choice.ts';
import { masterUnreachable } from './master-unreachable.ts';
import { noSlots } from './no-slots.ts';
import { partitionSplit } from './partition-split.ts';
import { pushPaused } from './push-paused.ts';
import { quotaUsedUp } from './quota-used-up.ts';
import { serviceMismatch } from './service-mismatch.ts';
import { stalled } from './stalled.ts';
import { workerGone } from './worker-gone.ts';

/** Every rule of the shuffle area that looks for trouble. A rule that is not in this list does not exist. */
export const SHUFFLE_RULES: readonly ShuffleRule[] = [
  serviceMismatch,
  masterUnreachable,
  quotaUsedUp,
  noSlots,
  leftByChoice,
  dataLost,
  workerGone,
  pushPaused,
  stalled,
  congested,
  partitionSplit,
];
