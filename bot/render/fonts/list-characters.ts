import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Storeys whose texts a chart may draw. */
const STOREYS = ['knowledge', 'tools', 'bot'];
const TEXT_FILE = /(?<!\.test)\.(?:ts|md|json)$/;
/** Not of the product: recordings, and what they were made into. */
const LEFT_OUT = new Set(['node_modules', 'demo', 'fixtures']);
const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** Every Chinese character that occurs in the product's own texts, sorted. */
export function productHan(): string[] {
  const found = new Set<string>();
  for (const storey of STOREYS) {
    for (const entry of readdirSync(path.join(ROOT, storey), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !TEXT_FILE.test(entry.name)) continue;
      if (file.split(path.sep).some((part) => LEFT_OUT.has(part))) continue;
      for (const character of readFileSync(file, 'utf8').match(/[\u4e00-\u9fff]/g) ?? []) found.add(character);
    }
  }
  return [...found].sort();
}

/** The 6,763 characters of GB 2312 (rows 16 to 87; the first 3,755 are its first level), in its order. */
export function gb2312Han(): string[] {
  const decoder = new TextDecoder('gb2312');
  const found: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      // The last five cells of row 55 are empty; the decoder gives private characters for them.
      const character = decoder.decode(new Uint8Array([row, cell]));
      if (/^[\u4e00-\u9fff]$/.test(character)) found.push(character);
    }
  }
  return found;
}

/** What is not Han: Latin with accents, Greek, Cyrillic, punctuation of both worlds, arrows, signs of figures, box signs. */
export const OTHER_RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x391, 0x3c9],
  [0x410, 0x44f],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x2070, 0x2089],
  [0x2190, 0x2199],
  [0x2200, 0x22ff],
  [0x2460, 0x2473],
  [0x2500, 0x257f],
  [0x2580, 0x259f],
  [0x25a0, 0x25ff],
  [0x2713, 0x2717],
  [0x3000, 0x301f],
  [0xff01, 0xff5e],
  [0xffe5, 0xffe5],
];

// Run by itself it prints what `pyftsubset --text-file` takes.
if (process.argv[1] === import.meta.filename) {
  const others = OTHER_RANGES.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
  );
  process.stdout.write([...new Set([...others, ...gb2312Han(), ...productHan()])].join(''));
}
