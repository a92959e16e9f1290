import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Endings of files whose bytes are no text. */
const PACKED = /\.(?:gz|zst|zstd|lz4|snappy|lzf|bz2|zip|png|ico|woff2?)$/;

/** Every text file of the repository as it would be committed now, with its content; ignored files are left out. */
export function trackedTexts(): { file: string; text: string }[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return listed
    .split('\0')
    .filter((file) => file !== '' && !PACKED.test(file))
    .flatMap((file) => {
      const text = readText(file);
      return text === null ? [] : [{ file, text }];
    });
}

/** Null for a file that is gone and not yet committed as such, and for one that is no text. */
function readText(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8');
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
