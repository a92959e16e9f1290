import type { Ownership } from './ownership.ts';
import { mayRead, type Viewer } from './viewer.ts';

/**
 * Whether a kept case may be opened: all runs that it tells of may be read. For follow-ups of another person in its thread, buttons,
 * the case page, hand-offs. Whoever may not is answered as if there were no such case.
 *
 * @param about `ownershipOf` the case
 */
export function mayOpenCase(viewer: Viewer, about: readonly Ownership[]): boolean {
  // A case about no run (a host, a queue, nothing found) tells of the platform; somebody nobody can name does not read that either.
  if (about.length === 0) return viewer.everything || isKnown(viewer);
  return about.every((run) => mayRead(viewer, run));
}

/** Whether rules name this person at all. */
export function isKnown({ everything, platformUsers, groups }: Viewer): boolean {
  return everything || platformUsers.length + groups.length > 0;
}

/**
 * Runbook groups whose documents a viewer may be shown, beside those that everybody is shown.
 *
 * @param common groups of everybody, by setting
 */
export function audienceOf(viewer: Viewer, common: readonly string[]): readonly string[] {
  return [...new Set([...common, ...viewer.groups])];
}
