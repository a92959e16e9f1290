import { sharedFolder } from '../shared-folder.ts';
import type { Bench } from './bench-options.ts';
import { benchEventLogs } from './event-logs.ts';
import { benchLogScan } from './log-scan.ts';
import { benchRunbookIndex } from './runbook-index.ts';

/** Every bench, in the order they run. */
const BENCHES: readonly Bench[] = [
  { name: 'event-logs', run: benchEventLogs },
  { name: 'log-scan', run: benchLogScan },
  { name: 'runbook-index', run: benchRunbookIndex },
];

// `npm run bench [-- --size-gb 1] [-- name …]`: measures against a plain loop on the same input in the same run.
const words = process.argv.slice(2);
const sizeAt = words.indexOf('--size-gb');
const sizeGb = sizeAt >= 0 ? Number(words[sizeAt + 1]) : 1;
const names = words.filter((word, at) => !word.startsWith('--') && words[at - 1] !== '--size-gb');
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (!(sizeGb > 0) || unknown.length > 0) {
  console.error(`usage: bench [--size-gb N] [${BENCHES.map((bench) => bench.name).join('|')} …]`);
  process.exit(2);
}

const missed: string[] = [];
for (const bench of BENCHES) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  console.log(`\n## ${bench.name}\n`);
  missed.push(...(await bench.run({ shared: sharedFolder(), sizeGb })));
}
for (const sentence of missed) console.log(`MISSED: ${sentence}`);
process.exitCode = missed.length > 0 ? 1 : 0;
