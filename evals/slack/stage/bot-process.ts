import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareEnvironment } from './bare-environment.ts';
import { isRunning, processTree, type SeenProcess } from './process-tree.ts';

/** The bot as people run it, in a process of its own with the processes that answer. */
export interface BotProcess {
  pid: number;
  /** Resolves when the bot says that it is there, or ended before. */
  isThere: Promise<boolean>;
  /** It has ended, killed or by itself. */
  ended(): boolean;
  /** Ends it with SIGKILL; what of its processes is left after `graceMs` is told, and ended too. */
  kill(graceMs?: number): Promise<SeenProcess[]>;
  /** Asks it to stop, as a service manager does; the same is told. */
  stop(graceMs?: number): Promise<SeenProcess[]>;
}

/** How a bot is started. */
export interface BotOptions {
  /** Folder of the capture that it reads. */
  from: string;
  /** Its settings; of this process's environment it gets nothing that sets it. */
  settings: Readonly<Record<string, string>>;
  /** Gets each line of its log. */
  log(line: BotLine): void;
}

/** A line of the bot's log. */
export interface BotLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

const MAIN = path.join(import.meta.dirname, '../../../bot/terminal/wherefore.mjs');
const STOPS_WITHIN_MS = 40_000;

/** Starts the bot; it may take a second or two to be there. */
export function startBot({ from, settings, log }: BotOptions): BotProcess {
  const child = spawn(process.execPath, [MAIN, 'slack', '--from', from], {
    env: { ...bareEnvironment(), ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const pid = child.pid ?? 0;
  const isThere = new Promise<boolean>((resolve) => {
    void exited.then(() => resolve(false));
    createInterface(child.stderr).on('line', (text) => {
      const line = readLine(text);
      if (line.msg === 'the bot is there') resolve(true);
      log(line);
    });
  });
  const end = async (signal: NodeJS.Signals, withinMs: number, graceMs: number) => {
    const tree = processTree(pid);
    if (!hasEnded(child)) child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
    await exited;
    clearTimeout(late);
    return await leftOver(tree, graceMs);
  };
  return {
    pid,
    isThere,
    ended: () => hasEnded(child),
    kill: (graceMs = 10_000) => end('SIGKILL', 1_000, graceMs),
    stop: (graceMs = 10_000) => end('SIGTERM', STOPS_WITHIN_MS, graceMs),
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** What still runs after the time that is left to it; it is ended then. */
async function leftOver(tree: readonly SeenProcess[], graceMs: number): Promise<SeenProcess[]> {
  const until = performance.now() + graceMs;
  let left = tree.filter(isRunning);
  while (left.length > 0 && performance.now() < until) {
    await sleep(50);
    left = left.filter(isRunning);
  }
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  return left;
}

function readLine(text: string): BotLine {
  try {
    const line = JSON.parse(text) as Partial<BotLine>;
    return { ...line, level: String(line.level ?? ''), msg: String(line.msg ?? '') };
  } catch {
    return { level: 'unreadable', msg: text.slice(0, 500) };
  }
}
