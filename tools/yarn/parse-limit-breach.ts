import type { Evidence } from '../evidence/evidence.ts';
import type { Quote } from '../evidence/quote.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { LimitBreach } from './container-history.ts';
import { isPython, type PlacedRow, parseProcessTree } from './parse-process-tree.ts';
import { parseHadoopSize } from './parse-yarn-sizes.ts';
import { findContainerId } from './yarn-ids.ts';

/**
 * The NodeManager's statement when its polling check kills (`ContainersMonitorImpl`; reference platform-texts-and-interfaces.md
 * C4): 2.x `is running beyond physical memory limits.`, 3.x `is running 47140864B beyond the 'PHYSICAL' memory limit.`
 */
const BREACH =
  /Container \[pid=(\d{1,10}),containerID=(container_\w{1,80})\] is running (?:(\d{1,19})B )?beyond (?:the )?'?(physical|virtual)'? memory limits?\. Current usage: ([\d.]{1,20} ?[KMGTPE]?B?) of ([\d.]{1,20} ?[KMGTPE]?B?) physical memory used; ([\d.]{1,20} ?[KMGTPE]?B?) of ([\d.]{1,20} ?[KMGTPE]?B?) virtual memory used/i;

/** Where a text was read, so that pieces of it can be quoted. */
export interface TextPlace {
  evidence: Evidence;
  /** Set when the evidence's excerpt is the beginning of the very text (a log record); absent for unescaped JSON. */
  quote?: Quote;
  at: number | null;
}

/** The memory check's statement in a text, with the process tree behind it; `null` when there is none. */
export function parseLimitBreach(text: string, place: TextPlace): LimitBreach | null {
  const hit = BREACH.exec(text);
  const id = hit ? findContainerId(hit[2] ?? '') : null;
  if (!hit || !id) return null;
  const [physicalUsedBytes, physicalLimitBytes, virtualUsedBytes, virtualLimitBytes] = [5, 6, 7, 8].map(
    (group) => parseHadoopSize(hit[group] ?? '') ?? 0,
  ) as [number, number, number, number];
  const kind = hit[4]?.toLowerCase() === 'virtual' ? 'virtual' : 'physical';
  const rows = parseProcessTree(text, physicalUsedBytes);
  return {
    kind,
    containerId: id.containerId,
    pid: Number(hit[1]),
    usedBytes: kind === 'virtual' ? virtualUsedBytes : physicalUsedBytes,
    limitBytes: kind === 'virtual' ? virtualLimitBytes : physicalLimitBytes,
    overBytes: hit[3] === undefined ? null : Number(hit[3]),
    physicalUsedBytes,
    physicalLimitBytes,
    virtualUsedBytes,
    virtualLimitBytes,
    processes: rows.map(({ start: _start, end: _end, ...row }) => row),
    at: place.at,
    evidence: breachEvidence(text, hit.index, hit[0].length, place),
    pythonEvidence: pythonEvidence(text, rows, place),
  };
}

function breachEvidence(text: string, start: number, length: number, place: TextPlace): Evidence {
  if (!place.quote || start === 0) return place.evidence;
  return { ...place.evidence, ...quotePiece(text, place.quote.source, start, start + length, place.quote.fromLine) };
}

function pythonEvidence(text: string, rows: readonly PlacedRow[], place: TextPlace): Evidence | null {
  const largest = rows
    .filter((row) => isPython(row))
    .reduce<PlacedRow | null>((best, row) => (best === null || row.rssBytes > best.rssBytes ? row : best), null);
  if (!largest) return null;
  if (!place.quote) return place.evidence;
  return {
    ...place.evidence,
    ...quotePiece(text, place.quote.source, largest.start, largest.end, place.quote.fromLine),
  };
}
