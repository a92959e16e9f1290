import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

describe('npm run eval:candidate', { timeout: 120_000 }, () => {
  it('names everything that cannot be used, ends with 2, and makes nothing', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-eval-candidate-'));
    try {
      const to = path.join(folder, 'review');
      const argv = ['case_dead', '--capture', path.join(folder, 'none'), '--to', to];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [path.join(import.meta.dirname, 'main.ts'), ...argv],
        { cwd: folder, env: { WHEREFORE_CASES: path.join(folder, 'cases') }, encoding: 'utf8' },
      );
      expect([status, stdout, existsSync(to)]).toEqual([2, '', false]);
      const lines = stderr.trimEnd().split('\n');
      expect(lines).toEqual([
        expect.stringMatching(/^eval:candidate: .*none does not exist$/),
        expect.stringMatching(/^eval:candidate: no case case_dead is kept/),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
