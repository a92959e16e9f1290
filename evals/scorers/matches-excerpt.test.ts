import { expect, it } from 'vitest';
import { matchesExcerpt } from './matches-excerpt.ts';

it.each([
  ['user=etl password=hunter2 host=a', 'password=‹masked› host', true],
  ['user=etl password=hunter2 host=a', 'password=‹masked› host=b', false],
  ['queue full: application_17_0001 waits', 'full: ‹another application A› waits', true],
  ['a line', 'a line', true],
  ['a line', 'a  line', false],
  ['a line', '‹masked›', false],
  ['a line', '', false],
])('%s holds %s: %s', (text, excerpt, expected) => {
  expect(matchesExcerpt(text, excerpt)).toBe(expected);
});
