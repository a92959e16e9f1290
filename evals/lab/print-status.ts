import { DAEMONS } from './daemons.ts';
import type { LabFolder } from './lab-folder.ts';
import { peakBytes } from './memory-limit.ts';
import { labProcesses, proportionalBytes } from './private-network.ts';
import { rememberedProcess } from './remembered-processes.ts';

/** Prints each daemon with its memory, and the sum over every process of the lab. */
export function printStatus(folder: LabFolder, say: (line: string) => void): void {
  for (const { name } of DAEMONS) {
    const pid = rememberedProcess(folder, name);
    say(`${name.padEnd(26)} ${pid === null ? '-' : `${mebibytes(proportionalBytes(pid))}  pid ${pid}`}`);
  }
  const all = labProcesses(folder);
  const sum = all.reduce((bytes, { pid }) => bytes + proportionalBytes(pid), 0);
  say(`${`${all.length} processes`.padEnd(26)} ${mebibytes(sum)}`);
  const peak = peakBytes(folder);
  if (peak !== null) say(`${'most ever, with page cache'.padEnd(26)} ${mebibytes(peak)}`);
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`.padStart(9);
}
