import type { Ownership } from './ownership.ts';
import { mayRead, type Viewer } from './viewer.ts';

/**
 * Whether a kept case may be opened: all runs that it tells of may be read. For follow-ups of another person in its thread, buttons,
 * the case page, hand-offs. Whoever may not is answered as if there were no such case.
 *
 * @param about `ownershipOf` the case
 * @param begun who began it, and whether where nobody else reads
 */
export function mayOpenCase(
  viewer: Viewer,
  about: readonly Ownership[],
  begun: { asker: string | null; isPrivate: boolean } = { asker: null, isPrivate: false },
): boolean {
  if (about.length === 0) {
    if (viewer.everything || (viewer.slackUser !== '' && begun.asker === viewer.slackUser)) return true;
    // What somebody pasted in private belongs to no run that could say who may read it.
    // A case about no run (a host, a queue, nothing found) tells of the platform; somebody nobody can name does not read that either.
    return !begun.isPrivate && isKnown(viewer);
  }
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
