import type { TheoryEntry } from './theory-entry.ts';
import { MEMORY_THEORIES } from './theory-memory.ts';
import { PLATFORM_THEORIES } from './theory-platform.ts';
import { SERVICE_THEORIES } from './theory-services.ts';
import { WORK_THEORIES } from './theory-work.ts';

/**
 * Every idea that is understood, the more special before the more general: the words of a hit are taken and not read again by
 * a later entry.
 */
export const THEORY_LEXICON: readonly TheoryEntry[] = [
  ...SERVICE_THEORIES,
  ...WORK_THEORIES,
  ...PLATFORM_THEORIES,
  ...MEMORY_THEORIES,
];
