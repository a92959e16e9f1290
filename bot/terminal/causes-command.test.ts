import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../knowledge/causes/catalogue.ts';
import { answered } from './terminal-fixture.ts';

describe('wherefore causes', () => {
  it('prints every cause with what it means and what proves it, in both languages', async () => {
    for (const language of ['en', 'zh'] as const) {
      const { out } = await answered(['causes', '--lang', language]);
      for (const { code, meaning, proof } of CAUSES) {
        expect(out).toContain(`${code}`);
        expect(out).toContain(meaning[language]);
        expect(out).toContain(proof.statement[language]);
      }
      expect(out.match(/^[a-z_]+\.[a-z_0-9]+/gm)).toHaveLength(CAUSES.length);
    }
  });

  it('prints the whole catalogue as JSON', async () => {
    const { out } = await answered(['causes', '--json']);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(CAUSES)));
  });
});
