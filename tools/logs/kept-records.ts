import type { TextRecord } from '../evidence/text-record.ts';
import { parsePrefix } from './parse-prefix.ts';
import type { TimeContext } from './parse-time.ts';

/** What kind of thing a record was kept for; each has a share of its own that the others cannot take. */
export type KeepRole = 'failure' | 'warning' | 'progress' | 'milestone';

/** How much of one log may be kept. */
export interface KeepLimits {
  /** Records of one text (digits and ids aside) that are kept singly, each with its own ids; more are only counted. */
  perText: Readonly<Record<KeepRole, number>>;
  /** Records kept in all. */
  records: Readonly<Record<KeepRole, number>>;
  /** Text kept, in characters. */
  textChars: number;
}

/** Enough for any diagnosis of one process; a record is 200 to 4,000 characters. */
export const PROCESS_LIMITS: KeepLimits = {
  perText: { failure: 24, warning: 24, progress: 24, milestone: 300 },
  records: { failure: 2_000, warning: 800, progress: 800, milestone: 1_500 },
  textChars: 24 << 20,
};

/** A daemon serves many applications, and who took whose place is told by the other ones' lines. */
export const DAEMON_LIMITS: KeepLimits = {
  perText: { failure: 200, warning: 200, progress: 2_000, milestone: 5_000 },
  records: { failure: 5_000, warning: 5_000, progress: 20_000, milestone: 20_000 },
  textChars: 64 << 20,
};

/** So many records of one text are few. */
const FEW = 8;

/** Records of one text. */
export interface FoldedText {
  records: TextRecord[];
  /** Seen beyond those kept. */
  more: number;
  role: KeepRole;
  /** Beginning of the last line seen beyond those kept, for its time. */
  lastLine: string;
}

/** What is handed over when a log was scanned in pieces. */
export interface KeptSummary {
  texts: Map<number, FoldedText>;
  /** Records that were not kept because a limit was reached. */
  overLimit: number;
}

/**
 * The records of one log worth keeping, within limits: the first of each text stay, so that neither repeats nor later echoes push the
 * first failure out, and failures have a share of their own that other lines cannot take.
 */
export class KeptRecords {
  private readonly limits: KeepLimits;
  private readonly texts = new Map<number, FoldedText>();
  private readonly counts: Record<KeepRole, number> = { failure: 0, warning: 0, progress: 0, milestone: 0 };
  private chars = 0;
  private overLimit = 0;

  constructor(limits: KeepLimits) {
    this.limits = limits;
  }

  /** True when one more record of this text is to be kept; else it is counted here. */
  wants(key: number, role: KeepRole, lastLine: () => string): boolean {
    const text = this.texts.get(key);
    // A text not seen before finds room also when common ones have taken their share.
    const share = this.limits.records[role] * ((text?.records.length ?? 0) < FEW ? 2 : 1);
    const hasRoom = this.counts[role] < share && this.chars < this.limits.textChars;
    if (hasRoom && (text === undefined || text.records.length < this.limits.perText[role])) return true;
    if (text === undefined) this.overLimit += 1;
    else {
      text.more += 1;
      text.lastLine = lastLine();
    }
    return false;
  }

  /** The records of a text, when some were kept. */
  find(key: number): FoldedText | undefined {
    return this.texts.get(key);
  }

  add(key: number, role: KeepRole, records: readonly TextRecord[]): void {
    if (records.length === 0) return;
    this.counts[role] += records.length;
    for (const record of records) this.chars += record.text.length + record.quote.excerpt.length;
    const text = this.texts.get(key);
    if (text) text.records.push(...records);
    else this.texts.set(key, { records: [...records], more: 0, role, lastLine: '' });
  }

  summary(): KeptSummary {
    return { texts: this.texts, overLimit: this.overLimit };
  }
}

/** Joins what several pieces of one log kept, in the order of the log. */
export function mergeKept(pieces: readonly KeptSummary[], limits: KeepLimits): KeptSummary {
  const texts = new Map<number, FoldedText>();
  let overLimit = 0;
  for (const piece of pieces) {
    overLimit += piece.overLimit;
    for (const [key, text] of piece.texts) {
      const known = texts.get(key);
      if (!known) {
        texts.set(key, { ...text, records: [...text.records] });
        continue;
      }
      const room = Math.max(0, limits.perText[known.role] - known.records.length);
      known.records.push(...text.records.slice(0, room));
      known.more += text.more + Math.max(0, text.records.length - room);
      known.lastLine = text.lastLine || known.lastLine;
    }
  }
  return { texts, overLimit };
}

/** The kept records in the order of the log; the first of a text carries the count and the last time of those left out. */
export function orderedRecords(kept: KeptSummary, context: TimeContext): TextRecord[] {
  const records: TextRecord[] = [];
  for (const { records: ofText, more, lastLine } of kept.texts.values()) {
    const [first, ...rest] = ofText;
    if (!first) continue;
    const lastAt = more > 0 ? (parsePrefix(lastLine, context)?.at ?? first.lastAt) : first.lastAt;
    records.push(more > 0 ? { ...first, count: first.count + more, lastAt } : first, ...rest);
  }
  return records.sort((a, b) => a.order - b.order);
}
