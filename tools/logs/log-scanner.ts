import type { TextRecord } from '../evidence/text-record.ts';
import type { SectionHeader } from './aggregated-sections.ts';
import { blockAround, type TextBlock } from './block-around.ts';
import { ByteWindow, HISTORY_BYTES } from './byte-window.ts';
import { CloseLooks } from './close-looks.ts';
import { firstTime } from './first-time.ts';
import { foldKey } from './fold-key.ts';
import type { KeepRole } from './kept-records.ts';
import { KnownLines } from './known-lines.ts';
import { LevelFinder } from './level-finder.ts';
import { LineCounter } from './line-counter.ts';
import { type LineLayout, learnLayout } from './line-layout.ts';
import { LineStarts } from './line-starts.ts';
import { type OpenSection, openSection } from './open-section.ts';
import { parsePrefix } from './parse-prefix.ts';
import { readRecords } from './read-records.ts';
import type { RecordOrigin } from './record-origin.ts';
import { returnKernel, type ScanKernel, takeKernel } from './scan-kernel.ts';
import type { ScannedSection, ScanPlan } from './scan-plan.ts';
import { type SectionStart, sectionAt, startsNewContext } from './section-at.ts';
import type { TriggerSet } from './trigger-set.ts';
import { findTrigger, type TriggerHit } from './trigger-table.ts';

/** A longer line is cut. */
export const CAPACITY_BYTES = 4 << 20;
const SMALLEST_BYTES = 1 << 20;
/** Nothing beyond this is decoded for one block; a record keeps less. */
const MAX_BLOCK_BYTES = 1 << 20;
const TAIL_BYTES = 16 << 10;
/** A Spark context that stops, and the JVM behind it, write a dozen lines to a score: what the program said last stands before. */
const TAIL_RECORDS = 32;
/** From here on a full window can move and make room. */
const MOVABLE_BYTES = HISTORY_BYTES + 4096;
const LAST_LINE_BYTES = 96;
/** A record names what it is about in its first lines. */
const ASKED_BYTES = 4096;
const NEWLINE = 10;
const LETTER_W = 87;
/** Owner of a hit that is a level word. */
const LEVEL_WORD = -1;
/** More runs than this in one file are not told apart: the last one takes the rest. */
const MAX_RUNS = 64;
/** A run tells who it is in its first lines. */
const RUN_HEAD_BYTES = 16 << 10;

/**
 * Scans the bytes of a log for what is worth keeping. Between two triggers no byte is decoded: lines are only counted. Around a trigger
 * the whole record is cut out, folded with its like, and read.
 */
export class LogScanner {
  readonly window: ByteWindow;
  private readonly kernel: ScanKernel;
  private readonly plan: ScanPlan;
  private readonly triggers: TriggerSet;
  private readonly done: ScannedSection[] = [];
  private readonly hit: TriggerHit = { at: 0, owner: 0 };
  private readonly levels = new LevelFinder();
  private readonly known = new KnownLines();
  private readonly looks = new CloseLooks();
  private readonly starts = new LineStarts();
  private section: OpenSection | null = null;
  private header: SectionHeader | null = null;
  private contexts = 0;
  /** Everything before is processed; a block never reaches back over it. */
  private floor = 0;
  /** Where the search goes on. */
  private position = 0;
  private readonly lines: LineCounter;
  private skippingLine = false;

  constructor(plan: ScanPlan, triggers: TriggerSet, sizeHintBytes: number, base = 0) {
    this.plan = plan;
    this.triggers = triggers;
    this.kernel = takeKernel(Math.min(CAPACITY_BYTES, Math.max(sizeHintBytes + 64, SMALLEST_BYTES)));
    this.kernel.wordPlaces.set(triggers.table.wordPlaces);
    this.kernel.windows.set(triggers.table.windows);
    this.window = new ByteWindow(this.kernel, base);
    this.lines = new LineCounter(this.kernel, plan.origin.firstLine ?? 1);
    if (plan.sections !== 'aggregated') this.open(plan.origin, plan.layout, 0, null);
  }

  /** Tells that `bytes` more bytes were put into `window.free()`. */
  filled(bytes: number): void {
    const from = this.window.length;
    this.window.length += bytes;
    this.looks.came(bytes);
    if (this.skippingLine) this.skipLine(from);
    this.process(false);
    this.move();
  }

  /** Tells that the log ends here. */
  end(): ScannedSection[] {
    this.kernel.endAt(this.window.length);
    this.process(true);
    this.known.noteLastLines(this.window);
    this.close(this.window.length);
    returnKernel(this.kernel);
    return this.done;
  }

  private process(isLast: boolean): void {
    const { bytes, length } = this.window;
    const lastNewline = length === 0 ? -1 : bytes.lastIndexOf(NEWLINE, length - 1);
    const end = isLast ? length : lastNewline + 1;
    while (this.position < end && this.step(end, isLast));
    if (!isLast && this.window.free().length === 0) this.relieve();
  }

  /** Finds and handles the next trigger; false when more bytes are needed or none is left. */
  private step(end: number, isLast: boolean): boolean {
    if (!this.findNext(end)) {
      this.position = end;
      return false;
    }
    const { at } = this.hit;
    const role = this.triggers.roles[this.hit.owner];
    if (role === 'section' && this.plan.sections !== 'none') {
      const moved = this.handleSection(at, isLast);
      if (moved !== 'no_section') return moved === 'moved';
    }
    const { section } = this;
    if (section === null) {
      this.position = at + 1;
      return true;
    }
    if (this.isProgress() && this.countKnown(at)) return true;
    if (this.passOver(section, at)) return true;
    const limit = section.end === null ? end : Math.min(end, section.end);
    if (at >= limit) return this.passSectionEnd(at);
    return this.takeBlock(section, at, limit, isLast || limit < end);
  }

  /** The next trigger or level word; the word has no owner. */
  private findNext(end: number): boolean {
    const { bytes } = this.window;
    const level = this.triggers.levels ? this.levels.next(bytes, this.position, end) : -1;
    const limit = level === -1 ? end : level;
    if (findTrigger(this.triggers.table, this.kernel, this.position, limit, this.hit)) return true;
    this.hit.at = level;
    this.hit.owner = LEVEL_WORD;
    return level !== -1;
  }

  private passSectionEnd(at: number): boolean {
    if (this.section?.end != null) this.close(this.section.end);
    this.position = at;
    return true;
  }

  private takeBlock(section: OpenSection, at: number, limit: number, isLast: boolean): boolean {
    const block = blockAround(
      this.window.bytes,
      section.layout,
      at,
      Math.max(this.floor, section.start),
      limit,
      this.starts,
    );
    const canWait = !isLast && (this.window.free().length > 0 || block.start > MOVABLE_BYTES);
    if (!block.complete && canWait && block.stop - block.start < MAX_BLOCK_BYTES) {
      this.position = block.start;
      return false;
    }
    const kept = this.keep(section, block);
    this.floor = kept || block.prefixed ? block.stop : block.hitLineEnd;
    this.position = this.floor;
    return true;
  }

  /** Keeps a block, unless its text was kept often enough or its time is not asked for. */
  private keep(section: OpenSection, block: TextBlock): boolean {
    const { bytes } = this.window;
    const lines = this.kernel.newlines(block.start, block.stop);
    section.recordCount -= Math.max(0, lines - 1);
    if (this.isOutside(section, block)) return true;
    const keyEnd = block.prefixed ? block.stop : block.hitLineEnd;
    const asked = this.isAskedFor(block);
    const textKey = foldKey(bytes, block.prefixed ? block.start : block.hitLineStart, keyEnd);
    const key = asked ? -textKey : textKey;
    const role = asked ? 'milestone' : this.roleOfHit();
    const lastLine = () => bytes.toString('latin1', block.start, Math.min(block.stop, block.start + LAST_LINE_BYTES));
    if (!section.kept.wants(key, role, lastLine)) {
      this.looks.wasVain();
      const text = section.kept.find(key);
      if (text && this.isProgress())
        this.known.repeated(this.known.keyOf(this.window, block.hitLineStart, this.hit.owner), text);
      return false;
    }
    if (this.isProgress()) this.known.surprised(this.known.keyOf(this.window, block.hitLineStart, this.hit.owner));
    const records = this.read(section, block.start, Math.min(block.stop, block.start + MAX_BLOCK_BYTES));
    section.recordCount += Math.max(0, records.length - 1);
    section.kept.add(key, role, records);
    return true;
  }

  /** A hit on a line that neither warns nor fails by itself. */
  private isProgress(): boolean {
    const role = this.triggers.roles[this.hit.owner];
    return role === 'progress' || role === 'milestone';
  }

  /** Counts one more of a line that is known to bring nothing new. */
  private countKnown(at: number): boolean {
    // Among a daemon's lines the ones asked for differ from others by their digits alone.
    if (this.triggers.ids.length > 0 || !this.known.count(this.window, at, this.hit.owner)) return false;
    this.position = at + 1;
    return true;
  }

  /** In a flood of hits counts one more that begins like others; its line is done with. */
  private passOver(section: OpenSection, at: number): boolean {
    if (!this.looks.canPass(() => this.known.keyAt(this.window, at, this.hit.owner))) return false;
    const newline = this.window.bytes.indexOf(NEWLINE, at);
    section.passedHits += 1;
    this.position = newline === -1 ? this.window.length : Math.min(newline + 1, this.window.length);
    return true;
  }

  private roleOfHit(): KeepRole {
    const { at, owner } = this.hit;
    if (owner === LEVEL_WORD) return this.window.bytes[at] === LETTER_W ? 'warning' : 'failure';
    const role = this.triggers.roles[owner];
    return role === undefined || role === 'section' ? 'milestone' : role;
  }

  /** A record that names what was asked for is kept beside those of its like that name others. */
  private isAskedFor({ start, stop }: TextBlock): boolean {
    if (this.triggers.ids.length === 0) return false;
    const head = this.window.bytes.subarray(start, Math.min(stop, start + ASKED_BYTES));
    return this.triggers.ids.some((id) => head.includes(id));
  }

  private isOutside(section: OpenSection, block: TextBlock): boolean {
    const { window, origin } = this.plan;
    if (!window || !block.prefixed) return false;
    const { bytes } = this.window;
    const first = bytes.toString('latin1', block.start, Math.min(block.stop, block.start + LAST_LINE_BYTES));
    const at = parsePrefix(first, origin)?.at ?? null;
    if (at === null || (at >= window.from && at <= window.to)) return false;
    section.outsideWindow += 1;
    return true;
  }

  private read(section: OpenSection, start: number, stop: number): TextRecord[] {
    const { bytes, base } = this.window;
    const text = bytes.toString('utf8', start, stop);
    const { writer, provenance, keys } = section;
    const firstLine = this.lines.at(start);
    const records = readRecords(text, { ...this.plan.origin, writer, provenance, keys, firstLine });
    const [only] = records;
    if (records.length === 1 && only?.quote.fromLine === firstLine) only.quote.offset = base + start;
    return records;
  }

  private handleSection(at: number, isLast: boolean): 'moved' | 'wait' | 'no_section' {
    if (this.plan.sections === 'runs') return this.handleRun(at, isLast);
    if (this.section?.end != null && at < this.section.end) return 'no_section';
    const found = sectionAt(this.window, at, { floor: this.floor, header: this.header }, isLast);
    if (found === 'no_section') return 'no_section';
    if (found === 'wait') {
      this.position = Math.max(this.floor, at - 2048);
      return 'wait';
    }
    this.close(found.headerStart);
    this.header = found.header;
    if (found.begins) this.openSection(found.begins);
    this.floor = found.resumeAt;
    this.position = found.resumeAt;
    return 'moved';
  }

  /** A second "Running Spark version" in one file is another run of the job, appended by whoever started it again. */
  private handleRun(at: number, isLast: boolean): 'moved' | 'wait' | 'no_section' {
    const { bytes, length } = this.window;
    if (!startsNewContext(bytes, at)) return 'no_section';
    if (this.contexts >= MAX_RUNS) return 'no_section';
    const start = bytes.lastIndexOf(NEWLINE, at) + 1;
    if (!isLast && length - start < RUN_HEAD_BYTES && this.window.free().length > 0) {
      this.position = at;
      return 'wait';
    }
    this.contexts += 1;
    if (this.contexts === 1 && this.plan.fromStart) return 'no_section';
    const own = this.triggers.keysOfRun(bytes.toString('utf8', start, Math.min(length, start + RUN_HEAD_BYTES)));
    if (own.applicationId !== undefined && own.applicationId === this.section?.keys.applicationId) return 'no_section';
    this.close(start);
    const { origin } = this.plan;
    const { applicationId: _id, applicationName: _name, ...common } = origin.keys;
    this.open({ ...origin, keys: { ...common, ...own } }, this.plan.layout, start, null);
    this.floor = start;
    this.position = at + 1;
    return 'moved';
  }

  private openSection(begins: SectionStart): void {
    const { origin } = this.plan;
    const { writer, keys } = begins;
    const provenance = origin.provenance === 'asker' ? 'asker' : begins.provenance;
    const layout = { ...learnLayout(begins.head), inSection: true as const };
    this.open(
      { ...origin, writer, provenance, keys: { ...origin.keys, ...keys } },
      layout,
      begins.start,
      begins.end,
      begins.head,
    );
  }

  private open(origin: RecordOrigin, layout: LineLayout, start: number, end: number | null, head?: string): void {
    this.known.forget();
    this.starts.forget();
    const firstAt = head === undefined ? null : firstTime(head, this.plan.origin);
    this.section = openSection({ origin, layout, start, end, firstAt }, this.lines.at(start), this.plan.limits);
  }

  private close(at: number): void {
    const { section } = this;
    if (section === null) return;
    const stop = section.end === null ? at : Math.min(at, section.end);
    const nextLine = this.lines.at(stop) + (stop > 0 && this.window.bytes[stop - 1] !== NEWLINE ? 1 : 0);
    const lines = Math.max(0, nextLine - section.fromLine);
    const { start: _start, end: _end, layout: _layout, kept, ...rest } = section;
    this.done.push({
      ...rest,
      lines,
      kept: kept.summary(),
      tail: this.tailOf(section, stop),
      recordCount: Math.max(0, rest.recordCount + lines),
    });
    this.section = null;
  }

  private tailOf(section: OpenSection, stop: number): TextRecord[] {
    const from = Math.max(0, section.start, stop - TAIL_BYTES);
    const { bytes } = this.window;
    const newline = from === section.start || from === 0 ? from - 1 : bytes.indexOf(NEWLINE, from);
    if (newline === -1 && from !== 0 && from !== section.start) return [];
    return newline + 1 >= stop ? [] : this.read(section, newline + 1, stop).slice(-TAIL_RECORDS);
  }

  /** The window is full and nothing in it could be finished: a line longer than the window is cut. */
  private relieve(): void {
    if (this.position > MOVABLE_BYTES) return;
    const { bytes, length } = this.window;
    const newline = bytes.indexOf(NEWLINE, this.position);
    if (newline !== -1 && newline < length) {
      this.position = newline + 1;
      return;
    }
    const { section } = this;
    if (section && this.findNext(length)) {
      const records = this.read(section, this.position, Math.min(length, this.position + MAX_BLOCK_BYTES));
      section.kept.add(foldKey(bytes, this.position, length), 'failure', records);
    }
    this.skippingLine = true;
    if (section) section.cutLines += 1;
    this.skipLine(this.position);
  }

  /** Passes over the rest of an overlong line, keeping no more than its history. */
  private skipLine(from: number): void {
    const { bytes } = this.window;
    const newline = bytes.indexOf(NEWLINE, from);
    const found = newline !== -1 && newline < this.window.length;
    const to = found ? newline + 1 : this.window.length;
    if (this.section) this.section.cutBytes += to - from;
    this.skippingLine = !found;
    this.position = to;
    this.floor = to;
  }

  private move(): void {
    this.known.noteLastLines(this.window);
    this.lines.at(Math.min(this.position, this.window.length));
    const shift = this.window.advance(this.position);
    if (shift === 0) return;
    this.position -= shift;
    this.levels.shift(shift);
    this.floor = Math.max(0, this.floor - shift);
    this.lines.shift(shift);
    this.starts.shift(shift);
    if (this.section) {
      this.section.start = Math.max(0, this.section.start - shift);
      if (this.section.end !== null) this.section.end -= shift;
    }
  }
}
