import { describe, expect, it } from 'vitest';
import { answerInText } from './answer-in-text.ts';

describe('an answer in a text', () => {
  it.each([
    ['no object at all', null],
    ['{"a": 1} then {"a": 2}', { a: 2 }],
    ['{broken} {"a": "}{\\""}', { a: '}{"' }],
    ['{"name": "give_answer", "arguments": "{\\"a\\": 1}"}', { a: 1 }],
    ['{"name": "give_answer"}', null],
    ['[1, 2]', null],
  ])('%s', (text, expected) => {
    expect(answerInText(text, 'give_answer')).toEqual(expected);
  });

  it('is looked for in one pass, whatever the text', () => {
    const from = performance.now();
    for (const hostile of ['{'.repeat(1e6), '{"'.repeat(1e6), '{}'.repeat(1e6), '"\\'.repeat(1e6)])
      answerInText(hostile, 'x');
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});
