import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DIAGNOSIS } from '../investigation/diagnosis.ts';
import { answered } from './terminal-fixture.ts';

const DEMO = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
const CASES = await mkdtemp(path.join(tmpdir(), 'wherefore-chat-'));
afterAll(() => rm(CASES, { recursive: true, force: true }));

const FIRST = 'item_vector_backfill executors die with exit code 137. Is it a bad node?';
const chat = (lines: readonly string[], ...flags: string[]) =>
  answered(['chat', '--from', DEMO, ...flags], {
    text: `${lines.join('\n')}\n`,
    environment: { WHEREFORE_CASES: CASES },
  });

interface TurnDocument {
  case: string;
  turn: number;
  replies: { kind: string; text: string; diagnosis: unknown }[];
  evidence: { id: string }[];
}

describe('wherefore chat', () => {
  it('takes each line for a turn, gives one document for each, and goes on with a case', async () => {
    const { exitCode, out, err } = await chat([FIRST, '', '谁负责？', 'show e13', '/quit', 'never said'], '--json');
    expect([exitCode, err]).toEqual([0, '']);
    const turns = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TurnDocument);
    expect(turns.map(({ turn, replies }) => [turn, replies[0]?.kind])).toEqual([
      [1, 'new_question'],
      [2, 'responsible'],
      [3, 'evidence'],
    ]);
    const diagnosis = DIAGNOSIS.parse(turns[0]?.replies[0]?.diagnosis);
    expect(diagnosis.rootCauses[0]?.code).toBe('kernel.memcg_oom');
    expect(turns[2]?.evidence).toEqual(diagnosis.evidence.filter(({ id }) => id === 'e13'));

    const again = await chat(['who is responsible?'], '--json', '--case', turns[0]?.case ?? '');
    expect(JSON.parse(again.out)).toMatchObject({ case: turns[0]?.case, turn: 4 });
    expect(again.out).toContain('It lies with: the job');
  });

  it('speaks to a person, in the width of the terminal', async () => {
    const { out, err } = await chat(['hello', FIRST, 'what if I double the memory?']);
    expect(out).toMatch(/^> hello\nHello\. Tell me/);
    expect(out).toContain('It would reach what the evidence asks for');
    for (const line of out.split('\n')) if (!line.startsWith('> ')) expect(line.length).toBeLessThanOrEqual(80);
    expect(err).toMatch(/^case_[0-9a-f]{10} is kept: wherefore chat --case /);
  });

  it('refuses what cannot be used', async () => {
    expect(await chat([], '--case', 'case_0000000000')).toMatchObject({ exitCode: 2 });
    expect(await chat([], '--attach', '-')).toMatchObject({ exitCode: 2 });
    expect(await chat([], '--lang', 'fr')).toMatchObject({ exitCode: 2 });
  });
});
