import { expect, it } from 'vitest';
import { wholeWords } from './whole-words.ts';

const LINE =
  'Lost executor 3 on node2: Container from a bad node: container_1795256295743_0016_01_000004. Exit status: 143. Diagnostics: [2026-11-21 10:42:51]';

it('ends running text that a bound cut with the word before', () => {
  const found = /executor (?<executor>\d{1,7}) on (?<host>[\w.-]{1,253}): (?<why>[^\n]{0,101})/.exec(LINE);
  expect(found?.groups?.why?.endsWith('Diagnostics: [20')).toBe(true);
  expect(wholeWords(found?.groups ?? {}, LINE, found?.index ?? 0)).toEqual({
    executor: '3',
    host: 'node2',
    why: 'Container from a bad node: container_1795256295743_0016_01_000004. Exit status: 143. …',
  });
});

it('leaves whole what ends with its line or its word, and what was not said', () => {
  const text = 'Lost executor 3: killed by somebody\nnext';
  expect(wholeWords({ why: 'killed by somebody', host: undefined }, text, 0)).toEqual({
    why: 'killed by somebody',
    host: undefined,
  });
  expect(wholeWords({ why: 'killed by' }, text, 0)).toEqual({ why: 'killed by' });
});

it('leaves ids and paths as they are, cut or not', () => {
  expect(wholeWords({ id: 'container_17' }, 'container_1795 exited', 0)).toEqual({ id: 'container_17' });
});
