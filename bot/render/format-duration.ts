import type { Language } from '../../knowledge/bilingual.ts';

/** A duration for people: `0.4 s`, `42 s`, `3 min 12 s`, `1 h 52 min`. */
export function formatDuration(durationMs: number, language: Language): string {
  const unit = language === 'zh' ? { h: ' 小时', min: ' 分', s: ' 秒' } : { h: ' h', min: ' min', s: ' s' };
  const sign = durationMs < 0 ? '-' : '';
  const ms = Math.abs(durationMs);
  if (ms < 10_000) return `${sign}${(ms / 1000).toFixed(1)}${unit.s}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${sign}${seconds}${unit.s}`;
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)}${unit.min} ${seconds % 60}${unit.s}`;
  const minutes = Math.round(seconds / 60);
  return `${sign}${Math.floor(minutes / 60)}${unit.h} ${minutes % 60}${unit.min}`;
}

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
