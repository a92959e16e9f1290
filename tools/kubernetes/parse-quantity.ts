const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
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

/** A Kubernetes quantity in its base unit (bytes, cores): `512Mi`, `4G`, `1500m`, `1e9`, 2; null for anything else. */
export function parseQuantity(quantity: unknown): number | null {
  if (typeof quantity === 'number') return Number.isFinite(quantity) && quantity >= 0 ? quantity : null;
  const parts = /^(\d{1,18}(?:\.\d{1,9})?(?:[eE]\d{1,2})?)(n|u|m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(
    typeof quantity === 'string' ? quantity : '',
  );
  const factor = parts ? FACTORS[parts[2] ?? ''] : undefined;
  return parts && factor !== undefined ? Number(parts[1]) * factor : null;
}
