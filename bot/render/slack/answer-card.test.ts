import { beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../conversation/thread.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { demoCase } from '../../investigation/fixtures/demo-case.ts';
import { type AnswerView, answerCard } from './answer-card.ts';
import { expectSound } from './card-schema-fixture.ts';

let failed: Diagnosis;
let slow: Diagnosis;
let open: Diagnosis;
beforeAll(async () => {
  failed = (await demoCase('failed-run', 'en')).diagnosis;
  slow = (await demoCase('slow-run', 'zh')).diagnosis;
  open = (await demoCase('failed-run', 'zh', 'application_1700000000000_9999 为什么失败？')).diagnosis;
});

function replyOf(diagnosis: Diagnosis | null, text = ''): Reply {
  const language = diagnosis?.question.language ?? 'en';
  return {
    kind: 'new_question',
    asked: 'x',
    language,
    text,
    evidence: [],
    passages: [],
    diagnosis: diagnosis?.id ?? null,
    author: 'analyst',
  };
}

function cardOf(diagnosis: Diagnosis | null, more: Partial<AnswerView> = {}, replies = [replyOf(diagnosis)]) {
  const card = answerCard({
    turn: { number: 1, at: '2026-11-21T12:00:00Z', said: 'x', replies },
    diagnosisOf: () => diagnosis,
    evidence: diagnosis?.evidence ?? [],
    caseId: 'case_0a1b2c3d4e',
    charts: [],
    pageUrl: null,
    incident: null,
    notes: [],
    ...more,
  });
  expectSound(card);
  const blocks = card.blocks as readonly {
    type: string;
    text?: { text: string };
    elements?: { text?: { text: string } | string; action_id?: string; url?: string }[];
  }[];
  const text = blocks
    .flatMap((block) => [
      block.text?.text ?? '',
      ...(block.elements ?? []).map(({ text: told }) => (typeof told === 'string' ? told : (told?.text ?? ''))),
    ])
    .join('\n');
  const buttons = blocks.flatMap(({ type, elements = [] }) => (type === 'actions' ? elements : []));
  return { card, blocks, text, buttons, names: buttons.map(({ action_id: id }) => id?.replace('wherefore:', '')) };
}

describe('the buttons of opinion', () => {
  it('put support first in sight where the platform is at fault, and stay away from a greeting', () => {
    const styleOf = (diagnosis: Diagnosis) =>
      cardOf(diagnosis)
        .card.blocks.map((block) => JSON.stringify(block))
        .join('')
        .includes('"style":"primary"');
    const [cause] = failed.rootCauses;
    if (!cause) throw new Error('no cause');
    expect(styleOf(failed)).toBe(false);
    expect(styleOf({ ...failed, rootCauses: [{ ...cause, responsibility: 'platform' }] })).toBe(true);
    expect(cardOf(null, {}, [{ ...replyOf(null, 'Hello.'), kind: 'greeting' }]).names).toEqual([]);
    expect(cardOf(null, {}, [{ ...replyOf(null, 'The job.'), kind: 'responsible' }]).names).toEqual([
      'helpful',
      'not_helpful',
      'support',
    ]);
  });
});

describe('the answer of a failed run', () => {
  it('has cause, standing, who, the guess and the fix on the first screen', () => {
    const { blocks } = cardOf(failed);
    const first = [blocks[0]?.text?.text ?? '', blocks[1]?.text?.text ?? ''].join('\n');
    expect(first.split('\n').length).toBeLessThanOrEqual(12);
    expect(first).toMatch(/^\*item_vector_backfill .* failed at 11:29:22 UTC/);
    expect(first).toContain('own group container…000004 was full at its limit of 768 MiB');
    expect(first).toContain('*●\u00a0confirmed*');
    expect(first).toContain('*Who*  the job · container_1795259698281_0005_01_000004');
    expect(first).toContain('*Not it*  “bad node”');
    expect(first).toContain('`spark.executor.memoryOverhead: 256m → 512m`');
    expect(first.indexOf('*you*')).toBeLessThan(first.indexOf('*platform*'));
  });

  it('tells the chain with the root last, each line with its proof and where it stands', () => {
    const { text } = cardOf(failed);
    const lines = text.split('\n').filter((line) => /^(?:↳ {2})?\d\d:\d\d:\d\d {2}/.test(line));
    expect(lines).toHaveLength(failed.rootCauses[0]?.chain.length ?? -1);
    expect(lines.at(-1)).toMatch(/The kernel killed java.*\[e11 e12 e13\]$/);
    for (const line of lines) expect(line).toMatch(/\[e\d+(?: e\d+)*\]$/);
    expect(text).toContain('`e13` bd-node12 dmesg.txt, line 239');
  });

  it('says the same to a screen reader', () => {
    expect(cardOf(failed).card.text).toMatch(
      /failed at.*\nWhy: The kernel killed java.*\(confirmed\)\nWho: the job.*\nDo: Raise the memory/s,
    );
  });

  it('offers what makes sense, by names that work without colour', () => {
    const { names, buttons } = cardOf(failed);
    expect(names).toEqual(['helpful', 'not_helpful', 'support', 'evidence', 'compare', 'page', 'recheck']);
    expect(buttons.every(({ url }) => url === undefined)).toBe(true);
    const served = cardOf(failed, { pageUrl: 'https://wherefore.example/c/1' });
    expect(served.buttons.filter(({ url }) => url !== undefined).map(({ action_id: id }) => id)).toEqual([
      'wherefore:page',
    ]);
  });

  it('tells of others first, and of notes', () => {
    const incident = {
      others: 12,
      sinceIso: '2026-11-21T10:02:33Z',
      what: 'bd-node12',
      link: 'https://x.slack.com/archives/C1/p1',
    };
    const { blocks, text } = cardOf(failed, { incident, notes: ['a.bz2 was not read'] });
    expect(JSON.stringify(blocks[0])).toContain('12 others ask about bd-node12 since 10:02 UTC');
    expect(text).toContain('a.bz2 was not read');
  });
});

describe('the answer of a slow run', () => {
  it('has the ledger as one table that ends in its total, in the language of the question', () => {
    const { card, names } = cardOf(slow);
    const table = card.blocks.find(({ type }) => type === 'table') as unknown as { rows: { text: string }[][] };
    const rows = table.rows.map((row) => row.map(({ text }) => text));
    expect(rows[0]).toEqual(['时间去哪了', '本次', '平时', '多了']);
    expect(rows[1]).toEqual(['倾斜尾巴', '1:53', '0:00', '+1:53']);
    expect(rows.at(-1)?.slice(0, 2)).toEqual(['合计', '3:03']);
    expect(names).not.toContain('compare');
  });

  it('shows a chart of the ledger in the place of the table', () => {
    const charts = [{ fileId: 'F0LEDGER01', alt: '倾斜尾巴 1:53', title: '时间去哪了', kind: 'ledger' }];
    const types = cardOf(slow, { charts }).card.blocks.map(({ type }) => type);
    expect(types).toContain('image');
    expect(types).not.toContain('table');
  });
});

describe('other answers', () => {
  it('say what would decide and how to get it, in words of a thread', () => {
    const { text, names } = cardOf(open);
    expect(text).toContain('*需要什么才能定*');
    expect(text).toContain('yarn application -status application_1700000000000_9999');
    expect(text).not.toMatch(/--attach|--event-log/);
    expect(names).not.toContain('evidence');
  });

  it('are small for a follow-up: text, sources, three buttons', () => {
    const reply = { ...replyOf(null, 'Because of its limit [e11].\n  - one thing'), evidence: ['e11'] };
    const { blocks, text, names } = cardOf(null, { evidence: failed.evidence }, [reply]);
    expect(blocks).toHaveLength(3);
    expect(text).toContain('•  one thing');
    expect(text).toMatch(/`e11` bd-node12 .*line 1/);
    expect(names).toEqual(['helpful', 'not_helpful', 'support']);
  });

  it('quote each part of a message with several', () => {
    const { text } = cardOf(null, {}, [
      { ...replyOf(null, 'A'), asked: 'first?' },
      { ...replyOf(null, 'B'), asked: 'second?' },
    ]);
    expect(text).toMatch(/> first\?\n+A\n+> second\?\n+B/);
  });
});
