/** A size as Spark settings are written, rounded up to whole MiB (or GiB where even): `768m`, `2g`. */
export function settingSize(sizeBytes: number): string {
  const mib = Math.max(1, Math.ceil(sizeBytes / (1024 * 1024)));
  return mib % 1024 === 0 ? `${mib / 1024}g` : `${mib}m`;
}
