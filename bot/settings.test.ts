import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SETTING_NAMES, SettingsError } from './settings.ts';

describe('settings', () => {
  it('stand in .env.example, each once, and nothing else does', () => {
    const text = readFileSync(path.join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const named = [...text.matchAll(/^([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('name every wrong one at once', () => {
    const wrong = { WHEREFORE_YARN_RM_URL: 'not a url', WHEREFORE_HTTP_TIMEOUT_MS: '-5', WHEREFORE_LANG: 'fr' };
    expect(() => readSettings(wrong)).toThrow(SettingsError);
    expect(() => readSettings(wrong)).toThrow(/WHEREFORE_YARN_RM_URL.*WHEREFORE_HTTP_TIMEOUT_MS.*WHEREFORE_LANG/s);
  });

  it('take defaults for what is empty or absent', () => {
    expect(readSettings({ WHEREFORE_YARN_RM_URL: '' })).toMatchObject({
      yarnResourceManagerUrl: null,
      httpTimeoutMs: 5000,
      language: 'auto',
    });
  });
});
