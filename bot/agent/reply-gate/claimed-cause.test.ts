import { describe, expect, it } from 'vitest';
import type { CaseWords } from './case-words.ts';
import { unknownClaim } from './claimed-cause.ts';

/** A case in which nothing was found: no word is told, no cause considered. */
const NOTHING_FOUND: CaseWords = {
  names: new Set(),
  settings: new Set(),
  platformText: '',
  told: new Set(),
  advised: new Set(),
  house: new Set(),
  considered: new Set(),
};

describe('unknownClaim', () => {
  it.each([
    'Whether memory was the trouble stays open.',
    'Nothing that was read belongs to this run, so its cause stays open.',
    'The cause remains unclear [e1].',
    'It is not known what caused the exit.',
    '是不是内存不足导致的还不能判断。',
  ])('lets a sentence stand that leaves the cause open: %s', (sentence) => {
    expect(unknownClaim(sentence, NOTHING_FOUND)).toBeNull();
  });

  it.each([
    'It remains unclear because of a DNS outage.',
    'The cause is a disk failure, how it began is unclear.',
    'The port is open because the firewall is broken.',
    '原因是机房断电，细节还不清楚。',
  ])('but not one that claims a cause beside it: %s', (sentence) => {
    expect(unknownClaim(sentence, NOTHING_FOUND)).not.toBeNull();
  });
});
