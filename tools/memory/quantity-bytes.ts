const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Bytes of a Kubernetes quantity such as `512Mi`, `4G`, `1073741824`, `1e9`; `null` for anything else. */
export function quantityBytes(quantity: string): number | null {
  const parts = /^(\d{1,18}(?:\.\d{1,9})?(?:e\d{1,2})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(quantity);
  const factor = parts ? FACTORS[parts[2] ?? ''] : undefined;
  return parts && factor !== undefined ? Math.round(Number(parts[1]) * factor) : null;
}
