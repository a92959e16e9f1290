import { describe, expect, it } from 'vitest';
import { textOfBlocks } from './text-of-blocks.ts';

describe('textOfBlocks', () => {
  it('reads rich text with the escapes that text would have', () => {
    // The shape of docs.slack.dev/reference/block-kit/blocks/rich-text-block
    const blocks = [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'UBOT' },
              { type: 'text', text: ' look at ' },
              { type: 'link', url: 'http://rm.example:8088/cluster', text: 'this' },
            ],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'exit code 137' }] },
          {
            type: 'rich_text_list',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
          },
        ],
      },
    ];
    expect(textOfBlocks({ blocks })).toBe(
      '<@UBOT> look at <http://rm.example:8088/cluster|this>\nexit code 137\nfirst',
    );
  });

  it('tells a line that text, blocks and fallback repeat once', () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'Job failed' } };
    expect(
      textOfBlocks({ text: 'Job failed', blocks: [section], attachments: [{ fallback: 'Job failed', text: 'why' }] }),
    ).toBe('Job failed\nwhy');
    expect(textOfBlocks({ attachments: [{ fallback: 'only this' }] })).toBe('only this');
  });

  it('is bounded in depth and width', () => {
    let nested: unknown = { type: 'text', text: 'deep' };
    for (let depth = 0; depth < 10_000; depth++) nested = { type: 'section', elements: [nested] };
    expect(textOfBlocks({ blocks: [nested] })).toBe('');
    const wide = { type: 'section', fields: Array.from({ length: 150 }, () => ({ text: { text: 'x' } })) };
    const begin = performance.now();
    textOfBlocks({ blocks: Array.from({ length: 10_000 }, () => wide) });
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
