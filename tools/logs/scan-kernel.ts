/** `scan-kernel.wat` assembled (its first line says how); the test holds it against plain code. */
const ASSEMBLED =
  'AGFzbQEAAAABDAJgAn9/AX9gAX8BfwIQAQRzY2FuBm1lbW9yeQIAAQMEAwAAAQcTAghuZXdsaW5lcwAABGZpbmQAAQrNAwO2AQQB' +
  'fwF7AX8Ce0EK/Q8hBQJAA0AgAEEQaiABSw0B/QwAAAAAAAAAAAAAAAAAAAAAIQNB/wEhBAJAA0AgAEEQaiABSw0BIAMgAP0ABAAg' +
  'Bf0j/XEhAyAAQRBqIQAgBEEBayEEIAQNAAsLIAP9ff1/IQYgAiAG/RsAIAb9GwFqIAb9GwIgBv0bA2pqaiECDAALCwJAA0AgACAB' +
  'Tw0BIAIgAC0AAEEKRmohAiAAQQFqIQAMAAsLIAILsQEBAX8CQANAIABBEGogAUsNASAAKAIAQbHz3fF5bEENdi0AACAAKAIEQbHz' +
  '3fF5bEENdi0AAHIgACgCCEGx893xeWxBDXYtAAAgACgCDEGx893xeWxBDXYtAABycgRAIABBEGohAgNAIAAQAgRAIAAPCyAAQQRq' +
  'IQAgACACSQ0ACwUgAEEQaiEACwwACwsDQCAAQQRqIAFNBEAgABACBEAgAA8LIABBBGohAAwBCwsgAQtgAQJ/IAAoAgBBsfPd8Xls' +
  'QQ12LQAAIQECQANAIAFFDQEgACABaGshAiACKAIAQbHz3fF5bCACKAIDQeuUr694bGpBDXYtAICAIARAQQEPCyABIAFBAWtxIQEM' +
  'AAsLQQAL';

/** Bytes of each of the two tables; they lie at the front of the memory, data behind them. */
export const TABLE_BYTES = 1 << 19;
const DATA_START = 2 * TABLE_BYTES;
/** The kernel may look this far behind the data. */
const SLACK_BYTES = 16;
const PAGE_BYTES = 1 << 16;
/** Free memory kept for the next scan; a WebAssembly memory is dear to make and to give back. */
const POOL_SIZE = 8;

/**
 * A stretch of memory with two fast loops over it: counting newlines, and finding words that lie in windows of seven bytes. Indexes are
 * into `bytes`, whose start is aligned to 16.
 */
export interface ScanKernel {
  readonly bytes: Buffer;
  /** For each `wordSlot`, a mask of the places (bit 0 to 3) that such a word has in a window. */
  readonly wordPlaces: Uint8Array;
  /** For each `windowSlot`, 1 when a window with this hash is known. */
  readonly windows: Uint8Array;
  /** Puts a newline behind the last byte of a text, outside of it: a string may end where the text does. */
  endAt(index: number): void;
  newlines(from: number, to: number): number;
  /** Index of the first word, in steps of four from `from`, that lies in a known window; `to` when none does. */
  find(from: number, to: number): number;
}

/** Where a word of four bytes (little endian) has its entry. */
export function wordSlot(word: number): number {
  return Math.imul(word, -0x61c8864f) >>> 13;
}

/** Where a window has its entry: by its first and its last four bytes. */
export function windowSlot(firstWord: number, lastWord: number): number {
  return ((Math.imul(firstWord, -0x61c8864f) + Math.imul(lastWord, -0x7a143595)) | 0) >>> 13;
}

/** What is used of WebAssembly; Node has it, its types come with the browser's only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

let module: object | undefined;
const pool: ScanKernel[] = [];

/** A kernel with room for at least so many bytes. Give it back with `returnKernel`. */
export function takeKernel(dataBytes: number): ScanKernel {
  const fitting = pool.findIndex((kernel) => kernel.bytes.length >= dataBytes);
  const [known] = fitting === -1 ? [] : pool.splice(fitting, 1);
  return known ?? makeKernel(dataBytes);
}

/** Keeps a kernel for the next scan. */
export function returnKernel(kernel: ScanKernel): void {
  if (pool.length < POOL_SIZE) pool.push(kernel);
}

function makeKernel(dataBytes: number): ScanKernel {
  module ??= new WebAssembly.Module(Buffer.from(ASSEMBLED, 'base64'));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((DATA_START + dataBytes + SLACK_BYTES) / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(module, { scan: { memory } });
  const newlines = exports.newlines as (from: number, to: number) => number;
  const find = exports.find as (from: number, to: number) => number;
  const all = new Uint8Array(memory.buffer);
  return {
    bytes: Buffer.from(memory.buffer, DATA_START, dataBytes),
    wordPlaces: new Uint8Array(memory.buffer, 0, TABLE_BYTES),
    windows: new Uint8Array(memory.buffer, TABLE_BYTES, TABLE_BYTES),
    endAt: (index) => {
      all[DATA_START + index] = 10;
    },
    newlines: (from, to) => newlines(from + DATA_START, to + DATA_START),
    find: (from, to) => find(from + DATA_START, to + DATA_START) - DATA_START,
  };
}
