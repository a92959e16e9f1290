import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from './bare-environment.ts';

const MAIN = path.join(import.meta.dirname, '../../../bot/terminal/wherefore.mjs');

/** Indexes the built-in runbooks, as whoever installs the bot does: without an index each process reads them anew, 3 s of a core. */
export async function buildIndex(folder: string): Promise<void> {
  const env = { ...bareEnvironment(), WHEREFORE_INDEX: folder };
  await promisify(execFile)(process.execPath, [MAIN, 'index'], { env });
}
