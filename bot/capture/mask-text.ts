import { StringDecoder } from 'node:string_decoder';
import { MASK, maskSecrets } from '../../tools/evidence/mask-secrets.ts';

/** Masked at a time: the patterns cost less on many lines at once than on each alone. */
const BLOCK_CHARS = 64 << 10;
/** A line longer than this is masked in pieces; no reader looks at longer ones (`gate/read-lines.ts`). */
const MAX_LINE_CHARS = 32 << 20;

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]{0,30}PRIVATE KEY-----/;

/** Text in chunks with its secrets masked; each line stays in its place, so that what cites a line still finds it. */
export async function* maskText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const mask = lineKeeper();
  let held = '';
  for await (const chunk of chunks) {
    held += decoder.write(chunk);
    if (held.length < BLOCK_CHARS) continue;
    const end = held.lastIndexOf('\n') + 1;
    if (end === 0 && held.length < MAX_LINE_CHARS) continue;
    const whole = end === 0 ? held.length : end;
    yield mask(held.slice(0, whole));
    held = held.slice(whole);
  }
  held += decoder.end();
  if (held !== '') yield mask(held);
}

/** A text held whole, masked in the same way. */
export function maskWhole(text: string): string {
  return lineKeeper()(text);
}

/** Masks block after block; a private key that goes over several lines is masked line by line until its end. */
function lineKeeper(): (block: string) => string {
  let inKey = false;
  return (block) => {
    if (!inKey && !KEY_BEGINS.test(block)) {
      const masked = maskSecrets(block);
      return lines(masked) === lines(block) ? masked : byLine(block);
    }
    return block
      .split('\n')
      .map((line) => {
        if (inKey) {
          inKey = !KEY_ENDS.test(line);
          return line === '' ? line : MASK;
        }
        inKey = KEY_BEGINS.test(line) && !KEY_ENDS.test(line);
        return maskSecrets(line);
      })
      .join('\n');
  };
}

function byLine(block: string): string {
  return block.split('\n').map(maskSecrets).join('\n');
}

function lines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
