import { describe, expect, it } from 'vitest';
import { AREAS } from '../../tools/evidence/area.ts';
import { COMPONENT_KINDS } from '../investigation/diagnosis.ts';
import { LEDGER_ACCOUNTS } from '../investigation/ledger-accounts.ts';
import { ACCOUNT_NAMES, AREA_NAMES, COMPONENT_NAMES, LABELS } from './labels.ts';

const HAN = /[\u4e00-\u9fff]/;

describe('the fixed words', () => {
  it('are the same in both languages, none empty, none of the other language', () => {
    expect(Object.keys(LABELS.zh)).toEqual(Object.keys(LABELS.en));
    for (const [name, words] of Object.entries(LABELS.en)) {
      expect(words, name).not.toMatch(HAN);
      expect(words.trim(), name).not.toBe('');
    }
    for (const words of Object.values(LABELS.zh)) expect(words).not.toMatch(/^[A-Za-z ]+$/);
  });

  it('name every account, area and component, no two accounts alike', () => {
    for (const language of ['en', 'zh'] as const) {
      expect(Object.keys(ACCOUNT_NAMES[language]).sort()).toEqual([...LEDGER_ACCOUNTS].sort());
      expect(new Set(Object.values(ACCOUNT_NAMES[language])).size).toBe(LEDGER_ACCOUNTS.length);
      expect(Object.keys(AREA_NAMES[language]).sort()).toEqual([...AREAS].sort());
      expect(Object.keys(COMPONENT_NAMES[language]).sort()).toEqual([...COMPONENT_KINDS].sort());
    }
    for (const name of Object.values(ACCOUNT_NAMES.zh)) expect(name).toMatch(HAN);
  });
});
