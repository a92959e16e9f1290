import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it('makes what acts on a screen visible', () => {
    expect(visibleText('\u001b[31mred')).toBe('\\u001b[31mred');
    expect(visibleText('a\u0000b\u0007c\u007fd\u009b2J')).toBe('a\\u0000b\\u0007c\\u007fd\\u009b2J');
    expect(visibleText('\u202eesrever\u2066x\u200b\ufeff\u00ad')).toBe('\\u202eesrever\\u2066x\\u200b\\ufeff\\u00ad');
  });

  it('turns line ends and tabs into one space', () => {
    expect(visibleText('a\r\n\tb\nc')).toBe('a b c');
  });

  it('leaves letters of every script, figures and arrows as they are', () => {
    const text = 'é ü 中文，。 Ελ עברית العربية 1 → 2 “x” … 🙂';
    expect(visibleText(text)).toBe(text);
  });
});
