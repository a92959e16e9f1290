import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAccess } from '../access/access-file.ts';
import { SEES_EVERYTHING, type Viewer, viewerOf } from '../access/viewer.ts';
import { lateKnowledge } from '../late-knowledge.ts';
import { DEMO } from '../mcp/mcp-fixture.ts';
import { readSettings } from '../settings.ts';
import type { AnswerEvent, Answered, AnswerJob } from './answer-job.ts';
import { type AnswerSource, answerOne } from './answer-one.ts';
import { sharedKnowledge } from './shared-knowledge.ts';

const QUESTION = 'item_vector_backfill executors die with exit code 137. Why?';
const ACCESS = readAccess('users: {U0000ETL: {platform: [etl], groups: []}}\nrules: [{who: everyone, sees: own}]');
const viewer = (id: string): Viewer => viewerOf(ACCESS, { id, email: null, fields: {}, isBot: false, isForeign: true });
function onDemo(): AnswerSource {
  const settings = readSettings({});
  const knowledge = sharedKnowledge(() => lateKnowledge(settings.knowledge));
  return { settings, from: DEMO, at: null, chartFont: null, knowledge };
}

async function ask(text: string, more: Partial<AnswerJob> = {}, source = onDemo(), hear: AnswerEvent[] = []) {
  const job = {
    kept: null,
    text,
    files: [],
    language: 'auto',
    cluster: null,
    viewer: SEES_EVERYTHING,
    ...more,
  } as const;
  return await answerOne(job, source, (event) => hear.push(event), new AbortController().signal);
}

function answered(result: Awaited<ReturnType<typeof ask>>): Answered {
  if (result.outcome !== 'answered') throw new Error(result.why);
  return result;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'answer-one-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('one message answered', { timeout: 30_000 }, () => {
  it('tells what is certain before the answer, and gives what a face needs', async () => {
    const heard: AnswerEvent[] = [];
    const { caseId, about, turn, diagnoses, evidence, charts } = answered(await ask(QUESTION, {}, onDemo(), heard));
    expect(heard.map(({ kind }) => kind)).toContain('certain');
    expect(caseId).toMatch(/^case_[0-9a-f]{10}$/);
    expect(about).toMatchObject([{ user: 'ml', queue: 'ads' }]);
    const [id = ''] = Object.keys(diagnoses);
    expect(turn.replies[0]?.diagnosis).toBe(id);
    const cited = new Set(turn.replies.flatMap((reply) => reply.evidence));
    expect(evidence.every((piece) => cited.has(piece.id))).toBe(true);
    expect(charts.length).toBeGreaterThan(0);
    expect(charts.length).toBeLessThanOrEqual(2);
  });

  it('finds nothing of a run that the asker may not see, and says as much as of one that is not there', async () => {
    const { diagnoses, about, charts } = answered(await ask(QUESTION, { viewer: viewer('U0000ETL') }));
    expect(about.filter(({ user }) => user === 'ml')).toEqual([]);
    expect(JSON.stringify(diagnoses)).not.toMatch(/memcg|"user":"ml"/);
    expect(charts.filter(({ alt }) => alt.includes('item_vector_backfill'))).toEqual([]);
  });

  it('tells somebody without an identity so, and looks at nothing', async () => {
    const { diagnoses, turn } = answered(await ask(QUESTION, { viewer: viewer('U0NOBODY') }));
    expect(diagnoses).toEqual({});
    expect(turn.replies[0]?.text).not.toBe('');
  });

  it('reads files that came with the message', async () => {
    const log = path.join(folder, 'driver.log');
    // A line as the JVM writes it when its heap is full, typed by hand.
    writeFileSync(log, 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n');
    const source = { ...onDemo(), from: null };
    const { diagnoses } = answered(
      await ask('why did it die?', { files: [{ kind: 'text', name: 'driver.log', path: log }] }, source),
    );
    expect(JSON.stringify(diagnoses)).toContain('OutOfMemoryError');
  });

  it('says in words for the asker what cannot be asked', async () => {
    const settings = readSettings({ WHEREFORE_PLATFORM_FILE: platformFile() });
    const result = await ask(
      'why did application_1700000000000_0042 fail?',
      { cluster: 'none' },
      {
        ...onDemo(),
        from: null,
        settings,
      },
    );
    expect(result).toMatchObject({ outcome: 'not_asked', why: expect.stringContaining('none') as string });
  });
});

function platformFile(): string {
  const file = path.join(folder, 'platform.json');
  writeFileSync(file, JSON.stringify({ clusters: { ads: { services: {} }, search: { services: {} } } }));
  return file;
}
