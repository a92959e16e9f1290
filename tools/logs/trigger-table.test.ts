import { describe, expect, it } from 'vitest';
import { returnKernel, takeKernel } from './scan-kernel.ts';
import { buildTriggers, findTrigger, type TriggerHit, type TriggerTable } from './trigger-table.ts';

const STRINGS = [
  'No space left on device',
  'Exception',
  'OutOfMemoryError',
  'ENOSPC',
  'SEVERE',
  '设备上没有空间',
  'exited with',
  'beyond ',
];

const tables = new Map<readonly string[], TriggerTable>();

function allHits(text: Buffer, strings: readonly string[], sample = Buffer.from('')): string[] {
  const kernel = takeKernel(text.length);
  text.copy(kernel.bytes);
  kernel.endAt(text.length);
  const table = tables.get(strings) ?? buildTriggers(strings, sample);
  tables.set(strings, table);
  kernel.wordPlaces.set(table.wordPlaces);
  kernel.windows.set(table.windows);
  const hit: TriggerHit = { at: 0, owner: 0 };
  const found: string[] = [];
  let from = 0;
  while (findTrigger(table, kernel, from, text.length, hit)) {
    found.push(`${hit.at} ${Buffer.from(table.strings[hit.owner] as Uint8Array).toString()}`);
    from = hit.at + 1;
  }
  returnKernel(kernel);
  return found;
}

function byIndexOf(text: Buffer, strings: readonly string[]): string[] {
  const found: [number, string][] = [];
  for (const string of strings) {
    for (let at = text.indexOf(string); at !== -1; at = text.indexOf(string, at + 1)) found.push([at, string]);
  }
  return found.sort((a, b) => a[0] - b[0]).map(([at, string]) => `${at} ${string}`);
}

describe('findTrigger', () => {
  it('finds every string at every alignment, at the front and at the end', () => {
    for (const string of STRINGS) {
      for (let pad = 0; pad < 40; pad += 1) {
        const text = Buffer.concat([Buffer.alloc(pad, 'x'), Buffer.from(string)]);
        expect(allHits(text, STRINGS), `${string} behind ${pad}`).toEqual([`${pad} ${string}`]);
        const inside = Buffer.concat([text, Buffer.from('\nnext line')]);
        expect(allHits(inside, STRINGS)).toEqual([`${pad} ${string}`]);
      }
    }
  });

  it('finds what a plain search finds, in text made of pieces of the strings', () => {
    let state = 7;
    const next = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 40; round += 1) {
      const pieces: string[] = [];
      for (let piece = 0; piece < 120; piece += 1) {
        const string = STRINGS[next(STRINGS.length)] ?? '';
        const cut = next(3) === 0 ? string : string.slice(next(4), 4 + next(string.length));
        pieces.push(cut, ['', ' ', '\n', 'E', '空'][next(5)] ?? '');
      }
      const text = Buffer.from(pieces.join(''));
      expect(allHits(text, STRINGS, text.subarray(0, 500))).toEqual(byIndexOf(text, STRINGS));
    }
  });

  it('neither finds a string cut off by the end of the range nor one it was told to leave', () => {
    const text = Buffer.from('....No space left on devic');
    expect(allHits(text, STRINGS)).toEqual([]);
    expect(buildTriggers(['short', 'Exception'], text).strings).toHaveLength(1);
  });
});
