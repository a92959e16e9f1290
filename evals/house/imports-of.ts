import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files that a file imports by a relative path, as paths relative to the root; those that exist. */
export function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const targets = [...text.matchAll(/(?:from|import|new URL)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return targets
    .map((target) => path.relative('.', path.resolve(path.dirname(file), target)))
    .filter((target) => existsSync(target));
}

/** Everything that files import, directly or through others, without the files themselves. */
export function reachedFrom(files: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const target of importsOf(file)) {
      if (reached.has(target)) continue;
      reached.add(target);
      if (target.endsWith('.ts')) open.push(target);
    }
  }
  return reached;
}
