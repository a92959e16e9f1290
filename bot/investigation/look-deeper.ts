import type { Platform } from '../../tools/platform/platform.ts';
import { readYarnFacts } from '../../tools/yarn/read-yarn-facts.ts';
import type { FirstLook } from './first-look.ts';

/** As YARN gives them; other schedulers' runs have nothing to ask it for. */
const APPLICATION_ID = /^application_\d{1,16}_\d{1,12}$/;

/**
 * The first look with everything that YARN tells of the chosen run: its own record, its attempts, their containers and the nodes
 * that ran them. In the first look a live cluster is asked for these only of applications that the question names by their whole
 * id; a run found in another way (by its name, by the end of its id, as the only one that failed) gets them here, so that an
 * answer is as deep however the run was named. Gives the same object where there is nothing more to ask: a recording was read
 * whole. What was asked before is not asked again (the platform keeps it).
 */
export async function lookDeeper(
  platform: Platform,
  seen: FirstLook,
  applicationId: string,
  window: { from: number; to: number } | null,
  signal?: AbortSignal,
): Promise<FirstLook> {
  const { yarn } = seen;
  if (platform.kind !== 'live' || yarn === null || !APPLICATION_ID.test(applicationId)) return seen;
  if (yarn.scope.applicationIds?.includes(applicationId)) return seen;
  const again = await readYarnFacts(
    platform,
    { applicationIds: [applicationId], ...(window ? { window } : {}) },
    signal,
  );
  if (again.outcome !== 'ok') return seen;
  const before = new Set(yarn.skipped);
  return {
    ...seen,
    yarn: again.value,
    // What the first round said of its own scope ("none of them is …") is not true of this one.
    skipped: [...seen.skipped.filter((note) => !before.has(note)), ...again.value.skipped],
    toolCalls: seen.toolCalls + 1,
  };
}
