import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { setPriority } from 'node:os';
import path from 'node:path';
import type { AnswerChart, AnswerEvent, AnswerJob, AnswerResult } from './answer-job.ts';
import type { ChartsJob } from './draw-charts.ts';
import type { PageJob } from './draw-page.ts';
import type { FromChild, Task, TaskResult, ToChild } from './messages.ts';

/** How many answer, and what one may take. */
export interface PoolOptions {
  /** Processes that answer. */
  processes: number;
  /** Answers at a time in one of them: while one waits for a service or a model another goes on. */
  eachAtOnce: number;
  /** From the beginning of an answer to its end; one that takes longer is ended with its process. */
  deadlineMs: number;
  /** A process that holds more than this after an answer is replaced when it is idle. */
  memoryBytes: number;
  /** What every answer is read from. */
  source: { from: string | null; at: number | null; chartFont: string | null };
  environment: NodeJS.ProcessEnv;
  /** Told of processes that cannot be started. */
  log?: (line: string) => void;
  /** How long a process may take to begin, and how long one that ends before that waits to be started again, first and at most. */
  startMs?: number;
  againMs?: { first: number; most: number };
  /** The program of a process; another one in tests. */
  program?: string;
}

/** The process that was answering is gone: nothing is known of the answer, and it can be asked again. */
export class AnsweringLost extends Error {}

/** It took longer than an answer may: asked again it would take as long. */
export class AnsweringTooLong extends Error {}

/** Processes that answer. */
export interface AnswerPool {
  /**
   * Answers one message in the first process that is free.
   *
   * @throws AnsweringLost when its process ended, none was there in time, or the pool is closed; AnsweringTooLong at the deadline; Error
   * when answering broke
   */
  answer(job: AnswerJob, hear: (event: AnswerEvent) => void, signal: AbortSignal): Promise<AnswerResult>;
  /** The page of a kept case as HTML. @throws as `answer` does */
  page(job: PageJob, signal: AbortSignal): Promise<string>;
  /** The pictures of a kept case. @throws as `answer` does */
  charts(job: ChartsJob, signal: AbortSignal): Promise<readonly AnswerChart[]>;
  /** Answers that can begin at once. */
  free(): number;
  /** Whether any process is there to answer. */
  ready(): boolean;
  close(): Promise<void>;
}

/** One that waits or is answered. */
interface Asked {
  id: number;
  task: Task;
  hear: (event: AnswerEvent) => void;
  done: (result: TaskResult) => void;
  broke: (error: Error) => void;
}

/** After a cancel, how long a process has to end an answer before it is ended itself, in milliseconds. */
const GRACE_MS = 5_000;
/** A process that cannot even start is not started again at once, and each time later. */
const AGAIN_MS = { first: 1_000, most: 60_000 };
/** Long enough for a busy machine to load the program. */
const START_MS = 60_000;

/** Starts the processes and hands out answers among them. */
export function openAnswerPool(options: PoolOptions): AnswerPool {
  const waiting: Asked[] = [];
  let last = 0;
  let closed = false;
  const workers = Array.from({ length: options.processes }, () => new Worker(options, () => next()));
  const next = () => {
    while (!closed && waiting.length > 0) {
      const free = workers.filter((worker) => worker.free() > 0).sort((a, b) => b.free() - a.free())[0];
      if (!free) return;
      free.take(waiting.shift() as Asked);
    }
  };
  const ask = (task: Task, hear: (event: AnswerEvent) => void, signal: AbortSignal) => {
    last += 1;
    const id = last;
    return new Promise<TaskResult>((done, broke) => {
      if (closed || signal.aborted) return broke(new AnsweringLost('the answer was taken back'));
      const leave = () => {
        const at = waiting.indexOf(asked);
        if (at >= 0) waiting.splice(at, 1);
        for (const worker of workers) worker.cancel(id);
        asked.broke(new AnsweringLost('the answer was taken back'));
      };
      const noneCame = setTimeout(() => {
        const at = waiting.indexOf(asked);
        if (at < 0) return;
        waiting.splice(at, 1);
        asked.broke(new AnsweringLost('no process was free in time'));
      }, options.deadlineMs);
      const over = () => {
        clearTimeout(noneCame);
        signal.removeEventListener('abort', leave);
      };
      const asked: Asked = {
        id,
        task,
        hear,
        done(result) {
          over();
          done(result);
        },
        broke(error) {
          over();
          broke(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(asked);
      next();
    });
  };
  return {
    async answer(job, hear, signal) {
      const result = await ask({ kind: 'answer', job }, hear, signal);
      if (typeof result === 'string' || Array.isArray(result)) throw new Error('a drawing is no answer');
      return result;
    },
    async page(job, signal) {
      const result = await ask({ kind: 'page', ...job }, () => undefined, signal);
      if (typeof result !== 'string') throw new Error('an answer is no page');
      return result;
    },
    async charts(job, signal) {
      const result = await ask({ kind: 'charts', ...job }, () => undefined, signal);
      if (!Array.isArray(result)) throw new Error('an answer is no picture');
      return result;
    },
    free: () => workers.reduce((sum, worker) => sum + worker.free(), 0) - waiting.length,
    ready: () => workers.some((worker) => worker.ready()),
    async close() {
      closed = true;
      for (const { broke } of waiting.splice(0)) broke(new AnsweringLost('the bot stops'));
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** One process with what it is answering; started anew when it ends. */
class Worker {
  readonly #options: PoolOptions;
  readonly #next: () => void;
  readonly #underWay = new Map<number, { asked: Asked; deadline: NodeJS.Timeout }>();
  #child: ChildProcess;
  #ready = false;
  #closed = false;
  #tooLarge = false;
  /** Ends before it was there, in a row. */
  #failures = 0;
  #starting: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions, next: () => void) {
    this.#options = options;
    this.#next = next;
    this.#child = this.#start();
  }

  free(): number {
    return this.#ready && !this.#tooLarge ? this.#options.eachAtOnce - this.#underWay.size : 0;
  }

  ready(): boolean {
    return this.#ready;
  }

  take(asked: Asked): void {
    const deadline = setTimeout(() => {
      this.cancel(asked.id);
      asked.broke(new AnsweringTooLong(`an answer took longer than ${this.#options.deadlineMs} ms`));
    }, this.#options.deadlineMs);
    this.#underWay.set(asked.id, { asked, deadline });
    this.#say({ kind: 'work', id: asked.id, task: asked.task });
  }

  /** Asks the process to end an answer, and ends the process when it does not. */
  cancel(id: number): void {
    const held = this.#underWay.get(id);
    if (!held) return;
    this.#say({ kind: 'cancel', id });
    clearTimeout(held.deadline);
    held.deadline = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    clearTimeout(this.#starting);
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    if (child.connected) child.disconnect();
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(kill);
  }

  #start(): ChildProcess {
    const { environment, source, program, memoryBytes } = this.#options;
    const child = fork(program ?? path.join(import.meta.dirname, 'answering-child.ts'), [JSON.stringify(source)], {
      env: { ...environment, ...compileCache() },
      serialization: 'advanced',
      // The heap ends before the machine does: a log made to fill it costs one answer.
      execArgv: [`--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    giveWay(child.pid);
    child.on('message', (message) => this.#hear(message as FromChild));
    child.on('error', () => undefined);
    child.on('exit', () => this.#ended());
    this.#starting = setTimeout(() => child.kill('SIGKILL'), this.#options.startMs ?? START_MS);
    return child;
  }

  #say(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear(message: FromChild): void {
    if (message.kind === 'ready') {
      clearTimeout(this.#starting);
      this.#ready = true;
      this.#failures = 0;
      this.#next();
      return;
    }
    const held = this.#underWay.get(message.id);
    if (!held) return;
    if (message.kind === 'event') {
      held.asked.hear(message.event);
      return;
    }
    this.#underWay.delete(message.id);
    clearTimeout(held.deadline);
    if (message.kind === 'done') held.asked.done(message.result);
    else held.asked.broke(new Error(message.why));
    if (message.memoryBytes > this.#options.memoryBytes) this.#tooLarge = true;
    if (this.#tooLarge && this.#underWay.size === 0 && this.#child.connected) {
      const child = this.#child;
      const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      child.once('exit', () => clearTimeout(kill));
      child.disconnect();
    }
    this.#next();
  }

  #ended(): void {
    clearTimeout(this.#starting);
    const isPlanned = this.#tooLarge;
    if (!this.#ready) this.#failures += 1;
    this.#ready = false;
    this.#tooLarge = false;
    for (const [id, { asked, deadline }] of this.#underWay) {
      clearTimeout(deadline);
      this.#underWay.delete(id);
      asked.broke(new AnsweringLost('the process that was answering ended'));
    }
    if (this.#closed) return;
    const { first, most } = this.#options.againMs ?? AGAIN_MS;
    if (this.#failures > 0)
      this.#options.log?.(`a process that answers could not be started (${this.#failures} times in a row)`);
    const waitMs = isPlanned ? 0 : Math.min(most, first * 2 ** Math.min(Math.max(0, this.#failures - 1), 10));
    this.#again = setTimeout(() => {
      if (!this.#closed) this.#child = this.#start();
    }, waitMs);
  }
}

/** Niceness of a process that answers: beside it the one that speaks to Slack gets three times its share of a busy core. */
const GIVES_WAY = 5;

/** People see the first card at once because whoever computes their answers lets it go first. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, GIVES_WAY);
  } catch {
    // It has ended already, or this system does not allow it: slower cards, nothing worse.
  }
}

/** Half the start of a process is compiling: it uses what the bot itself keeps compiled, where it does. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
