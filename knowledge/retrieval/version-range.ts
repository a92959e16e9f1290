/**
 * Whether a document written for certain versions serves a reader who runs others. What a document does not speak of does not
 * keep it out.
 *
 * @param engines versions by engine as JSON, such as `{"spark":"2.4–4.0"}`: a range, `3.1+`, or one version
 * @param running versions by engine of the reader, such as `{ spark: '3.5.1' }`
 */
export function isForVersions(engines: string, running: Readonly<Record<string, string>> | undefined): boolean {
  if (running === undefined || engines === '' || engines === '{}') return true;
  const written = JSON.parse(engines) as Record<string, string>;
  return Object.entries(running).every(([engine, version]) => {
    const range = Object.hasOwn(written, engine) ? written[engine] : undefined;
    return range === undefined || isWithin(version, range);
  });
}

function isWithin(version: string, range: string): boolean {
  const [from = '', to] = range.split(/\s*(?:–|—|\.\.|\bto\b| - |-)\s*/);
  if (to === undefined)
    return from.endsWith('+') ? compare(version, from.slice(0, -1)) >= 0 : compare(version, from) === 0;
  return compare(version, from) >= 0 && compare(version, to) <= 0;
}

/** Compares as many parts as the bound has: 3.5.1 lies within "up to 3.5". */
function compare(version: string, bound: string): number {
  const bounds = numbers(bound);
  const given = numbers(version);
  for (const [at, part] of bounds.entries()) {
    const difference = (given[at] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbers = (text: string) => (text.match(/\d{1,6}/g) ?? []).slice(0, 4).map(Number);
