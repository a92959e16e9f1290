import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getEncoding } from 'js-tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { demoCase } from '../investigation/fixtures/demo-case.ts';
import { modelAt } from './agent-fixture.ts';
import type { AgentReply } from './agent-reply.ts';
import { answerWithModel } from './answer-with-model.ts';
import { writeCaseFile } from './case-file.ts';
import { chatServer } from './chat-server/chat-server.ts';
import { giveAnswer } from './chat-server/chat-step.ts';

const tokens = getEncoding('o200k_base');
const countOf = (text: string) => tokens.encode(text, [], []).length;
const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURES = path.join(SHARED, 'captures');
const MARKER = /^==== ([0-9a-f]{18})$/gm;

/** As long as an answer gets: every part filled, in the words of the case itself. */
const LONG: AgentReply = {
  ordering: [
    {
      hypothesis: 'h1',
      reason: 'it is what the records of the platform show, and everything else follows from it',
      evidence: ['e1', 'e2'],
    },
    {
      hypothesis: 'h2',
      reason: 'it is only what the first one led to, a little later and on the same host',
      evidence: ['e3'],
    },
  ],
  reply:
    'What was read shows how it came about [e1]. It began before the run itself noticed anything [e2]. Everything that was told afterwards in the logs of the application follows from it [e1]. What was suspected in the question does not explain it [e2].',
  explanation:
    'It helps to know who wrote which line [e1]. The record of the platform stands first, the application only saw the end of it. The order of the times shows the same [e2].',
  remedies: ['r1', 'r2', 'r3'],
  missing: ['the log of the same host from an hour before', 'the run of the day before, to compare with'],
  theories: [
    {
      theory: 't1',
      verdict: 'ruled_out',
      reason: 'nothing that was read speaks for it, and what was read speaks against it',
      evidence: ['e2'],
    },
  ],
};

describe('a case file', { timeout: 60_000 }, () => {
  it('stands between two lines with a marker of its own, a label and JSON on each line', async () => {
    const { investigation, diagnosis, book } = await demoCase('failed-run');
    const [one, other] = [1, 2].map(() => writeCaseFile({ investigation, diagnosis, book }, 'all').text);
    const markers = [...(one ?? '').matchAll(MARKER)].map(([, marker]) => marker);
    expect(markers).toHaveLength(2);
    expect(markers[0]).toBe(markers[1]);
    expect(other).not.toContain(markers[0]);
    for (const line of (one ?? '').split('\n').slice(2, -1)) {
      const [, label, value = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
      expect(label).toBeDefined();
      expect(() => JSON.parse(value)).not.toThrow();
      expect(value).not.toMatch(/[<>]/);
    }
  });

  it('holds no name of job, user or host that is to be masked, and puts each back', async () => {
    const { investigation, diagnosis, book } = await demoCase('failed-run');
    const { text, placeholders } = writeCaseFile({ investigation, diagnosis, book }, 'masked');
    expect(writeCaseFile({ investigation, diagnosis, book }, 'all').text).toContain('bd-node12');
    expect(text).not.toMatch(/bd-node12|bd-master01|item_vector_backfill|\/var\/log/);
    expect(placeholders.restore('on ‹host:1›')).toMatch(/^on bd-/);
    expect(placeholders.unknownIn('‹host:999›')).toEqual(['‹host:999›']);
  });
});

afterAll(() => {
  if (table.length === 0) return;
  process.stdout.write(
    `${['capture       names      request  long answer  (tokens, o200k_base)', ...table].join('\n')}\n`,
  );
});

/** Of each part of the platform one: failed and slow, healthy hosts, English and Chinese. */
const MEASURED = ['yarn-022', 'slow-001', 'celeborn-002', 'cache-211', 'yarn-031'];

const table: string[] = [];

describe.skipIf(!existsSync(CAPTURES))('the common case of real captures', { timeout: 120_000 }, () => {
  it.each(MEASURED)('%s: at most 6,000 tokens in and 800 out, in one request', async (prefix) => {
    const folder = path.join(CAPTURES, readdirSync(CAPTURES).find((name) => name.startsWith(prefix)) ?? prefix);
    // The question only: the truth in the same file is not read.
    const { question } = JSON.parse(readFileSync(path.join(folder, 'incident.json'), 'utf8')) as { question: string };
    for (const leaves of ['all', 'masked'] as const) {
      const server = await chatServer(() => giveAnswer(LONG));
      await answerWithModel(
        { question, platform: await openCapture(folder), language: 'auto', attachments: [] },
        { ...modelAt(server.url), leaves },
        () => {},
        new AbortController().signal,
      );
      const read = countOf(server.asked[0]?.text ?? '');
      const written = countOf(JSON.stringify(LONG));
      await server.close();
      table.push(`${prefix.padEnd(14)}${leaves.padEnd(10)}${String(read).padStart(8)}${String(written).padStart(12)}`);
      expect(read).toBeGreaterThan(1_000);
      expect(read).toBeLessThanOrEqual(6_000);
      expect(written).toBeLessThanOrEqual(800);
    }
  });
});
