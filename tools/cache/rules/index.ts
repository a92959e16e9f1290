import type { CacheRule } from '../cache-rule.ts';
import { fuseGone } from './fuse-gone.ts';
import { masterStoodStill } from './master-stood-still.ts';
import { missingBelow } from './missing-below.ts';
import { servedWell } from './served-well.ts';
import { whereBytesCameFrom } from './where-bytes-came-from.ts';
import { workerGone } from './worker-gone.ts';

/** Every rule of the cache area. A rule that is not in this list does not exist. */
export const CACHE_RULES: readonly CacheRule[] = [
  fuseGone,
  workerGone,
  masterStoodStill,
  missingBelow,
  whereBytesCameFrom,
  servedWell,
];
