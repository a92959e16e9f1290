/** Length of the union of time spans `[from, to]`, overlaps counted once; empty and reversed spans count nothing. */
export function unionMs(spans: readonly (readonly [number, number])[]): number {
  return mergedSpans(spans).reduce((sum, [from, to]) => sum + (to - from), 0);
}

/** Spans sorted and merged where they touch or overlap. */
export function mergedSpans(spans: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What of a window no span covers, in order. */
export function gapsIn(from: number, to: number, spans: readonly (readonly [number, number])[]): [number, number][] {
  const gaps: [number, number][] = [];
  let at = from;
  for (const [start, end] of mergedSpans(spans)) {
    if (start > at) gaps.push([at, Math.min(start, to)]);
    at = Math.max(at, end);
    if (at >= to) break;
  }
  if (at < to) gaps.push([at, to]);
  return gaps.filter(([start, end]) => end > start);
}
