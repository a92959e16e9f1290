import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { matchesMasked } from './matches-masked.ts';

describe('matchesMasked', () => {
  it('finds a piece byte for byte', () => {
    expect(matchesMasked('a line with  two spaces', 'with  two')).toBe(true);
    expect(matchesMasked('a line with  two spaces', 'with two')).toBe(false);
    expect(matchesMasked('a line', 'A line')).toBe(false);
  });

  it('lets a masked secret stand for any bytes, of several lines too', () => {
    const line = 'connecting with password=hunter2secret to host db1';
    const masked = maskSecrets(line);
    expect(masked).not.toContain('hunter2secret');
    expect(matchesMasked(line, masked)).toBe(true);
    expect(matchesMasked(line.replace('db1', 'db2'), masked)).toBe(false);
    const key = 'key:\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nend';
    expect(maskSecrets(key)).toBe('key:\n‹masked›\nend');
    expect(matchesMasked(key, maskSecrets(key))).toBe(true);
  });

  it('finds the place again when the beginning occurs before it', () => {
    expect(matchesMasked('key=a x key=b y', 'key=‹masked› y')).toBe(true);
    expect(matchesMasked('token token token=1 end', 'token=‹masked› end')).toBe(true);
  });

  it('lets several secrets stand in one piece, and a secret at its edge', () => {
    expect(matchesMasked('u=a p=b t=c', 'u=‹masked› p=‹masked› t=')).toBe(true);
    expect(matchesMasked('u=a p=b', '‹masked› p=b')).toBe(true);
    expect(matchesMasked('u=a p=b', 'u=a p=‹masked›')).toBe(true);
  });

  it('does not take nothing for something', () => {
    expect(matchesMasked('text', '')).toBe(false);
    expect(matchesMasked('', 'text')).toBe(false);
  });
});
