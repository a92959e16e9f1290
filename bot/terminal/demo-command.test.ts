import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { answered } from './terminal-fixture.ts';

describe('wherefore demo', () => {
  it('diagnoses both bundled runs on embedded defaults and says how to go on', async () => {
    const { exitCode, out, err } = await answered(['demo']);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out.match(/^=== /gm)).toHaveLength(3);
    expect(out).toMatch(/item_vector_backfill .* failed[\s\S]*Root\s+cause:\s+killed\s+by\s+the\s+kernel/);
    expect(out).toMatch(/dwd_order_user_wide_20261120[\s\S]*Root\s+cause:\s+one\s+or\s+few\s+keys/);
    expect(out).not.toContain('\u001b');
    const answers = out.split('\n').filter((line) => !/^(?:===| {2}npx| {4}\S)/.test(line));
    expect(answers.filter((line) => stringWidth(line) > 80)).toEqual([]);
  });
});
