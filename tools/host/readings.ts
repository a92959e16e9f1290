import type { Quote } from '../evidence/quote.ts';
import { cutToBytes } from '../evidence/quote-piece.ts';

/** One number read from a kernel file, with the line it stands on. */
export interface Reading {
  /** `Infinity` for `max` and for the huge numbers that mean "no limit". */
  value: number;
  source: string;
  line: number;
  text: string;
}

/** Readings by `file` (single value) or `file:field`. A map: field names come from files. */
export type Readings = Map<string, Reading>;

/** Files longer than this are no control files. */
const MAX_TEXT = 1 << 20;
const MAX_LINES = 4_000;

/** Version 1 prints an unlimited memory limit as the largest page-aligned signed 64-bit number. */
const UNLIMITED = 2 ** 62;

/**
 * Reads any control file of the cgroup file systems: a single value (`memory.limit_in_bytes`, `pids.max`), `name value`
 * lines (`memory.stat`, `cpu.stat`, `memory.events`), device lines (`7:12 734003`, `7:12 Write 123`,
 * `7:12 rbps=max wbps=734003`), pressure lines (`some avg10=… total=…`), `cpu.max` (`4500 100000`), and the latency
 * histograms of vendor kernels (`0-1ms: 12`, some in sections headed `memcg_direct_reclaim:`).
 *
 * @param name the file's own name, used as the key's first part
 */
export function readControlFile(name: string, text: string, source: string, into: Readings): void {
  const lines = (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text).split('\n', MAX_LINES);
  let section = '';
  lines.forEach((line, index) => {
    const place = { source, line: index + 1, text: line };
    const heading = /^([a-z_]{3,40}):\s{0,8}$/.exec(line);
    if (heading) section = `${heading[1]} `;
    for (const [field, value] of fieldsOf(name, line)) {
      const key = field === '' ? name : `${name}:${section}${field}`;
      if (!into.has(key)) into.set(key, { value, ...place });
    }
  });
}

function fieldsOf(name: string, line: string): [string, number][] {
  if (line === '' || line.length > 2000) return [];
  if (name === 'cpu.max') return cpuMax(line);
  if (line.includes('=')) return assignments(line);
  const parts = line.trim().split(/\s{1,40}/);
  const last = numberOf(parts.at(-1) ?? '');
  if (last === null || parts.length > 3) return [];
  const field = parts.slice(0, -1).join(' ').replace(/:$/, '');
  return [[field, last]];
}

function cpuMax(line: string): [string, number][] {
  const [quota, period] = line
    .trim()
    .split(/\s{1,8}/)
    .map(numberOf);
  if (quota === undefined || quota === null) return [];
  return [['quota', quota], ...(period ? ([['period', period]] as [string, number][]) : [])];
}

/** `some avg10=0.00 … total=0` and `7:12 rbps=max wbps=734003`. */
function assignments(line: string): [string, number][] {
  const [head, ...rest] = line.trim().split(/\s{1,8}/);
  const prefix = head?.includes('=') ? '' : `${head} `;
  const pairs = prefix === '' ? [head ?? '', ...rest] : rest;
  const fields: [string, number][] = [];
  for (const pair of pairs.slice(0, 32)) {
    const at = pair.indexOf('=');
    const value = at > 0 ? numberOf(pair.slice(at + 1)) : null;
    if (value !== null) fields.push([`${prefix}${pair.slice(0, at)}`, value]);
  }
  return fields;
}

function numberOf(word: string): number | null {
  if (word === 'max') return Number.POSITIVE_INFINITY;
  if (!/^-?\d{1,20}(?:\.\d{1,12})?$/.test(word)) return null;
  const value = Number(word);
  return value >= UNLIMITED ? Number.POSITIVE_INFINITY : value;
}

/** The line a reading stands on, as a quote. */
export function quoteReading(reading: Reading): Quote {
  const { source, line, text } = reading;
  return { source, fromLine: line, toLine: line, excerpt: cutToBytes(text) };
}

/** `MemTotal:  49368184 kB`, `Threads:\t14`: the key-colon files of procfs; kB turned into bytes. */
export function readColonFile(text: string, source: string): Readings {
  const readings: Readings = new Map();
  text
    .slice(0, MAX_TEXT)
    .split('\n', MAX_LINES)
    .forEach((line, index) => {
      const parts = /^([A-Za-z_()0-9]{1,60}):\s{1,40}(\d{1,20})(?: (kB))?/.exec(line);
      if (!parts) return;
      const value = Number(parts[2]) * (parts[3] ? 1024 : 1);
      const name = parts[1] ?? '';
      if (!readings.has(name)) readings.set(name, { value, source, line: index + 1, text: line });
    });
  return readings;
}
