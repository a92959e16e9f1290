import { beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '../conversation/thread.ts';
import { demoCase } from '../investigation/fixtures/demo-case.ts';
import { renderCasePage } from './case-page.ts';
import { CHARTS } from './charts/chart-fixture.ts';
import { chartsOf } from './charts/charts-of.ts';
import { PALETTES } from './charts/palette.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';

const HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(2)> \u202e [e1] [e999]';

function turn(text: string, diagnosis: string | null = null): Turn {
  return {
    number: 2,
    at: '2026-11-21T11:40:00.000Z',
    said: `and why? ${HOSTILE}`,
    replies: [
      {
        kind: 'evidence',
        asked: 'and why?',
        language: 'en',
        text,
        evidence: [],
        passages: [],
        diagnosis,
        author: 'analyst',
      },
    ],
  };
}

const pages = new Map<string, string>();
beforeAll(async () => {
  for (const [name, language] of [
    ['failed-run', 'en'],
    ['slow-run', 'zh'],
  ] as const) {
    const { investigation, diagnosis } = await demoCase(name, language);
    pages.set(name, await renderCasePage(diagnosis, { charts: chartsOf(investigation, diagnosis) }));
  }
  const hostile = hostileDiagnosis('en');
  pages.set(
    'hostile',
    await renderCasePage(hostile, {
      charts: CHARTS,
      turns: [turn(`first line [e1]\nsecond ${HOSTILE}`), turn('', hostile.id)],
      feedback: [
        { helpful: true, reason: null },
        { helpful: false, reason: HOSTILE },
      ],
      resolution: { fixedBy: HOSTILE, code: 'kernel.memcg_oom', resolver: HOSTILE, resolvedOn: '2026-11-21' },
    }),
  );
});

const VOID = new Set(['meta', 'br', '!doctype']);

function tagsOf(page: string): { name: string; closes: boolean; attributes: string }[] {
  return [...page.matchAll(/<(\/?)([a-z0-9!]+)([^<>]*)>/gi)].map((match) => ({
    closes: match[1] === '/',
    name: (match[2] ?? '').toLowerCase(),
    attributes: match[3] ?? '',
  }));
}

describe.each(['failed-run', 'slow-run', 'hostile'])('the case page of %s', (name) => {
  const page = () => pages.get(name) as string;

  it('asks for nothing outside, and runs nothing', () => {
    for (const { name: tag, attributes } of tagsOf(page())) {
      expect(['script', 'img', 'image', 'link', 'iframe', 'object', 'embed', 'form', 'base', 'use']).not.toContain(tag);
      expect(attributes).not.toMatch(/\s(?:src|srcset|action|formaction|xlink:href|on\w+)\s*=/i);
      for (const href of attributes.matchAll(/\shref="([^"]*)"/g)) expect(href[1]).toMatch(/^#[ep]\d+$/);
    }
    expect(page()).not.toMatch(/@import|url\(/i);
    expect(page()).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
  });

  it('closes what it opens, in order', () => {
    const open: string[] = [];
    for (const { name: tag, closes, attributes } of tagsOf(page())) {
      if (VOID.has(tag) || attributes.endsWith('/')) continue;
      if (closes) expect(open.pop()).toBe(tag);
      else open.push(tag);
    }
    expect(open).toEqual([]);
  });

  it('links only to what stands on it, and names nothing twice', () => {
    const ids = [...page().matchAll(/\sid="(\w+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page().matchAll(/href="#(\w+)"/g)) expect(ids).toContain(id);
  });

  it('draws in the colours of the page, in its fonts, with words for who does not see', () => {
    const drawings = page().match(/<svg[^>]*>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(0);
    expect(drawings.filter((tag) => tag.includes('class="wide"'))).toHaveLength(drawings.length / 2);
    for (const tag of drawings) expect(tag).toMatch(/ role="img" aria-label="[^"]{40,}" viewBox="[\d. ]+"/);
    const [, body = ''] = page().split('</style>');
    for (const colour of Object.values(PALETTES.light)) expect(body).not.toContain(`"${colour}"`);
    expect(body).not.toContain('font-family');
  });
});

describe('the case page', () => {
  it('has the drawings that the case has', () => {
    expect(pages.get('failed-run')?.match(/<figcaption>[^<]*/g)).toEqual([
      '<figcaption>Memory against the limit of 768 MiB: container_..._000004 @ bd-node12',
      expect.stringContaining('<figcaption>How it went, within'),
    ]);
    expect(pages.get('slow-run')?.match(/<figcaption>[^<]*/g)).toEqual([
      '<figcaption>时间去哪了：本次 3 分 3 秒，平时 1 分 11 秒',
      '<figcaption>阶段 6 的任务时长：24 个任务',
    ]);
  });

  it('tells the conversation after the answer, with links to what it cites', () => {
    const page = pages.get('hostile') as string;
    expect(page).toContain('<p class="reply">first line [<a href="#e1">e1</a>]\nsecond ');
    expect(page).toContain('[e999]');
    expect(page.match(/class="turn"/g)).toHaveLength(1);
    expect(page).toContain('<time>2026-11-21 11:40:00 UTC</time>');
  });

  it('shows what people wrote as text', () => {
    const page = pages.get('hostile') as string;
    // The message, the reply, the reason, what fixed it, who resolved it.
    expect(page.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&lt;img src=x/g)).toHaveLength(5);
    expect(page).not.toMatch(/\u202e/);
    expect(page).toContain('<p>helpful 1 · not helpful 1</p>');
    expect(page).toContain('What fixed it: ');
  });

  it('is the page of the answer where there is nothing else', async () => {
    const page = await renderCasePage(hostileDiagnosis('zh', 'needs_more'));
    expect(page).not.toContain('<svg');
    expect(page).not.toMatch(/class="turn"|class="closed"/);
    expect(page).toContain('<html lang="zh-CN">');
  });
});
