import type { IncidentKey } from './incident.ts';

/**
 * Failures of one component further apart than this are two incidents. Retries, restarts and the next runs of an hourly schedule's neighbours
 * fall within half an hour; in the recorded incidents the same shuffle worker is lost twice 49 minutes apart, and these are two.
 */
export const MAX_GAP_MS = 30 * 60_000;
/** An incident does not grow beyond a shift: a chain of small gaps would tie the morning's trouble to the night's. */
export const MAX_SPAN_MS = 6 * 3_600_000;

/** From the first to the last failure of an incident. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** True when a failure at a time belongs to what spans from the first to the last: near it, and it does not grow too long. */
export function withinReach(span: Span, failedAtMs: number): boolean {
  const grown = extend(span, failedAtMs);
  return (
    failedAtMs >= span.fromMs - MAX_GAP_MS &&
    failedAtMs <= span.toMs + MAX_GAP_MS &&
    grown.toMs - grown.fromMs <= MAX_SPAN_MS
  );
}

export function extend(span: Span, failedAtMs: number): Span {
  return { fromMs: Math.min(span.fromMs, failedAtMs), toMs: Math.max(span.toMs, failedAtMs) };
}

/** One text for one key: equal texts, equal keys. */
export function keyText({ kind, id, family, cluster }: IncidentKey): string {
  return JSON.stringify([cluster, kind, id, family]);
}

/** A case to be grouped. */
export interface GroupedCase {
  caseId: string;
  key: IncidentKey;
  failedAtMs: number;
}

/** Groups cases into incidents, whatever their order: by key, then along time. The store asks `withinReach` as each case comes in. */
export function groupIncidents(cases: readonly GroupedCase[]): { key: IncidentKey; span: Span; cases: string[] }[] {
  const inOrder = [...cases].sort((a, b) => a.failedAtMs - b.failedAtMs);
  const groups: { key: IncidentKey; span: Span; cases: string[] }[] = [];
  const last = new Map<string, (typeof groups)[number]>();
  for (const { caseId, key, failedAtMs } of inOrder) {
    const text = keyText(key);
    const group = last.get(text);
    if (group && withinReach(group.span, failedAtMs)) {
      group.span = extend(group.span, failedAtMs);
      group.cases.push(caseId);
      continue;
    }
    const fresh = { key, span: { fromMs: failedAtMs, toMs: failedAtMs }, cases: [caseId] };
    groups.push(fresh);
    last.set(text, fresh);
  }
  return groups;
}
