import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeSlackControl } from '../../../bot/slack/fake-slack/fake-slack.ts';
import { type BotLine, type BotProcess, startBot } from '../stage/bot-process.ts';

/** Bots that run, are killed and started again, as a service manager would. */
export interface Kept {
  /** Resolves when every replica has said that it is there. */
  areThere(): Promise<void>;
  /** Kills one with SIGKILL and starts another in its place. */
  killOne(): Promise<void>;
  /** Cuts all sockets, or asks one to go, as Slack does. */
  cut(slack: FakeSlackControl): Promise<void>;
  stop(): Promise<void>;
  dropped(): number;
  told(): { kills: number; endedByItself: number; leftProcesses: number; complaints: ReadonlyMap<string, number> };
}

/** What is kept running. */
export interface KeepOptions {
  replicas: number;
  from: string;
  settings: Readonly<Record<string, string>>;
  /** From 0 to 1; decides who is killed. */
  random(): number;
}

/** A service manager waits a little before it starts what has ended. */
const RESTART_MS = 200;

/** Part of the kills that may hit a bot that is only starting. */
const KILLED_STARTING = 0.15;

/** Starts the replicas and keeps them running until `stop`. */
export function keepRunning({ replicas, from, settings, random }: KeepOptions): Kept {
  let [kills, endedByItself, leftProcesses, dropped] = [0, 0, 0, 0];
  let isStopping = false;
  const complaints = new Map<string, number>();
  const log = ({ level, msg, why, err, error }: BotLine) => {
    if (level === 'info' || level === 'debug') return;
    const line = `${level} ${msg} ${String(why ?? JSON.stringify(err ?? error ?? ''))}`.slice(0, 300).trim();
    complaints.set(line, (complaints.get(line) ?? 0) + 1);
  };
  const start = () => startBot({ from, settings, log });
  const bots: BotProcess[] = Array.from({ length: replicas }, start);
  let changing: Promise<void> = Promise.resolve();

  const change = async (work: () => Promise<void>) => {
    changing = changing.then(work);
    await changing;
  };
  const watching = setInterval(() => {
    void change(async () => {
      for (const [at, bot] of bots.entries()) {
        if (isStopping || !bot.ended()) continue;
        endedByItself += 1;
        leftProcesses += (await bot.kill()).length;
        bots[at] = start();
      }
    });
  }, 500);

  return {
    async areThere() {
      const there = await Promise.all(bots.map(({ isThere }) => isThere));
      if (there.includes(false)) throw new Error(`a bot did not start: ${[...complaints.keys()].join('; ')}`);
    },
    killOne: () =>
      change(async () => {
        const at = Math.floor(random() * bots.length);
        const bot = bots[at];
        if (isStopping || bot === undefined || bot.ended()) return;
        kills += 1;
        leftProcesses += (await bot.kill()).length;
        await sleep(RESTART_MS);
        const next = start();
        bots[at] = next;
        // A busy machine takes long to start one; now and then one is killed before it is there all the same.
        if (random() > KILLED_STARTING) await next.isThere;
      }),
    async cut(slack) {
      dropped += await slack.connections();
      if (random() < 0.7) await slack.dropSockets();
      else await slack.disconnectSockets('refresh_requested');
    },
    async stop() {
      if (isStopping) return;
      isStopping = true;
      clearInterval(watching);
      await changing;
      for (const left of await Promise.all(bots.map((bot) => bot.stop()))) leftProcesses += left.length;
    },
    dropped: () => dropped,
    told: () => ({ kills, endedByItself, leftProcesses, complaints }),
  };
}
