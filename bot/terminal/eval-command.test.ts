import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evalCommand } from './eval-command.ts';
import { answered } from './terminal-fixture.ts';
import type { TerminalIo } from './terminal-io.ts';

let checkout = '';
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'wherefore-eval-'));
  mkdirSync(path.join(checkout, 'evals', 'suite'), { recursive: true });
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

/** A suite that does what is typed here. */
const suite = (code: string) => writeFileSync(path.join(checkout, 'evals', 'suite', 'main.ts'), code);

async function run(argv: readonly string[], more: Partial<TerminalIo> = {}) {
  const told = { out: '', err: '', exitCode: 0 };
  const io: TerminalIo = {
    environment: {},
    write: (text) => {
      told.out += text;
    },
    writeError: (text) => {
      told.err += text;
    },
    input: (async function* () {})(),
    inputIsTerminal: false,
    isTerminal: false,
    columns: 80,
    loadEnvironmentFile: false,
    ...more,
  };
  const finish = (code: number) => {
    told.exitCode = code;
  };
  await evalCommand(io, finish, path.join(checkout, 'evals')).parseAsync([...argv], { from: 'user' });
  return told;
}

describe('wherefore eval', () => {
  it('hands on its arguments, what the suite writes, and its exit code; the suite runs in its checkout', async () => {
    suite(
      'console.log(JSON.stringify([process.argv.slice(2), process.cwd()])); console.error("progress"); process.exit(7);',
    );
    const argv = ['--only', 'yarn-0', '--no-gate', 'a word', '--variant', 'rules,scripted'];
    const { out, err, exitCode } = await run(argv);
    const [given, cwd] = JSON.parse(out) as [string[], string];
    expect(given).toEqual(argv);
    expect(path.basename(cwd)).toBe(path.basename(checkout));
    expect(err).toBe('progress\n');
    expect(exitCode).toBe(7);
  });

  it('ends the suite when it is stopped itself', async () => {
    suite('console.log("begun"); setInterval(() => undefined, 1000);');
    const stopping = new AbortController();
    let willStop = 0;
    const { out, exitCode } = await run([], {
      stop: stopping.signal,
      willStop: () => {
        willStop += 1;
      },
      write: () => stopping.abort(),
    });
    expect([out, exitCode, willStop]).toEqual(['', 130, 1]);
  });

  it('says in one sentence that an installation has no evals', async () => {
    await expect(run(['--only', 'x'])).rejects.toThrow(
      expect.objectContaining({ code: 'unusable_input', message: expect.stringContaining('checkout') as string }),
    );
  });

  // The real suite starts vitest and the whole product: seconds of computing.
  it('shows the suite’s own help', { timeout: 120_000 }, async () => {
    const { exitCode, out, err } = await answered(['eval', '--help'], { environment: { NODE_NO_WARNINGS: '1' } });
    expect([exitCode, err]).toEqual([0, '']);
    for (const option of ['--only', '--variant', '--resume']) expect(out).toContain(option);
  });
});
