import { describe, expect, it } from 'vitest';
import { hidePaths, ownFolders } from './hide-paths.ts';

describe('folders of this machine', () => {
  it('are told relative to themselves, the longest first', () => {
    const folders = ownFolders(['/srv/wherefore', '/srv/wherefore/cases/one/', null, undefined]);
    expect(hidePaths('read /srv/wherefore/cases/one/hosts/n1/dmesg.txt', folders)).toBe('read hosts/n1/dmesg.txt');
    expect(hidePaths('/srv/wherefore does not exist', folders)).toBe('… does not exist');
  });

  it('are none that other machines have as well', () => {
    expect(ownFolders(['/', '/tmp', '/data/'])).toEqual([]);
  });
});
