import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { context, divider, header, image, preformatted, sections, table } from '../../bot/render/slack/blocks.ts';
import { resolveForm } from '../../bot/render/slack/forms.ts';
import { escaped, mrkdwn } from '../../bot/render/slack/mrkdwn.ts';
import { mrkdwnHtml } from './mrkdwn-html.ts';
import { previewBlocks, previewPage } from './preview-blocks.ts';

const CARDS = path.join(import.meta.dirname, '../../bot/render/slack');
const ABOUT = { caseId: 'case_0a', diagnosis: null, team: 'T1', channel: 'C1', threadTs: null, messageTs: null };
const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';

/** One block of each type; buttons and choices stand on the cards of the recorded test. */
const EACH = [
  ...sections([mrkdwn`*bold* and ${'plain'}`]),
  header('Head'),
  ...context([escaped('small')]),
  divider(),
  ...image({ fileId: 'F0ABC12345', alt: 'the alt', title: 'the title' }),
  preformatted('kept   <spaces>', 100),
  ...table(
    [
      ['a', 'b'],
      ['c', '1'],
    ],
    [1],
  ),
];

describe('the preview', () => {
  it('draws every type of block that a builder makes', () => {
    const built = readdirSync(CARDS)
      .filter((name) => name.endsWith('.ts') && !/fixture|test/.test(name))
      .flatMap((name) =>
        [...readFileSync(path.join(CARDS, name), 'utf8').matchAll(/\btype: '([a-z_]+)'/g)].map((match) => match[1]),
      );
    const html = previewPage([
      { card: { text: 'x', blocks: EACH } },
      { view: resolveForm({ about: ABOUT, language: 'en' }) },
    ]);
    const elements = [
      'button',
      'plain_text',
      'mrkdwn',
      'raw_text',
      'text',
      'rich_text_preformatted',
      'users_select',
      'static_select',
      'plain_text_input',
      'modal',
      'actions',
    ];
    const blocks = [...new Set(built)].filter((type) => !elements.includes(type ?? ''));
    expect(blocks.length).toBeGreaterThanOrEqual(7);
    for (const type of blocks) expect(html).toContain(`class="block ${type}"`);
    for (const text of [
      '<b>bold</b>',
      '<h3>Head</h3>',
      'small',
      '<hr>',
      'the alt',
      'the title',
      '<pre>kept   &lt;spaces&gt;</pre>',
      '<th class="left wrapped">a</th>',
      '<td class="right">1</td>',
      'What fixed it',
    ])
      expect(html).toContain(text);
  });

  it('refuses a type it does not know', () => {
    expect(() => previewBlocks([{ type: 'video' }])).toThrow('video');
  });

  it('asks for nothing outside, and shows pictures only from the page itself', () => {
    const html = previewPage([{ card: { text: 'x', blocks: EACH } }], {
      pictures: { F0ABC12345: PIXEL },
      theme: 'dark',
    });
    expect(html).toContain("default-src 'none'");
    expect(html).toContain(`src="${PIXEL}"`);
    expect(html).not.toMatch(/<script|<link|@import|url\(|(?:src|href)="(?!data:)/i);
    const foreign = previewPage([{ card: { text: 'x', blocks: EACH } }], {
      pictures: { F0ABC12345: 'https://evil.example/p.png' },
    });
    expect(foreign).not.toContain('evil.example');
  });
});

describe('the markup of Slack as HTML', () => {
  it.each([
    ['*bold* _it_ ~gone~ `a*b*`', '<b>bold</b> <i>it</i> <s>gone</s> <code>a*b*</code>'],
    ['a_b_c 2*3*4', 'a_b_c 2*3*4'],
    ['中文*粗*体', '中文*粗*体'],
    ['> said\nnext', '<blockquote>said</blockquote>next'],
    ['<https://x.example/a|there>', '<a title="https://x.example/a">there</a>'],
    ['<@U012>', '<span class="mention">@U012</span>'],
    ['&lt;script&gt; &amp;amp;', '&lt;script&gt; &amp;amp;'],
    ['"><img src=x onerror=1>', '&quot;&gt;<a title="img src=x onerror=1">img src=x onerror=1</a>'],
  ])('%s', (text, html) => {
    expect(mrkdwnHtml(text)).toBe(html);
  });
});
