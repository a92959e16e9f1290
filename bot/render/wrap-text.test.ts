import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cutToWidth, wrapText } from './wrap-text.ts';

const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => stringWidth(line)));

describe('wrapText', () => {
  it('breaks at blanks', () => {
    expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrapText('', 9)).toEqual(['']);
    expect(wrapText('   ', 9)).toEqual(['']);
  });

  it('keeps a figure with its unit, in both languages', () => {
    expect(wrapText('the heap has 768 MiB', 17)).toEqual(['the heap has', '768 MiB']);
    expect(wrapText('用时大约一共 12 分', 16)).toEqual(['用时大约一共', '12 分']);
  });

  it('breaks between Han characters, and never before a closing mark', () => {
    const lines = wrapText('这是一句很长的中文，没有任何空格。', 10);
    expect(widest(lines)).toBeLessThanOrEqual(10);
    expect(lines.join('')).toBe('这是一句很长的中文，没有任何空格。');
    for (const line of lines) expect(line).not.toMatch(/^[，。]/);
  });

  it('cuts a word wider than the line, at a joint where there is one', () => {
    const lines = wrapText('/warehouse/dwd.db/order_user_wide/part-00000.parquet', 20);
    expect(widest(lines)).toBeLessThanOrEqual(20);
    expect(lines[0]).toBe('/warehouse/dwd.db/');
    expect(lines.join('')).toBe('/warehouse/dwd.db/order_user_wide/part-00000.parquet');
  });

  it('never widens a line, whatever the text', () => {
    const signs = [
      'a',
      'B',
      '9',
      ' ',
      '中',
      '，',
      '（',
      '%',
      '_',
      '/',
      '🙂',
      'é',
      'ｗ',
      '.',
      '"',
      'ms',
      ' 12 MiB',
      '\u0301',
    ];
    let seed = 7;
    const next = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed;
    };
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: next() % 120 }, () => signs[next() % signs.length]).join('');
      const columns = 10 + (next() % 90);
      const lines = wrapText(text, columns);
      expect(widest(lines), JSON.stringify(text)).toBeLessThanOrEqual(columns);
      const bare = (all: string) => all.replace(/\s+/g, '');
      expect(bare(lines.join(''))).toBe(bare(text));
    }
  });

  it('takes linear time', () => {
    const started = performance.now();
    wrapText('x'.repeat(20_000), 40);
    wrapText('（'.repeat(20_000), 40);
    wrapText('1 '.repeat(20_000), 40);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('cutToWidth', () => {
  it('leaves out the middle, and only when it has to', () => {
    expect(cutToWidth('short', 10)).toBe('short');
    const cut = cutToWidth('hosts/bd-node12/var/log/hadoop-yarn/nodemanager.log, line 7', 30);
    expect(stringWidth(cut)).toBeLessThanOrEqual(30);
    expect(cut).toMatch(/^hosts.*….*line 7$/);
    expect(stringWidth(cutToWidth('中'.repeat(50), 21))).toBeLessThanOrEqual(21);
  });
});
