import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatServer, chatServer } from '../../bot/agent/chat-server/chat-server.ts';
import { agreeingModel } from '../variants/live/honest-model-fixture.ts';
import { readTrials } from './trial-store.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');
const run = promisify(execFile);

let folder: string;
let server: ChatServer;
let isDown = false;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-live-'));
  server = await chatServer(agreeingModel(() => isDown));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The command as a maintainer types it, against the server on loopback. */
async function evaluate(...words: string[]): Promise<string> {
  const env = {
    ...process.env,
    WHEREFORE_EVAL_PLAN: '',
    WHEREFORE_MODEL_URL: server.url,
    WHEREFORE_MODEL_STRONG: 'double',
    WHEREFORE_MODEL_PRICES: 'double=1/10',
  };
  const chosen = ['--variant', 'live', '--only', 'yarn-022', '--form', 'asked', '--attempts', '4', '--workers', '1'];
  const { stdout, stderr } = await run(process.execPath, [MAIN, ...chosen, '--to', folder, '--no-gate', ...words], {
    env,
  });
  return `${stdout}${stderr}`;
}

const states = () => readTrials(folder).map(({ trial }) => trial.status);

describe('a run against a model', { timeout: 300_000 }, () => {
  it('keeps what an outage left apart, takes it up again, and spends no more than it may', async () => {
    isDown = true;
    const down = await evaluate();
    const asks = states().length;
    expect(asks).toBeGreaterThanOrEqual(4);
    // Down from the beginning: no answer, no zero.
    expect(new Set(states())).toEqual(new Set(['not_run']));
    expect(readTrials(folder).every(({ scores }) => scores.length === 0)).toBe(true);
    expect(down).toContain('nothing was looked at');
    const askedWhileDown = server.asked.length;

    isDown = false;
    await evaluate('--resume', '--max-usd', '0.012');
    const afterCap = states().filter((status) => status === 'ran').length;
    expect(afterCap).toBeGreaterThan(0);
    expect(afterCap).toBeLessThan(asks);
    const spent = readTrials(folder).reduce((sum, { trial }) => sum + (trial.diagnosis?.costs.usd ?? 0), 0);
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(0.012);
    const whyNot = readTrials(folder).flatMap(({ trial }) => (trial.status === 'not_run' ? [trial.why] : []));
    expect(whyNot.every((why) => why?.includes('0.012 is the most'))).toBe(true);

    const before = server.asked.length;
    await evaluate('--resume');
    expect(new Set(states())).toEqual(new Set(['ran']));
    expect(states()).toHaveLength(asks);
    // Nothing was asked twice: a common case takes one call.
    expect(server.asked.length - before).toBe(asks - afterCap);
    expect(askedWhileDown).toBeGreaterThan(0);
  });
});
