import type { Cell } from './database.ts';

/** A value as both stores keep it: PostgreSQL refuses NUL in a text, and what one keeps the other keeps too. */
export function storedCell(value: Cell): Cell {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;
}
