import type { GroupFacts } from '../host/cgroup-facts.ts';

/** Paths that have a group below them among the groups given: the others are leaves. */
export function parentPaths(groups: readonly GroupFacts[]): ReadonlySet<string> {
  const parents = new Set<string>();
  for (const { path } of groups) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at);
      if (parents.has(parent)) break;
      parents.add(parent);
    }
    if (path !== '/') parents.add('/');
  }
  return parents;
}
