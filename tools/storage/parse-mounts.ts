import { cutToBytes } from '../evidence/quote-piece.ts';
import type { Mount } from './host-disk-facts.ts';

const MAX_LINES = 20_000;

/** Reads `/proc/mounts` (also `/etc/mtab`): device, path, type, options; blanks in paths are written as `\040`. */
export function parseMounts(text: string, source: string): Mount[] {
  const mounts: Mount[] = [];
  text.split('\n', MAX_LINES).forEach((line, index) => {
    const [device, path, type, options, ...rest] = line.split(' ', 8);
    if (!device || !path?.startsWith('/') || !type || !options || rest.length > 2) return;
    mounts.push({
      device: unescapeBlanks(device),
      path: unescapeBlanks(path),
      type,
      options: options.split(',', 64),
      quote: { source, fromLine: index + 1, toLine: index + 1, excerpt: cutToBytes(line) },
    });
  });
  return mounts;
}

function unescapeBlanks(word: string): string {
  return word.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
