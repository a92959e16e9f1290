import type { YarnApplication } from './application-facts.ts';
import type { YarnFacts, YarnScope } from './facts.ts';
import { matchApplicationName, nameWords } from './match-application-name.ts';

/** Which applications a scope means, of those known: ids first, else the run that its name and window fit best. */
export function resolveAsked(
  applications: readonly YarnApplication[],
  scope: YarnScope,
): Pick<YarnFacts, 'asked' | 'ambiguous' | 'candidates'> {
  const ids = scope.applicationIds ?? [];
  if (ids.length > 0) {
    const known = new Set(applications.map((application) => application.id));
    return { asked: ids.filter((id) => known.has(id)), ambiguous: false, candidates: [] };
  }
  if (!scope.name) return { asked: [], ambiguous: false, candidates: [] };
  const runs = matchApplicationName(applications, scope.name, scope);
  const best = runs[0];
  if (!best) return { asked: [], ambiguous: false, candidates: [] };
  const rivals = runs.filter((run) => run.fit === best.fit && run.inWindow === best.inWindow);
  const jobs = new Set(rivals.map((run) => nameWords(run.application.name).join(' ')));
  return {
    asked: [best.application.id],
    ambiguous: jobs.size > 1,
    candidates: runs.map((run) => run.application.id),
  };
}
