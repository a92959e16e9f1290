import { describe, expect, it } from 'vitest';
import { builtInChunks } from '../../knowledge/ingestion/built-in-chunks.ts';
import type { LabelledQuestion } from './labelled-question.ts';
import { readQuestions, setOf } from './read-questions.ts';

const QUESTIONS = readQuestions();
const count = (kept: (question: LabelledQuestion) => boolean) => QUESTIONS.filter(kept).length;

describe('the labelled questions', () => {
  it('have each an id of their own, and no text twice', () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
    expect(new Set(QUESTIONS.map(({ text }) => text.toLowerCase())).size).toBe(QUESTIONS.length);
  });

  it('are as many as were promised, half of them Chinese or mixed, and 40 that nothing answers', () => {
    expect(count(({ kind }) => kind !== 'none')).toBeGreaterThanOrEqual(240);
    expect(count(({ kind }) => kind === 'none')).toBeGreaterThanOrEqual(40);
    expect(count(({ language }) => language !== 'en') / QUESTIONS.length).toBeGreaterThanOrEqual(0.48);
  });

  it('name sections that exist, and none where nothing answers', async () => {
    const places = new Set((await builtInChunks()).map(({ runbook, section }) => `${runbook}#${section}`));
    const lost = QUESTIONS.flatMap(({ id, sections }) =>
      sections.filter((place) => !places.has(place)).map((place) => `${id} ${place}`),
    );
    expect(lost).toEqual([]);
    expect(QUESTIONS.filter(({ kind, sections }) => (kind === 'none') !== (sections.length === 0))).toEqual([]);
  });

  it.each(['symptom', 'how_to', 'paraphrase', 'none'] as const)('of kind %s have a third set aside', (kind) => {
    const aside = count((question) => question.kind === kind && setOf(question) === 'set-aside');
    const share = aside / count((question) => question.kind === kind);
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.39);
  });
});
