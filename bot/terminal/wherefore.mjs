#!/usr/bin/env node
// Starts the product on Node 24, whatever Node ran this file: the one installed as a dependency is taken when the one at hand
// is older. This file must run on old versions of Node, so it is plain JavaScript.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const major = Number(process.versions.node.split('.')[0]);

if (major >= 24) {
  await import(main);
} else {
  const bundled = join(here, '..', '..', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(bundled)) {
    process.stderr.write(`wherefore needs Node 24 or newer; this is ${process.versions.node}. Run "npm ci" first.\n`);
    process.exit(2);
  }
  const child = spawnSync(bundled, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(child.status ?? 1);
}
