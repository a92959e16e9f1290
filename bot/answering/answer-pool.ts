import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import type { AnswerEvent, AnswerJob, AnswerResult } from './answer-job.ts';
import type { PageJob } from './draw-page.ts';
import type { FromChild, Task, ToChild } from './messages.ts';

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
  /** The program of a process; another one in tests. */
  program?: string;
}

/** The process that was answering is gone: nothing is known of the answer, and it can be asked again. */
export class AnsweringLost extends Error {}

/** Processes that answer. */
export interface AnswerPool {
  /**
   * Answers one message in the first process that is free.
   *
   * @throws AnsweringLost when its process ended, was ended at the deadline, or the pool is closed; Error when answering broke
   */
  answer(job: AnswerJob, hear: (event: AnswerEvent) => void, signal: AbortSignal): Promise<AnswerResult>;
  /** The page of a kept case as HTML. @throws as `answer` does */
  page(job: PageJob, signal: AbortSignal): Promise<string>;
  /** Answers that can begin at once. */
  free(): number;
  close(): Promise<void>;
}

/** One that waits or is answered. */
interface Asked {
  id: number;
  task: Task;
  hear: (event: AnswerEvent) => void;
  done: (result: AnswerResult | string) => void;
  broke: (error: Error) => void;
}

/** After a cancel, how long a process has to end an answer before it is ended itself, in milliseconds. */
const GRACE_MS = 5_000;
/** A process that cannot even start is not started again at once. */
const AGAIN_MS = 1_000;

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
    return new Promise<AnswerResult | string>((done, broke) => {
      if (closed || signal.aborted) return broke(new AnsweringLost('the answer was taken back'));
      const asked: Asked = { id, task, hear, done, broke };
      signal.addEventListener('abort', () => {
        const at = waiting.indexOf(asked);
        if (at >= 0) waiting.splice(at, 1);
        for (const worker of workers) worker.cancel(id);
        broke(new AnsweringLost('the answer was taken back'));
      });
      waiting.push(asked);
      next();
    });
  };
  return {
    async answer(job, hear, signal) {
      const result = await ask({ kind: 'answer', job }, hear, signal);
      if (typeof result === 'string') throw new Error('a page is no answer');
      return result;
    },
    async page(job, signal) {
      const result = await ask({ kind: 'page', ...job }, () => undefined, signal);
      if (typeof result !== 'string') throw new Error('an answer is no page');
      return result;
    },
    free: () => workers.reduce((sum, worker) => sum + worker.free(), 0) - waiting.length,
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

  constructor(options: PoolOptions, next: () => void) {
    this.#options = options;
    this.#next = next;
    this.#child = this.#start();
  }

  free(): number {
    return this.#ready && !this.#tooLarge ? this.#options.eachAtOnce - this.#underWay.size : 0;
  }

  take(asked: Asked): void {
    const deadline = setTimeout(() => this.cancel(asked.id), this.#options.deadlineMs);
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
    child.on('message', (message) => this.#hear(message as FromChild));
    child.on('error', () => undefined);
    child.on('exit', () => this.#ended());
    return child;
  }

  #say(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear(message: FromChild): void {
    if (message.kind === 'ready') {
      this.#ready = true;
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
    if (this.#tooLarge && this.#underWay.size === 0 && this.#child.connected) this.#child.disconnect();
    this.#next();
  }

  #ended(): void {
    this.#ready = false;
    this.#tooLarge = false;
    for (const [id, { asked, deadline }] of this.#underWay) {
      clearTimeout(deadline);
      this.#underWay.delete(id);
      asked.broke(new AnsweringLost('the process that was answering ended'));
    }
    if (this.#closed) return;
    setTimeout(() => {
      if (!this.#closed) this.#child = this.#start();
    }, AGAIN_MS);
  }
}

/** Half the start of a process is compiling: it uses what the bot itself keeps compiled, where it does. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
