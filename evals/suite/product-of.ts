import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Product } from '../report/suite-result.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Whatever of the product decides an answer; tests and documents do not. */
const DECIDING = ['knowledge', 'tools', 'bot'] as const;

/** What is evaluated: its version, its commit, and a hash of all that decides an answer, which also names a checkout with changes. */
export function productOf(model: string | null): Product {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return { version, commit: commitOf(), contentHash: hashOf(), model };
}

function commitOf(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

function hashOf(): string {
  const hash = createHash('sha256');
  for (const folder of DECIDING) {
    const names = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|md|yaml)$/.test(name) && !name.endsWith('.test.ts') && !name.includes('fixture'))
      .sort();
    for (const name of names) hash.update(name).update(readFileSync(path.join(ROOT, folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
