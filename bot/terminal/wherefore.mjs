#!/usr/bin/env node
// Starts the product on Node 24, whatever Node ran this file: the one installed as a dependency is taken when the one at hand
// is older. This file must run on old versions of Node, so it is plain JavaScript.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const major = Number(process.versions.node.split('.')[0]);

if (major >= 24) {
  // Half the start-up is compiling: the cache of an earlier start is taken where there is one.
  nodeModule.enableCompileCache?.();
  await import(main).catch(cannotStart);
} else {
  const bundled = join(here, '..', '..', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(bundled)) {
    process.stderr.write(`wherefore needs Node 24 or newer; this is ${process.versions.node}. Run "npm ci" first.\n`);
    process.exit(2);
  }
  const itself = fileURLToPath(import.meta.url);
  const child = spawnSync(bundled, [itself, ...process.argv.slice(2)], { stdio: inheritedStreams() });
  process.exit(child.status ?? 1);
}

/** A package that is missing or broken, told in one line. */
function cannotStart(error) {
  const [line] = String(error instanceof Error ? error.message : error).split('\n');
  process.stderr.write(`wherefore cannot start: ${line}. Run "npm ci" first.\n`);
  process.exit(1);
}

/** Standard streams and the pipes that a shell's `<(…)` handed over by number. */
function inheritedStreams() {
  const named = process.argv.map((argument) => /^\/(?:dev|proc\/self)\/fd\/(\d{1,3})$/.exec(argument)?.[1]);
  const numbers = named.filter((number) => number !== undefined).map(Number);
  const last = Math.max(2, ...numbers);
  return Array.from({ length: last + 1 }, (_, at) => (at <= 2 || numbers.includes(at) ? at : 'ignore'));
}
