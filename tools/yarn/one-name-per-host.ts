/**
 * One name for each host: daemons' logs and REST may write a host short and fully qualified (`bd-node11`,
 * `bd-node11.example.com`). The name the logs are kept under wins, because other areas join on it. Addresses and names whose
 * first label fits several hosts stay as they are.
 *
 * @param preferred names as the recorded or configured hosts have them
 * @param others names as YARN's answers and lines write them
 * @returns for each name that is to be replaced its better one
 */
export function oneNamePerHost(preferred: Iterable<string>, others: Iterable<string>): ReadonlyMap<string, string> {
  const byLabel = new Map<string, string | null>();
  for (const name of new Set(preferred)) {
    const label = firstLabel(name);
    if (label) byLabel.set(label, byLabel.has(label) ? null : name);
  }
  const renamed = new Map<string, string>();
  const labels = Map.groupBy(new Set(others), (name) => firstLabel(name) ?? '');
  for (const [label, names] of labels) {
    const better = byLabel.get(label);
    const different = names.filter((name) => name !== better);
    if (label !== '' && better && different.length === 1 && different[0]) renamed.set(different[0], better);
  }
  return renamed;
}

/** `bd-node11` of `bd-node11.example.com`; `null` for addresses. */
function firstLabel(name: string): string | null {
  if (/^[\d.]+$/.test(name) || name.includes(':')) return null;
  return name.split('.')[0]?.toLowerCase() ?? null;
}
