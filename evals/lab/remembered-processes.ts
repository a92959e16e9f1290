import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LabFolder } from './lab-folder.ts';

/** Keeps a process's id under a name, with its start time: ids are given again to others. */
export function rememberProcess(folder: LabFolder, name: string, pid: number): void {
  mkdirSync(folder.pids, { recursive: true });
  writeFileSync(path.join(folder.pids, `${name}.pid`), `${pid} ${startedAt(pid)}\n`);
}

/** The id of a remembered process, or null when none was started or it is gone. */
export function rememberedProcess(folder: LabFolder, name: string): number | null {
  try {
    const [pid, started] = readFileSync(path.join(folder.pids, `${name}.pid`), 'utf8')
      .trim()
      .split(' ');
    return started && startedAt(Number(pid)) === started ? Number(pid) : null;
  } catch {
    return null;
  }
}

/** Names of all processes that were started and not forgotten, alive or not. */
export function rememberedNames(folder: LabFolder): string[] {
  try {
    return readdirSync(folder.pids).flatMap((name) => (name.endsWith('.pid') ? [name.slice(0, -4)] : []));
  } catch {
    return [];
  }
}

export function forgetProcess(folder: LabFolder, name: string): void {
  rmSync(path.join(folder.pids, `${name}.pid`), { force: true });
}

/** Start time in clock ticks since boot (field 22 of `/proc/<pid>/stat`); empty for a process that is gone or a zombie. */
function startedAt(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
