/** A duration as a clock for tables: `58:10`, `1:52:00`; with tenths `0:07.4`. */
export function formatClock(durationMs: number, tenths = false): string {
  const unit = tenths ? 100 : 1000;
  const units = Math.round(Math.abs(durationMs) / unit);
  const perSecond = 1000 / unit;
  const seconds = Math.floor(units / perSecond);
  const sign = durationMs < 0 && units > 0 ? '-' : '';
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const clock =
    minutes < 60
      ? `${minutes}:${two(seconds % 60)}`
      : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${sign}${clock}${tenths ? `.${units % perSecond}` : ''}`;
}
