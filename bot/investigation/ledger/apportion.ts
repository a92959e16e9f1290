/**
 * Whole numbers for parts that must add up to `total`: each is rounded down, the largest takes the remainder (`ledger.md`:
 * "compute in integers and give the rounding remainder to the largest account"). Nothing becomes negative.
 */
export function apportionToLargest(parts: readonly number[], total: number): number[] {
  const whole = parts.map((part) => Math.max(0, Math.floor(part + FLOAT_NOISE) || 0));
  let rest = Math.round(total) - whole.reduce((sum, part) => sum + part, 0);
  for (let turn = 0; turn < whole.length && rest !== 0; turn++) {
    const largest = whole.indexOf(Math.max(...whole));
    const given = Math.max(rest, -(whole[largest] as number));
    whole[largest] = (whole[largest] as number) + given;
    rest -= given;
  }
  return whole;
}

/**
 * Whole numbers for many parts that must add up to `total`, each at most one off: the largest fractions are rounded up
 * first. For the stages and hosts of one account.
 */
export function apportionByFraction(parts: Float64Array, total: number): Int32Array | Float64Array {
  const whole = new Float64Array(parts.length);
  let rest = total;
  for (let i = 0; i < parts.length; i++) {
    whole[i] = Math.floor((parts[i] as number) + FLOAT_NOISE);
    rest -= whole[i] as number;
  }
  if (rest <= 0) return whole;
  const order = [...parts.keys()].filter((i) => (parts[i] as number) > 0);
  order.sort((a, b) => fraction(parts[b]) - fraction(parts[a]));
  for (let k = 0; k < order.length && rest > 0; k++, rest--) {
    const i = order[k] as number;
    whole[i] = (whole[i] as number) + 1;
  }
  return whole;
}

/** Sums of many shares are off by less than this. */
const FLOAT_NOISE = 1e-6;

function fraction(part: number | undefined): number {
  const value = (part ?? 0) + FLOAT_NOISE;
  return value - Math.floor(value);
}
