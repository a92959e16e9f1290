import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { remoteFakeSlack } from './remote-fake-slack.ts';

describe('the double as a process', () => {
  it('tells where it is, serves clients, and ends when told to', { timeout: 30_000 }, async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, '{"botName":"helper"}'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { control, apiUrl } = JSON.parse(line) as { control: string; apiUrl: string };
    const remote = await remoteFakeSlack(control);
    expect(remote.apiUrl).toBe(apiUrl);
    const channel = await remote.addChannel({ name: 'data' });
    await new WebClient(remote.botToken, { slackApiUrl: apiUrl }).chat.postMessage({ channel: channel.id, text: 'hi' });
    expect(await remote.transcript(channel.id)).toBe('helper:\n  hi');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
