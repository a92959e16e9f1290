import { describe, expect, it } from 'vitest';
import { GROUP_NAME } from './group-name.ts';

describe('GROUP_NAME', () => {
  it.each(['platform', '@data-platform', '_sre', '.ops', '平台组', 'team/a.b_c-d', 'x'.repeat(64)])(
    'takes %s',
    (name) => {
      expect(GROUP_NAME.test(name)).toBe(true);
    },
  );

  it.each(['', 'two words', "x']) OR true", 'a\nb', 'a,b', 'x'.repeat(65)])('refuses %j', (name) => {
    expect(GROUP_NAME.test(name)).toBe(false);
  });
});
