import { parseSize, parseTime } from '../../../tools/spark/measures/spark-setting.ts';
import { withoutRunMarks } from './without-run-marks.ts';

/** Keys whose bare numbers count in MiB (`ConfigBuilder.bytesConf(ByteUnit.MiB)`), as in `spark.executor.memory=1024`. */
const BARE_MIB = /(?:memory|memoryOverhead|maxSizeInFlight|\.size)$/i;
/** … and in KiB. */
const BARE_KIB = /(?:\.buffer|buffer\.size|file\.buffer)$/i;

/**
 * Whether two values of a property mean the same: sizes and durations in whatever unit (1g = 1024m, 60s = 1min), numbers,
 * booleans in any case, lists and Java options in any order, paths and names that differ only in what changes every run.
 */
export function sameValue(key: string, a: string, b: string): boolean {
  const left = a.trim();
  const right = b.trim();
  if (left === right || left.toLowerCase() === right.toLowerCase()) return true;
  const number = Number(left);
  if (left !== '' && right !== '' && number === Number(right)) return true;
  const bare = BARE_MIB.test(key) ? 'm' : BARE_KIB.test(key) ? 'k' : 'b';
  if (equalAs((text) => parseSize(text, bare), left, right)) return true;
  if (equalAs((text) => parseTime(text, 's'), left, right)) return true;
  if (equalAs((text) => parseTime(text, 'ms'), left, right)) return true;
  return words(left) === words(right);
}

/**
 * A value as a quantity in one unit, to tell less from more: size in bytes, duration in ms, number, else `null`. Booleans
 * are 0 and 1. A negative threshold (`-1`) switches something off and is no quantity.
 */
export function quantityOf(key: string, value: string): number | null {
  const text = value.trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0;
  const bare = BARE_MIB.test(key) ? 'm' : BARE_KIB.test(key) ? 'k' : 'b';
  const time = /(?:timeout|interval|wait|time|ttl)$/i.test(key);
  const quantity = time ? parseTime(text, 's') : (parseSize(text, bare) ?? parseTime(text, 's'));
  if (quantity !== null) return quantity < 0 ? null : quantity;
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && number >= 0 ? number : null;
}

function equalAs(read: (text: string) => number | null, a: string, b: string): boolean {
  const left = read(a);
  return left !== null && left === read(b);
}

/** Words of a value in one order, without the marks of one run: `-Dapp=app-1 -Xss4m` and `-Xss4m -Dapp=app-2` are one. */
function words(value: string): string {
  return withoutRunMarks(value)
    .split(/[\s,;]+/, 500)
    .map((word) => word.replace(/(?<=[:=])\d{4,5}(?=\/|$)/, '<port>').replace(/\/tmp\/\S{1,200}/, '/tmp/<dir>'))
    .sort()
    .join(' ');
}
