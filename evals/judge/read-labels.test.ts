import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { JUDGE_QUESTION_NAMES } from './judge-questions.ts';
import { readLabels } from './read-labels.ts';

describe('the labels', () => {
  const { labels } = readLabels();

  it('are of at least 40 answers to asks that exist', () => {
    expect(labels.length).toBeGreaterThanOrEqual(40);
    const asks = new Set(
      readScenarios().flatMap(({ id, questions }) => questions.map((_, at) => `${id}/asked-${at + 1}`)),
    );
    expect(labels.filter(({ ask }) => !asks.has(ask)).map(({ ask }) => ask)).toEqual([]);
  });

  it('say yes and no: where all were one and the same nothing could be told by them', () => {
    // Every answer that was read was in the language of its question.
    for (const question of JUDGE_QUESTION_NAMES.filter((name) => name !== 'language')) {
      const said = labels.flatMap(({ says }) => says[question]?.[0] ?? []);
      expect(new Set(said), question).toEqual(new Set(['yes', 'no']));
    }
  });

  it('answer every question that can always be asked', () => {
    for (const { ask, says } of labels)
      for (const question of ['plain', 'grounded', 'language', 'next_step'] as const)
        expect(says[question], `${ask} ${question}`).toBeDefined();
  });
});

describe('readLabels', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wherefore-labels-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function file(labels: string): string {
    const at = path.join(folder, 'labels.yaml');
    writeFileSync(
      at,
      `labelledBy: a test\nconfirmedBy: null\nlabelledAt: "2026-11-22"\ncommit: abcdef0\nlabels:\n${labels}`,
    );
    return at;
  }
  const LABEL = '  - { ask: s/asked-1, answer: "0123456789abcdef", says: { plain: [yes, says it] } }\n';

  it('reads verdicts with their reasons', () => {
    expect(readLabels(file(LABEL)).labels[0]?.says).toEqual({ plain: ['yes', 'says it'] });
  });

  it.each([
    ['a verdict without a reason', LABEL.replace(', says it', ''), /says\.plain/],
    ['an unknown question', LABEL.replace('plain', 'pretty'), /pretty/],
    ['a hash that is none', LABEL.replace('0123456789abcdef', '0123'), /answer/],
    ['one answer labelled twice', LABEL + LABEL, /labelled twice: s\/asked-1/],
  ])('refuses %s', (_what, labels, why) => {
    expect(() => readLabels(file(labels))).toThrow(why);
  });
});
