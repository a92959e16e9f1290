const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 2 ** 10,
  kb: 2 ** 10,
  kib: 2 ** 10,
  m: 2 ** 20,
  mb: 2 ** 20,
  mib: 2 ** 20,
  g: 2 ** 30,
  gb: 2 ** 30,
  gib: 2 ** 30,
  t: 2 ** 40,
  tb: 2 ** 40,
  tib: 2 ** 40,
  p: 2 ** 50,
  pb: 2 ** 50,
  pib: 2 ** 50,
};

/** Bytes of a size as the engines print it (`4.1 GB`, `9.2 MiB`, `768 MB`, `4096`; all powers of 1024), else `undefined`. */
export function bytesOf(printed: string | undefined): number | undefined {
  const found = /^([\d.,]{1,24}) ?([a-zA-Z]{0,5})$/.exec((printed ?? '').trim());
  if (!found) return undefined;
  const unit = BYTE_UNITS[(found[2] ?? '').toLowerCase()];
  const amount = Number((found[1] ?? '').replaceAll(',', ''));
  if (unit === undefined || !Number.isFinite(amount)) return undefined;
  return Math.round(amount * unit);
}
