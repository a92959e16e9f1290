import { describe, expect, it } from 'vitest';
import { type Figure, figuresIn } from './figure.ts';
import { Grounds } from './grounds.ts';
import { followsWithin } from './within-text.ts';

const figure = (text: string): Figure => {
  const [found] = figuresIn(text);
  if (found === undefined) throw new Error(`${text} has no figure`);
  return found;
};

describe('a figure and its grounds', () => {
  const grounds = new Grounds().addRecord(
    'anon-rss:318924kB "Executor Run Time":154532 memory.limit 1242562560 max direct memory: 24.0 MiB 26/11/21 11:02:47 7 tries',
  );
  it.each([
    ['318924 kB', true],
    ['311.4 MiB', true],
    ['311.5 MiB', false],
    ['2 min 35 s', true],
    ['154.5 s', true],
    ['154.6 s', false],
    ['24 MiB', true],
    ['25 MiB', false],
    ['1.2 GiB', true],
    ['7', true],
    ['8', false],
  ])('%s: %s', (text, expected) => {
    expect(grounds.has(figure(text))).toBe(expected);
  });

  it('knows times of day however they are written', () => {
    expect(grounds.hasClock('11:02:47')).toBe(true);
    expect(grounds.hasClock('2026-11-21')).toBe(true);
    expect(grounds.hasClock('11:02:48')).toBe(false);
    expect(new Grounds().addText('"Timestamp":1795257909802').hasClock('10:45:10')).toBe(true);
  });

  it('follows from two others of its text, and from nothing else', () => {
    const text = figuresIn('446.5 MiB of 468.1 MiB (95 %), 1 MiB took 3.4 s (300.1 KiB/s)');
    const [first, , share, , , rate] = text;
    expect(followsWithin(share as Figure, text)).toBe(true);
    expect(followsWithin(rate as Figure, text)).toBe(true);
    expect(followsWithin(first as Figure, text)).toBe(false);
    expect(followsWithin(figure('94 %'), text)).toBe(false);
  });
});
