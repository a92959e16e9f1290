import { sharedFolder } from '../incidents/shared-folder.ts';
import { BENCHES } from './bench.ts';

// `npm run bench [-- --size-gb 1] [-- name]`: measures against a plain loop on the same input in the same run.
const words = process.argv.slice(2);
const sizeAt = words.indexOf('--size-gb');
const sizeGb = sizeAt >= 0 ? Number(words[sizeAt + 1]) : 1;
const names = words.filter((word, at) => !word.startsWith('--') && words[at - 1] !== '--size-gb');
if (!(sizeGb > 0)) throw new TypeError('--size-gb must be a number above 0');

const missed: string[] = [];
for (const bench of BENCHES) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  console.log(`\n## ${bench.name}\n`);
  missed.push(...(await bench.run({ shared: sharedFolder(), sizeGb })));
}
for (const sentence of missed) console.log(`MISSED: ${sentence}`);
process.exitCode = missed.length > 0 ? 1 : 0;
