import { spawn } from 'node:child_process';
import path from 'node:path';

const PROGRAM = path.resolve(import.meta.dirname, '../../../bot/terminal/wherefore.mjs');
const START_MS = 60_000;
const STOP_MS = 30_000;

/** The bot as people start it: a process of its own. */
export interface BotProcess {
  /** Where its health and, with the HTTP receiver, its request URL are; no slash at the end. */
  url: string;
  /** Lines of its log, as it wrote them. */
  log: readonly string[];
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts `wherefore slack` on a recording and waits until Slack reaches it.
 *
 * @throws Error with the end of its log when it does not come up
 */
export async function startBot(recording: string, environment: Readonly<Record<string, string>>): Promise<BotProcess> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:WHEREFORE_|DATABASE_URL|NODE_OPTIONS|VITEST)/.test(name),
  );
  const child = spawn(process.execPath, [PROGRAM, 'slack', '--from', recording], {
    env: { ...Object.fromEntries(kept), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  let unfinished = '';
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const listening = new Promise<number>((found, failed) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      log.push(...lines);
      for (const line of lines) {
        const [, port] = /"port":(\d+),"msg":"the bot is there"/.exec(line) ?? [];
        if (port !== undefined) found(Number(port));
      }
    });
    void ended.then(() => failed(new Error(`the bot ended at its start:\n${log.slice(-20).join('\n')}`)));
    setTimeout(() => failed(new Error(`the bot did not come up:\n${log.slice(-20).join('\n')}`)), START_MS).unref();
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  };
  try {
    return { url: `http://127.0.0.1:${await listening}`, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
