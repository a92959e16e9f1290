import { describe, expect, it } from 'vitest';
import { applicationOf } from '../joining/entity-directory.ts';
import {
  aroundOthers,
  namesOther,
  otherApplication,
  otherName,
  otherUser,
  otherYarnPart,
  sayOthers,
  sayOthersInQuote,
} from './pseudonyms.ts';

describe('what stands for others', () => {
  it('joins as a true id does', () => {
    expect(applicationOf(`container_${otherYarnPart(3)}_01_000002`)).toBe(otherApplication(3));
    expect(namesOther(`appattempt_${otherYarnPart(3)}_000001`)).toBe(true);
    expect(namesOther('application_1700000000000_0003 of etl')).toBe(false);
  });

  it('is said in neutral words, the same one by the same letter', () => {
    const text = `${otherName(2)} (${otherApplication(2)}) took container_${otherYarnPart(28)}_01_000002 of ${otherUser(1)}`;
    expect(sayOthers(text, 'en')).toBe(
      'another application B took a container of another application AB of another user A',
    );
    expect(sayOthers(text, 'zh')).toBe('另一个应用 B took 另一个应用 AB 的容器 of 另一个用户 A');
    expect(sayOthersInQuote(`USER=${otherUser(2)}\tx`)).toBe('USER=‹another user B›\tx');
  });

  it('leaves every other text as it is', () => {
    for (const text of ['9999 rows', 'application_1700000000000_9999 failed', 'other-run-1'])
      expect(sayOthers(text, 'en')).toBe(text);
  });

  it('lets the gate compare what stands around', () => {
    expect(aroundOthers(`a ${otherApplication(1)} b ${otherUser(1)}`)).toEqual(['a ', ' b ', '']);
    expect(aroundOthers('plain')).toEqual(['plain']);
  });
});
