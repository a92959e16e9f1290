import { describe, expect, it } from 'vitest';
import { splitSentences } from './split-sentences.ts';

describe('splitSentences', () => {
  it('ends a sentence at its full stop, not inside a setting, a file or a figure', () => {
    expect(splitSentences('Executor 3 held 1.5 GiB. Raise spark.executor.memory to 3g. Then run it again.')).toEqual([
      'Executor 3 held 1.5 GiB.',
      'Raise spark.executor.memory to 3g.',
      'Then run it again.',
    ]);
  });

  it('ends a Chinese sentence without a space behind it', () => {
    expect(splitSentences('容器被内核杀死。内存上限是 768 MiB。')).toEqual([
      '容器被内核杀死。',
      '内存上限是 768 MiB。',
    ]);
  });

  it('loses nothing of a text', () => {
    const text = 'One. Two! Three? 四。five';
    expect(splitSentences(text).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
