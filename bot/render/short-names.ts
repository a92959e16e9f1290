/** Names of files that say nothing without the folder they lie in. */
const GENERIC =
  /^(?:std(?:out|err)|syslog|gc\.log|status|prelaunch\.(?:out|err)|(?:memory|cpu|pids|io|cgroup|blkio)\..*|events.*|launch_container\.sh)$/;

/**
 * A source as a reader needs it: the file's name, the folder before it where the name alone says nothing, the host where the name
 * does not hold it. The whole path stands in the JSON and in the evidence list of the HTML page.
 */
export function shortSource(source: string): string {
  const parts = source.split('/');
  const [room = '', place = ''] = parts;
  const name = nameOf(parts);
  if (room === 'http' && parts.length > 2)
    return shortIds(`${place} ${name.replace(/@\d{8}T\d{6}Z(?=\.|$)/, '').replace(/\.json$/, '')}`);
  if (room !== 'hosts' || parts.length < 3) return shortIds(name);
  return shortIds(name.includes(place) ? name : `${place} ${name}`);
}

function nameOf(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  const folder = parts.at(-2);
  return folder !== undefined && parts.length > 3 && GENERIC.test(last) ? `${folder}/${last}` : last;
}

/** Ids of YARN with the cluster's part left out, and hashes cut to the twelve digits by which tools name them. */
export function shortIds(text: string): string {
  return text
    .replace(/\b(application|job|appattempt)_\d{10,16}_(\d{4,10})(?=\D|$)/g, '$1_…_$2')
    .replace(/\bcontainer_(?:e\d{1,6}_)?\d{10,16}_\d{4,10}_\d{2,5}_(\d{6,12})/g, 'container_…_$1')
    .replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}
