import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { demoCase } from '../investigation/fixtures/demo-case.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { renderHtml } from './html.ts';

const pages = new Map<string, string>();
const diagnoses = new Map<string, Diagnosis>();
beforeAll(async () => {
  diagnoses.set('failed-run en', (await demoCase('failed-run', 'en')).diagnosis);
  diagnoses.set('slow-run zh', (await demoCase('slow-run', 'zh')).diagnosis);
  for (const language of ['en', 'zh'] as const) {
    diagnoses.set(`hostile ${language}`, hostileDiagnosis(language));
    diagnoses.set(`hostile open ${language}`, hostileDiagnosis(language, 'needs_more'));
  }
  for (const [name, diagnosis] of diagnoses) pages.set(name, renderHtml(diagnosis));
});

const NAMES = ['failed-run en', 'slow-run zh', 'hostile en', 'hostile zh', 'hostile open en', 'hostile open zh'];
/** Elements that hold no other. */
const VOID = new Set(['meta', 'br', '!doctype']);

/** Every tag of a page in its order; text between tags holds no `<`. */
function tagsOf(page: string): { name: string; closes: boolean; attributes: string }[] {
  return [...page.matchAll(/<(\/?)([a-z0-9!]+)([^<>]*)>/gi)].map((match) => ({
    closes: match[1] === '/',
    name: (match[2] ?? '').toLowerCase(),
    attributes: match[3] ?? '',
  }));
}

describe.each(NAMES)('the page of %s', (name) => {
  const page = () => pages.get(name) as string;

  it('asks for nothing outside: no script, no source, no link but to itself', () => {
    const tags = tagsOf(page());
    const names = new Set(tags.map((tag) => tag.name));
    for (const forbidden of ['script', 'img', 'link', 'iframe', 'object', 'embed', 'form', 'base', 'svg', 'video'])
      expect(names.has(forbidden)).toBe(false);
    for (const { attributes } of tags) {
      expect(attributes).not.toMatch(/\s(?:src|srcset|action|formaction|background|on\w+)\s*=/i);
      for (const href of attributes.matchAll(/\shref="([^"]*)"/g)) expect(href[1]).toMatch(/^#[ep]\d+$/);
    }
    expect(page()).not.toMatch(/@import|url\(/i);
    expect(page()).toContain(`default-src 'none'`);
  });

  it('closes what it opens, in order', () => {
    const open: string[] = [];
    for (const { name: tag, closes } of tagsOf(page())) {
      if (VOID.has(tag)) continue;
      if (closes) expect(open.pop()).toBe(tag);
      else open.push(tag);
    }
    expect(open).toEqual([]);
    expect(page().split('<').length - 1).toBe(tagsOf(page()).length);
  });

  it('links only to evidence that stands on it', () => {
    const ids = new Set([...page().matchAll(/\sid="(e\d+)"/g)].map((match) => match[1]));
    const linked = [...page().matchAll(/href="#(e\d+)"/g)].map((match) => match[1]);
    expect(linked.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe(diagnoses.get(name)?.evidence.length);
  });

  it('holds nothing that acts on the screen', () => {
    expect(page()).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/,
    );
  });
});

describe('the page', () => {
  it('shows hostile text as text', () => {
    expect(pages.get('hostile en')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(pages.get('hostile en')).toContain('&lt;/pre&gt;&lt;/details&gt;');
    expect(pages.get('hostile en')).toContain('&amp;lt;b&amp;gt;');
  });

  it('says in which language it is', () => {
    expect(pages.get('slow-run zh')).toContain('<html lang="zh-CN">');
    expect(pages.get('failed-run en')).toContain('<html lang="en">');
  });
});
