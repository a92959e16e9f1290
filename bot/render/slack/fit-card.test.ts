import { describe, expect, it } from 'vitest';
import { actions, divider, preformatted, sections, table } from './blocks.ts';
import { button } from './button.ts';
import { expectSound } from './card-schema-fixture.ts';
import { type CardPart, fitCard } from './fit-card.ts';
import { escaped } from './mrkdwn.ts';

const part = (text: string, rank: number): CardPart => ({ blocks: sections([escaped(text)]), rank });
const told = (card: ReturnType<typeof fitCard>) => JSON.stringify(card.blocks);

describe('one message', () => {
  it('keeps everything that fits, in its order, and says nothing about it', () => {
    const card = fitCard('x', [part('one', 3), part('two', 0)], 'en');
    expectSound(card);
    expect(told(card)).toMatch(/one.*two/);
    expect(told(card)).not.toContain('did not fit');
  });

  it('leaves out what matters least first and says that it did', () => {
    const card = fitCard(
      'x',
      [
        part(`a${'x'.repeat(1_300)}`, 0),
        ...Array.from({ length: 9 }, (_, at) => part(`rank${at} ${'y'.repeat(1_300)}`, at + 1)),
      ],
      'en',
    );
    expectSound(card);
    expect(told(card)).toContain('rank0');
    expect(told(card)).not.toContain('rank8');
    expect(told(card)).toContain('did not fit');
  });

  it('keeps the beginning of a single long text, and the buttons under it', () => {
    const row = actions([button('helpful', 'Helpful', '- -')]);
    const long = sections(Array.from({ length: 40 }, (_, at) => escaped(`line ${at} ${'x'.repeat(900)}`)));
    const card = fitCard(
      'x',
      [
        { blocks: long, rank: 0 },
        { blocks: row, rank: 0 },
      ],
      'en',
    );
    expectSound(card);
    expect(told(card)).toContain('line 5 x');
    expect(told(card)).not.toContain('line 39');
    expect(card.blocks.map(({ type }) => type).slice(-2)).toEqual(['context', 'actions']);
    expect(told(card)).toContain('did not fit');
  });

  it('holds at most fifty blocks, even of one part', () => {
    const many = fitCard('x', [{ blocks: Array.from({ length: 80 }, divider), rank: 0 }], 'zh');
    expect(many.blocks.length).toBeLessThanOrEqual(50);
    expectSound(many);
  });

  it('holds one table', () => {
    const rows = [
      ['a', 'b'],
      ['1', '2'],
    ];
    const card = fitCard('x', [{ blocks: [...table(rows, [1]), ...table(rows, [1])], rank: 0 }], 'en');
    expect(card.blocks.map(({ type }) => type)).toEqual(['table']);
  });

  it('has words for a notification even without any', () => {
    expect(fitCard(' ', [part('x', 0)], 'en').text).toBe('–');
    expect(fitCard('&'.repeat(9_000), [part('x', 0)], 'en').text.length).toBeLessThanOrEqual(4_000);
  });
});

describe('blocks', () => {
  it('split what is longer than a section between lines', () => {
    const blocks = sections(Array.from({ length: 20 }, (_, at) => escaped(`line ${at} ${'x'.repeat(400)}`)));
    expect(blocks.length).toBeGreaterThan(2);
    const text = blocks.map((block) => block.text?.text).join('\n');
    for (let at = 0; at < 20; at += 1) expect(text).toContain(`line ${at} x`);
  });

  it('keep the last row of a long table: its total', () => {
    const [block] = table(
      [['name', 'ms'], ...Array.from({ length: 500 }, (_, at) => [`row ${at}`, '1']), ['total', '500']],
      [1],
    );
    expect(block?.rows.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(block?.rows.at(-1))).toContain('total');
  });

  it('show an excerpt word for word, with no way out of it', () => {
    const excerpt = 'a ``` b\n*c* <!channel> & https://x.example';
    expect(JSON.stringify(preformatted(excerpt, 2_000))).toContain(JSON.stringify(excerpt));
  });
});
