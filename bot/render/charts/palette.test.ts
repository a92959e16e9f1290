import { describe, expect, it } from 'vitest';
import { HTML_STYLE } from '../html-style.ts';
import { contrast } from './contrast.ts';
import { PALETTES, type Palette } from './palette.ts';

const WORDS: readonly (keyof Palette)[] = ['ink', 'soft', 'alarm', 'ok', 'mid'];
const DRAWN: readonly (keyof Palette)[] = ['bar', 'usual', 'alarm', 'ink'];

describe.each(['light', 'dark'] as const)('the %s palette', (scheme) => {
  const palette = PALETTES[scheme];

  it.each(WORDS)('has words in %s that can be read on the background', (name) => {
    expect(contrast(palette[name], palette.paper)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(DRAWN)('draws with %s what can be seen on the background', (name) => {
    expect(contrast(palette[name], palette.paper)).toBeGreaterThanOrEqual(3);
  });

  it('has no colour twice: a page puts names in their place', () => {
    expect(new Set(Object.values(palette)).size).toBe(Object.keys(palette).length);
    for (const colour of Object.values(palette)) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('is the palette of the page', () => {
    for (const [name, colour] of Object.entries(palette)) expect(HTML_STYLE).toContain(`--${name}:${colour}`);
  });
});

describe('the style of the page', () => {
  it('uses no colour but the palette', () => {
    const known = new Set(Object.values(PALETTES).flatMap((palette) => Object.values(palette)));
    const used = HTML_STYLE.match(/#[0-9a-f]{3,8}\b/gi) ?? [];
    expect(used.filter((colour) => !known.has(colour))).toEqual([]);
    for (const [, name] of HTML_STYLE.matchAll(/var\(--(\w+)\)/g)) expect(Object.keys(PALETTES.light)).toContain(name);
  });

  it('is light on paper whatever the reader prefers', () => {
    expect(HTML_STYLE).toContain('@media screen and (prefers-color-scheme:dark)');
  });
});
