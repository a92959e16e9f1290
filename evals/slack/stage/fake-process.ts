import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FakeSlackAddress, FakeSlackControl } from '../../../bot/slack/fake-slack/fake-slack.ts';
import type { FakeSlackOptions } from '../../../bot/slack/fake-slack/options.ts';
import { remoteFakeSlack } from '../../../bot/slack/fake-slack/remote-fake-slack.ts';

/** The double of Slack in a process of its own: whatever becomes of a bot, it stands. */
export interface FakeProcess {
  slack: FakeSlackAddress & FakeSlackControl;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../bot/slack/fake-slack/main.ts', import.meta.url));

/** Starts the double and waits until it can be steered. */
export async function startFakeProcess(options: Partial<FakeSlackOptions>): Promise<FakeProcess> {
  const child = spawn(process.execPath, [MAIN, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    const first = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    const ended = exited.then(() => Promise.reject(new Error('the double of Slack ended at its start')));
    ended.catch(() => undefined);
    const [line] = await Promise.race([first, ended]);
    return { slack: await remoteFakeSlack((JSON.parse(line) as { control: string }).control), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
