import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../knowledge/causes/catalogue.ts';
import { withinSentence } from './within-sentence.ts';

describe('withinSentence', () => {
  it('gives an ordinary word its small letter', () => {
    expect(withinSentence('Killed by the kernel')).toBe('killed by the kernel');
    expect(withinSentence('A slow disk')).toBe('a slow disk');
  });

  it('leaves names and abbreviations their capitals', () => {
    for (const title of [
      'Kerberos ticket expired',
      'YARN queue full',
      'GC took the time',
      'HDFS is read-only',
      'DNS',
    ]) {
      expect(withinSentence(title)).toBe(title);
    }
  });

  it('never changes more than the first letter of a title of the catalogue', () => {
    for (const { title } of CAUSES) expect(withinSentence(title.en).slice(1)).toBe(title.en.slice(1));
  });
});
