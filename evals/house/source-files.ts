import { readdirSync } from 'node:fs';
import path from 'node:path';

const ROOMS = ['knowledge', 'tools', 'bot', 'evals'];

/** Every TypeScript file of the house, as paths relative to the root, sorted. */
export function sourceFiles(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
    .filter((file) => !file.includes(`${path.sep}scenarios${path.sep}`))
    .sort();
}
