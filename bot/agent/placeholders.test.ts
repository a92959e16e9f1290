import { describe, expect, it } from 'vitest';
import { Placeholders } from './placeholders.ts';

const masked = () =>
  new Placeholders(true, [
    { kind: 'app', value: 'user_join' },
    { kind: 'user', value: 'alice' },
    { kind: 'host', value: 'node7' },
  ]);

describe('placeholders', () => {
  it('take out names, paths, literals and messages of programs, and put each back', () => {
    const names = masked();
    for (const text of [
      'user_join of alice failed on node7',
      'cannot read hdfs://nn1:8020/user/alice/part-0 or /mnt/data/x.parquet',
      "SELECT * FROM t WHERE name = 'Bob Smith' AND x = 'y'",
      'org.acme.BadException: order 4711 of Bob is broken',
    ]) {
      const hidden = names.hide(text);
      expect(hidden).toMatch(/‹\w+:\d›/);
      expect(hidden).not.toMatch(/alice|Bob|4711|parquet|user_join|node7/);
      expect(names.restore(names.restore(hidden))).toBe(text);
    }
  });

  it('use one word for one name throughout', () => {
    const names = masked();
    expect(names.hide('node7 and node7')).toBe(`${names.hide('node7')} and ${names.hide('node7')}`);
  });

  it('leave what the runtime itself says, figures and shares', () => {
    const names = masked();
    for (const text of ['java.lang.OutOfMemoryError: Java heap space', '96/200 tasks', 'exit code 137', 'read/write'])
      expect(names.hide(text)).toBe(text);
  });

  it('tell words that were never given out, and do nothing when names may leave', () => {
    expect(masked().unknownIn('‹app:1› and ‹app:7›')).toEqual(['‹app:7›']);
    expect(new Placeholders(false, [{ kind: 'app', value: 'user_join' }]).hide('user_join')).toBe('user_join');
  });

  it('stay linear on hostile text', () => {
    const started = performance.now();
    masked().hide(
      `${'a/'.repeat(50_000)} ${'x.'.repeat(50_000)}Exception: ${"'".repeat(50_000)} select ${'hdfs:'.repeat(20_000)}`,
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
