import type { SweptTime } from './sweep.ts';
import type { Timeline } from './timeline.ts';

/**
 * The run at one instant of the sweep, and the integrals over what passed. A class because the sweep is nothing but state:
 * counts of what is alive, and running integrals whose differences book attempts and stages in O(1).
 */
export class SlotState {
  readonly swept: SweptTime;
  activeStages = 0;
  jobs = 0;
  jobsSeen = false;
  executions = 0;
  commits = 0;
  executorsSeen = false;

  readonly #timeline: Timeline;
  #slots = 0;
  #running = 0;
  /** Tasks of active stages: all they have to run, and those not yet launched. */
  #tasks = 0;
  #pending = 0;
  #pendingStages = 0;
  #launched = false;
  /** An attempt whose stage the log does not tell stands for a stage of its own while it runs. */
  #attemptsOfUnknownStages = 0;

  readonly #alive: Uint8Array;
  readonly #active: Uint8Array;
  readonly #covered: Float64Array;
  readonly #runningOf: Int32Array;
  readonly #done: Uint8Array;
  readonly #anyExclusion: boolean;

  /** Wall clock carried by one slot, by the idle slots behind one running attempt, and by one stage in each waiting state. */
  #busy = 0;
  #tail = 0;
  #wait = 0;
  #launch = 0;
  #closing = 0;
  #idle = 0;
  readonly #since: { wait: Float64Array; launch: Float64Array; closing: Float64Array; idle: Float64Array };

  constructor(timeline: Timeline) {
    const { run, executors } = timeline;
    const stages = run.stages.length;
    this.#timeline = timeline;
    this.#alive = new Uint8Array(executors.lives.length);
    this.#active = new Uint8Array(stages);
    this.#covered = new Float64Array(stages);
    this.#runningOf = new Int32Array(timeline.partitions);
    this.#done = new Uint8Array(timeline.partitions);
    this.#anyExclusion = run.executors.some((executor) => executor.exclusions.length > 0);
    const zeros = () => new Float64Array(stages);
    this.#since = { wait: zeros(), launch: zeros(), closing: zeros(), idle: zeros() };
    this.swept = {
      queueWait: 0,
      driver: 0,
      commit: 0,
      waitingForUser: 0,
      unexplained: 0,
      executorWaitBeforeJobs: 0,
      idleOfUnknownStages: 0,
      executorWait: zeros(),
      scheduling: zeros(),
      idle: zeros(),
      busy: new Float64Array(run.tasks.length),
      tail: new Float64Array(run.tasks.length),
    };
  }

  #now = 0;

  /** Books `ms` during which at least one stage was active. */
  bookStages(ms: number): void {
    const { executors } = this.#timeline;
    const slots = executors.known ? Math.max(this.#slots, this.#running) : this.#running;
    if (executors.known && this.#slots === 0 && this.#running > 0) {
      this.swept.unexplained += ms;
    } else if (this.#pending > 0 && this.#nothingCanRun(slots)) {
      this.#wait += ms / this.#pendingStages;
    } else if (this.#running === 0 && this.#pending === 0) {
      this.#closing += ms / this.activeStages;
    } else if (slots === 0) {
      this.#launch += ms / this.#pendingStages;
    } else {
      this.#bookSlots(ms, slots);
    }
  }

  #bookSlots(ms: number, slots: number): void {
    let left = ms;
    if (this.#pending > 0) {
      const asked = this.#timeline.asked(this.#running + this.#pending);
      const missing = asked > slots ? (ms * (asked - slots)) / asked : 0;
      this.#wait += missing / this.#pendingStages;
      left -= missing;
    }
    const share = left / slots;
    this.#busy += share;
    const free = slots - this.#running;
    if (free <= 0) return;
    if (this.#pending > 0) {
      this.#launch += (free * share) / this.#pendingStages;
      return;
    }
    const tail = Math.max(0, Math.min(slots, this.#tasks) - this.#running);
    this.#tail += (tail * share) / this.#running;
    const beyond = (free - tail) * share;
    const known = this.activeStages - this.#attemptsOfUnknownStages;
    if (known > 0) this.#idle += beyond / known;
    else this.swept.idleOfUnknownStages += beyond;
  }

  /** No slot is alive, or none of those alive may be used: stages wait for executors. */
  #nothingCanRun(slots: number): boolean {
    if (this.#running > 0) return false;
    if (!this.#timeline.executors.known) return !this.#launched;
    return slots === 0 || (this.#anyExclusion && this.#allExcluded());
  }

  #allExcluded(): boolean {
    const { executors, run } = this.#timeline;
    return executors.lives.every((life, index) => {
      if (!this.#alive[index]) return true;
      const exclusions = run.executors[life.row]?.exclusions ?? [];
      return exclusions.some((span) => {
        const during = span.from <= this.#now && (span.until === null || span.until > this.#now);
        return during && (span.stageId === null || this.#onlyActive(span.stageId));
      });
    });
  }

  #onlyActive(stageId: number): boolean {
    return this.#timeline.run.stages.every((stage, row) => !this.#active[row] || stage.stageId === stageId);
  }

  /** Tells the state the instant from which the next interval runs (exclusions are looked up by time). */
  moveTo(now: number): void {
    this.#now = now;
  }

  attemptStarts(row: number, stage: number): void {
    this.#running++;
    this.#launched = true;
    this.swept.busy[row] = -this.#busy;
    this.swept.tail[row] = -this.#tail;
    if (stage < 0) {
      this.activeStages++;
      this.#attemptsOfUnknownStages++;
      this.#tasks++;
      return;
    }
    const partition = this.#timeline.partition[row] as number;
    const running = this.#runningOf[partition] as number;
    this.#runningOf[partition] = running + 1;
    if (running === 0 && !this.#done[partition]) this.#cover(stage, 1);
  }

  attemptEnds(row: number, stage: number): void {
    this.#running--;
    this.swept.busy[row] = (this.swept.busy[row] as number) + this.#busy;
    this.swept.tail[row] = (this.swept.tail[row] as number) + this.#tail;
    if (stage < 0) {
      this.activeStages--;
      this.#attemptsOfUnknownStages--;
      this.#tasks--;
      return;
    }
    const partition = this.#timeline.partition[row] as number;
    const running = (this.#runningOf[partition] as number) - 1;
    this.#runningOf[partition] = running;
    const wasDone = this.#done[partition] === 1;
    if (this.#timeline.completes[row]) this.#done[partition] = 1;
    else if (running === 0 && !wasDone) this.#cover(stage, -1);
  }

  stageStarts(stage: number): void {
    this.#active[stage] = 1;
    this.activeStages++;
    this.#tasks += this.#timeline.taskCounts[stage] as number;
    this.#since.closing[stage] = this.#closing;
    this.#since.idle[stage] = this.#idle;
    const pending = this.#pendingOf(stage);
    if (pending > 0) this.#startPending(stage);
    this.#pending += pending;
  }

  stageEnds(stage: number): void {
    const pending = this.#pendingOf(stage);
    if (pending > 0) this.#stopPending(stage);
    this.#pending -= pending;
    this.#active[stage] = 0;
    this.activeStages--;
    this.#tasks -= this.#timeline.taskCounts[stage] as number;
    addAt(this.swept.scheduling, stage, this.#closing - (this.#since.closing[stage] as number));
    addAt(this.swept.idle, stage, this.#idle - (this.#since.idle[stage] as number));
  }

  executorComes(life: number): void {
    this.#alive[life] = 1;
    this.executorsSeen = true;
    this.#slots += this.#timeline.executors.lives[life]?.slots ?? 0;
  }

  executorGoes(life: number): void {
    this.#alive[life] = 0;
    this.#slots -= this.#timeline.executors.lives[life]?.slots ?? 0;
  }

  #pendingOf(stage: number): number {
    return Math.max(0, (this.#timeline.taskCounts[stage] as number) - (this.#covered[stage] as number));
  }

  /** One more or one less partition of the stage is done or being done. */
  #cover(stage: number, by: 1 | -1): void {
    const before = this.#pendingOf(stage);
    addAt(this.#covered, stage, by);
    if (!this.#active[stage]) return;
    const after = this.#pendingOf(stage);
    this.#pending += after - before;
    if (before === 0 && after > 0) this.#startPending(stage);
    if (before > 0 && after === 0) this.#stopPending(stage);
  }

  #startPending(stage: number): void {
    this.#pendingStages++;
    this.#since.wait[stage] = this.#wait;
    this.#since.launch[stage] = this.#launch;
  }

  #stopPending(stage: number): void {
    this.#pendingStages--;
    addAt(this.swept.executorWait, stage, this.#wait - (this.#since.wait[stage] as number));
    addAt(this.swept.scheduling, stage, this.#launch - (this.#since.launch[stage] as number));
  }
}

function addAt(column: Float64Array, index: number, amount: number): void {
  column[index] = (column[index] as number) + amount;
}
