import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeDiskText } from './judge-disk-text.ts';

const RECORDED = readFileSync(new URL('./fixtures/faulty-disk.dmesg.txt', import.meta.url), 'utf8');

describe('judgeDiskText', () => {
  it('reads pasted kernel lines with the provenance of the asker', () => {
    const [finding] = judgeDiskText(RECORDED.replaceAll(/^/gm, '> '), 'attach:1');
    expect(finding).toMatchObject({
      code: 'storage.bad_disk',
      keys: { device: 'loop0' },
      completeStatement: 'kernel_disk_error',
    });
    expect(new Set(finding?.evidence.map((piece) => piece.provenance))).toEqual(new Set(['asker']));
  });

  it('reads a pasted df', () => {
    const [finding] = judgeDiskText(
      'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sdb1 1000 1000 0 100% /data\n',
      'attach:2',
    );
    expect(finding).toMatchObject({ code: 'storage.disk_full_local', keys: { path: '/data' } });
    expect(finding?.evidence[0]).toMatchObject({ provenance: 'asker', source: 'attach:2' });
  });

  it('finds nothing in other text', () => {
    expect(judgeDiskText('java.io.IOException: No space left on device', 'attach:1')).toEqual([]);
  });
});
