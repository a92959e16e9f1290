import type { ReplayAttempt, ReplayModel, ReplayStage } from './replay-model.ts';

/** How a replay departs from the record. */
export interface ReplayChange {
  /** New duration of an attempt; `null` leaves it out. */
  attempt?: (attempt: ReplayAttempt, stage: ReplayStage) => number | null;
  /** New lag between what came before a stage and its submission. */
  gapMs?: (stage: ReplayStage, recordedMs: number) => number;
  /** Time after the last stage. */
  endGapMs?: (recordedMs: number) => number;
  /** Slots of each executor times this. */
  slotFactor?: number;
  /** Every executor is there from the start to the end. */
  allExecutorsAtOnce?: boolean;
}

/**
 * Schedules the recorded attempts again on the recorded slots (list scheduling, first come first served as Spark's default
 * pool) and returns the wall clock. A stage is submitted when everything that had ended before it in the record has ended,
 * after the same lag; executors come and go relative to the stage during which they did. O(n log slots).
 */
export function replay(model: ReplayModel, change: ReplayChange = {}): number {
  const slots = new SlotPool(model, change);
  const ends = new EndsBefore(model.stages);
  let lastEnd = model.from;
  let lastRecordedEnd = model.from;
  for (const stage of model.stages) {
    const before = ends.before(stage.submittedAt, model.from);
    const recordedGap = stage.submittedAt - before.recorded;
    const gap = change.gapMs ? change.gapMs(stage, recordedGap) : recordedGap;
    const submitted = before.replayed + gap;
    slots.shiftTo(submitted - stage.submittedAt, stage.submittedAt);
    const completed = schedule(stage, submitted, slots, change);
    ends.add(stage, completed);
    lastEnd = Math.max(lastEnd, completed);
    lastRecordedEnd = Math.max(lastRecordedEnd, stage.completedAt);
  }
  const rest = Math.max(0, model.to - lastRecordedEnd);
  return lastEnd + (change.endGapMs ? change.endGapMs(rest) : rest) - model.from;
}

function schedule(stage: ReplayStage, submitted: number, slots: SlotPool, change: ReplayChange): number {
  const starts = new Map<number, { recordedStart: number; recordedEnd: number; start: number; end: number }>();
  const anySuccess = stage.attempts.some(({ completes }) => completes);
  let done = submitted;
  let first = true;
  for (const attempt of stage.attempts) {
    const duration = change.attempt ? change.attempt(attempt, stage) : attempt.durationMs;
    if (duration === null) continue;
    const earlier = starts.get(attempt.partition);
    let earliest = submitted + (first ? stage.launchLagMs : 0);
    if (earlier) {
      // A retry waits for the attempt before it; a speculative copy starts as long after the original as it did.
      const retry = attempt.launchedAt >= earlier.recordedEnd;
      earliest = Math.max(earliest, retry ? earlier.end : earlier.start + attempt.launchedAt - earlier.recordedStart);
    }
    const start = slots.take(earliest, duration);
    const end = start + duration;
    starts.set(attempt.partition, {
      recordedStart: attempt.launchedAt,
      recordedEnd: attempt.launchedAt + attempt.durationMs,
      start,
      end,
    });
    if (attempt.completes || !anySuccess) done = Math.max(done, end);
    first = false;
  }
  return done + stage.closeLagMs;
}

/** Latest recorded and replayed end among the stages that had ended before an instant of the record. */
class EndsBefore {
  readonly #byEnd: readonly { at: number; row: number }[];
  readonly #replayed = new Map<number, number>();

  constructor(stages: readonly ReplayStage[]) {
    this.#byEnd = stages.map(({ completedAt, row }) => ({ at: completedAt, row })).sort((a, b) => a.at - b.at);
  }

  add(stage: ReplayStage, completed: number): void {
    this.#replayed.set(stage.row, completed);
  }

  #next = 0;
  #latest = Number.NEGATIVE_INFINITY;

  /** Stages come by submission, so the instants asked for only rise and each end is looked at once. */
  before(instant: number, from: number): { recorded: number; replayed: number } {
    while (this.#next < this.#byEnd.length && (this.#byEnd[this.#next]?.at ?? 0) <= instant) {
      const { row } = this.#byEnd[this.#next] as { row: number };
      const completed = this.#replayed.get(row);
      // A stage of no length that is submitted at this very instant has not been scheduled yet.
      if (completed === undefined) break;
      this.#latest = Math.max(this.#latest, completed);
      this.#next += 1;
    }
    if (this.#next === 0) return { recorded: from, replayed: from };
    return { recorded: this.#byEnd[this.#next - 1]?.at ?? from, replayed: this.#latest };
  }
}

/** Task slots by the time at which they are free next: a binary heap, filled as executors come. */
class SlotPool {
  readonly #heap: { free: number; until: number }[] = [];
  readonly #coming: { from: number; until: number; slots: number }[];
  #next = 0;
  #shift = 0;

  constructor(model: ReplayModel, change: ReplayChange) {
    const factor = change.slotFactor ?? 1;
    this.#coming = model.lives
      .map((life) => ({
        from: change.allExecutorsAtOnce ? model.from : life.from,
        until: change.allExecutorsAtOnce || life.until >= model.to ? Number.POSITIVE_INFINITY : life.until,
        slots: Math.max(1, Math.round(life.slots * factor)),
      }))
      .sort((a, b) => a.from - b.from);
  }

  /** From this stage on, executors come and go by so much earlier or later; those recorded before it are settled. */
  shiftTo(shift: number, recordedAt: number): void {
    this.#admit(recordedAt);
    this.#shift = shift;
  }

  /** The start of an attempt that may not begin before `earliest`; its slot is taken for `duration`. */
  take(earliest: number, duration: number): number {
    for (;;) {
      const slot = this.#heap[0];
      const coming = this.#coming[this.#next];
      const comesAt = coming ? coming.from + this.#shift : Number.POSITIVE_INFINITY;
      const start = slot ? Math.max(slot.free, earliest) : Number.POSITIVE_INFINITY;
      if (coming && comesAt <= start) {
        this.#admit(coming.from);
        continue;
      }
      if (!slot) return earliest;
      // A slot that is gone by then takes no further attempt, unless it is the last one there is.
      if (slot.until <= start && this.#heap.length > 1) {
        this.#pop();
        continue;
      }
      this.#pop();
      this.#push({ free: start + duration, until: slot.until });
      return start;
    }
  }

  #admit(recordedUntil: number): void {
    for (let life = this.#coming[this.#next]; life && life.from <= recordedUntil; life = this.#coming[this.#next]) {
      const slot = { free: life.from + this.#shift, until: life.until + this.#shift };
      for (let i = 0; i < life.slots; i++) this.#push({ ...slot });
      this.#next += 1;
    }
  }

  #push(slot: { free: number; until: number }): void {
    const heap = this.#heap;
    heap.push(slot);
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as { free: number }).free <= slot.free) break;
      heap[at] = heap[above] as { free: number; until: number };
      at = above;
    }
    heap[at] = slot;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= heap.length) break;
      const right = heap[below + 1];
      if (right && right.free < (heap[below] as { free: number }).free) below += 1;
      if ((heap[below] as { free: number }).free >= last.free) break;
      heap[at] = heap[below] as { free: number; until: number };
      at = below;
    }
    heap[at] = last;
  }
}
