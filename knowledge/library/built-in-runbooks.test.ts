import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CAUSES } from '../causes/catalogue.ts';
import { CAUSE_CODES } from '../causes/cause-codes.ts';
import { settingOf } from '../causes/settings.ts';
import { BUILT_IN_FOLDER } from '../ingestion/collection.ts';
import { builtInRunbooks, headingsOf, runbookUrl } from './built-in-runbooks.ts';

const FRONT_MATTER = z.strictObject({
  title: z.strictObject({ en: z.string().min(4), zh: z.string().regex(/\p{Script=Han}/u) }),
  codes: z.array(z.enum(CAUSE_CODES)).min(1),
  areas: z.array(z.string()).min(1),
  engines: z.record(z.string(), z.string()),
  symptoms: z.strictObject({ en: z.array(z.string()).min(4), zh: z.array(z.string()).min(4) }),
  owner: z.string(),
  reviewed: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  audience: z.array(z.string()).min(1),
});
const SECTIONS = [
  'What you see',
  'What it means',
  'How to confirm',
  'Often confused with',
  'What to do',
  'For the platform team',
  'Escalation',
  '中文说明',
  '现象与含义',
  '如何确认',
  '如何处理',
];
/** What a key of a setting looks like, as against classes, files, hosts and metrics. */
const KEY =
  /^(?:spark|yarn|dfs|fs|hive|mapreduce|celeborn|alluxio|taskmanager|jobmanager|execution|state|kubernetes|vm|kernel|net)\.[a-z][\w-]*(?:\.[\w-]+)+$/;

const names = builtInRunbooks();
const read = (name: string) => {
  const text = readFileSync(path.join(BUILT_IN_FOLDER, `${name}.md`), 'utf8');
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  return { text, front: FRONT_MATTER.safeParse(parse(front, { schema: 'failsafe' })), body };
};

describe('the built-in runbooks', () => {
  it('are at least sixty', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it('cover every code of the catalogue', () => {
    const covered = new Set(names.flatMap((name) => read(name).front.data?.codes ?? []));
    expect(CAUSE_CODES.filter((code) => !covered.has(code))).toEqual([]);
  });

  it.for(names)(
    '%s says what it is, has every section, advises known settings only and links to what exists',
    (name) => {
      const { text, front, body } = read(name);
      expect(front.error?.issues ?? []).toEqual([]);
      const headings = headingsOf(name).map((heading) => heading.text);
      expect(SECTIONS.filter((section) => !headings.includes(section))).toEqual([]);
      expect(headings[0]).toBe(front.data?.title.en);
      const keys = [...body.matchAll(/`([^`\s]+)`/g)].map(([, word = '']) => word.replace(/=.*$/, ''));
      expect(keys.filter((key) => KEY.test(key) && settingOf(key) === undefined)).toEqual([]);
      const chinese = body.slice(body.indexOf('## 中文说明')).match(/\p{Script=Han}/gu) ?? [];
      expect(chinese.length).toBeGreaterThanOrEqual(200);
      expect(text.split('\n').filter((line) => line.length > 170)).toEqual([]);
      expect(deadLinks(name, body)).toEqual([]);
    },
  );
});

describe('the catalogue', () => {
  it.for(CAUSES.map(({ code }) => code))('%s opens a section of its runbook for each of its remedies', (code) => {
    const cause = CAUSES.find((candidate) => candidate.code === code);
    const runbook = cause?.runbook ?? '';
    expect(names).toContain(runbook);
    expect(read(runbook).front.data?.codes).toContain(code);
    const anchors = headingsOf(runbook).map(({ anchor }) => anchor);
    const sections = (cause?.remediations ?? []).map(({ section }) => section);
    expect(sections.filter((section) => section === undefined || !anchors.includes(section))).toEqual([]);
  });
});

describe('runbookUrl', () => {
  it('opens a section from the root of the product, or under an address', () => {
    expect(runbookUrl('memory-spill', 'what-to-do', null)).toBe('knowledge/runbooks/memory-spill.md#what-to-do');
    expect(runbookUrl('memory-spill', '', 'https://git.example/wherefore/blob/main')).toBe(
      'https://git.example/wherefore/blob/main/knowledge/runbooks/memory-spill.md',
    );
  });
});

function deadLinks(name: string, body: string): string[] {
  const links = [...body.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((link) => {
    if (/^https:\/\//.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? name : file.replace(/\.md$/, '');
    if (file !== '' && (!file.endsWith('.md') || !names.includes(target))) return true;
    return anchor !== undefined && !headingsOf(target).some((heading) => heading.anchor === anchor);
  });
}
