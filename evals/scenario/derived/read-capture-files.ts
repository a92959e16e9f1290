import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** All files of a packed folder, unpacked, by the name that evidence has for them. */
export function readCaptureFiles(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file);
      const bytes = readFileSync(file);
      return name.endsWith('.gz') ? [name.slice(0, -3), gunzipSync(bytes)] : [name, bytes];
    }),
  );
}
