import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { demoCase } from '../investigation/fixtures/demo-case.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { renderMarkdown } from './markdown.ts';

const diagnoses = new Map<string, Diagnosis>();
beforeAll(async () => {
  diagnoses.set('failed-run en', (await demoCase('failed-run', 'en')).diagnosis);
  diagnoses.set('slow-run zh', (await demoCase('slow-run', 'zh')).diagnosis);
  for (const language of ['en', 'zh'] as const) {
    diagnoses.set(`hostile ${language}`, hostileDiagnosis(language));
    diagnoses.set(`hostile open ${language}`, hostileDiagnosis(language, 'needs_more'));
  }
});

/** The text without its fenced blocks, each closed by the marks that opened it, and without code spans. */
function outsideCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const marks = /^ {2}(`{3,})(?:text)?$/.exec(line)?.[1];
    if (fence === null && marks) fence = marks;
    else if (fence !== null && line === `  ${fence}`) fence = null;
    else if (fence === null) lines.push(line);
  }
  expect(fence, 'every fence is closed').toBeNull();
  return lines.join('\n').replace(/(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '');
}

describe.each(['hostile en', 'hostile zh', 'hostile open en', 'hostile open zh'])('the Markdown face of %s', (name) => {
  const text = () => outsideCode(renderMarkdown(diagnoses.get(name) as Diagnosis));

  it('obeys no mark of what was read', () => {
    expect(text()).not.toMatch(/(?<!\\)<(?:script|img|a)/);
    expect(text()).not.toMatch(/(?<!\\)!\[/);
    expect(text()).not.toMatch(/(?<!\\)\]\(/);
    expect(text()).not.toMatch(/(?<!\\)`/);
    expect(text()).not.toMatch(/(?<!\\)~~/);
    expect(text()).not.toMatch(/(?<!\\)&(?!#58;)/);
    expect(text()).not.toMatch(/https?:\/\//);
  });

  it('has pipes in its own table alone', () => {
    for (const line of text().split('\n')) {
      if (/(?<!\\)\|/.test(line)) expect(line).toMatch(/^\|(?: [^|\\]* \||-+:?\|)+$|^\|---\|(?:---:\|)+$/);
    }
  });

  it('holds nothing that acts on the screen', () => {
    const all = renderMarkdown(diagnoses.get(name) as Diagnosis);
    expect(all).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/,
    );
  });
});

describe('the Markdown face', () => {
  it('has cause, chain, remedy, evidence of the failed run', () => {
    const text = renderMarkdown(diagnoses.get('failed-run en') as Diagnosis);
    expect(text).toMatch(/^### The kernel killed java \\?\(pid 11781\\?\)/m);
    expect(text).toContain('`kernel.memcg_oom` · confirmed');
    expect(text).toContain('`spark.executor.memoryOverhead`: `256m` → `512m`');
    const { evidence } = diagnoses.get('failed-run en') as Diagnosis;
    for (const { id } of evidence) expect(text).toContain(`- **${id}** `);
  });

  it('has the ledger of the slow run as a table whose rows have as many cells as its head', () => {
    const rows = renderMarkdown(diagnoses.get('slow-run zh') as Diagnosis)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(4);
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([6]));
  });
});
