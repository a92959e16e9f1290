import { describe, expect, it } from 'vitest';
import { splitClauses } from './clauses.ts';

const texts = (text: string) => splitClauses(text).map((clause) => clause.text.trim());
const asking = (text: string) =>
  splitClauses(text)
    .filter((clause) => clause.asks)
    .map((clause) => clause.text.trim());

describe('splitClauses', () => {
  it('cuts at pauses and turns, not inside numbers, names and times', () => {
    expect(texts('Spark 3.5.1 failed at 02:14, but GC is fine. why?')).toEqual([
      'Spark 3.5.1 failed at 02:14',
      'but GC is fine',
      'why',
    ]);
    expect(texts('跑完了，但是很慢。怎么办？')).toEqual(['跑完了', '但是很慢', '怎么办']);
  });

  it('keeps where each clause stands', () => {
    const text = 'first one, second one? third';
    for (const clause of splitClauses(text)) {
      expect(text.slice(clause.start, clause.start + clause.text.length)).toBe(clause.text);
    }
  });

  it('knows which clause asks', () => {
    expect(asking('it failed, is it GC?')).toEqual(['is it GC']);
    expect(asking('That cannot be, right?')).toEqual(['That cannot be', 'right']);
    expect(asking('network flaky? Or too few slots')).toEqual(['network flaky', 'Or too few slots']);
    expect(asking('是整机内存不足,还是某个 pod 超限?')).toEqual(['是整机内存不足', '还是某个 pod 超限']);
    expect(asking('是 namenode 坏了吗')).toEqual(['是 namenode 坏了吗']);
    expect(asking('did someone stop it')).toEqual(['did someone stop it']);
  });
});
