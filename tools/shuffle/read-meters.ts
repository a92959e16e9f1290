import type { MetricPoint, MetricSeries, MetricsQuery } from '../metrics/metric-series.ts';
import { metricsOfPlatform } from '../metrics/metrics-of-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { CELEBORN_SERVICES, hostOfService } from './celeborn-services.ts';
import { MASTER_METERS, METERS, type MeterName, type MeterPoint, type MeterSeries } from './shuffle-facts.ts';

type Names = Readonly<Partial<Record<MeterName, readonly string[]>>>;

/** The meters that rules read, of every master and worker; a name no process exposes is left out, never zero. */
export async function readMeters(
  platform: Platform,
  window: MetricsQuery['window'],
  signal: AbortSignal,
): Promise<Partial<Record<MeterName, readonly MeterSeries[]>>> {
  const [masters, workers] = await Promise.all([
    read(platform, CELEBORN_SERVICES.master, MASTER_METERS, window, signal),
    read(platform, CELEBORN_SERVICES.worker, METERS, window, signal),
  ]);
  return { ...masters, ...workers };
}

async function read(
  platform: Platform,
  kind: string,
  wanted: Names,
  window: MetricsQuery['window'],
  signal: AbortSignal,
): Promise<Partial<Record<MeterName, readonly MeterSeries[]>>> {
  const names = Object.values(wanted).flat();
  const outcome = await metricsOfPlatform(platform).read({ kind, names, window }, signal);
  if (outcome.outcome !== 'ok') return {};
  const meters: Partial<Record<MeterName, MeterSeries[]>> = {};
  for (const [meter, spellings] of Object.entries(wanted) as [MeterName, readonly string[]][]) {
    const series = outcome.value.filter(({ asked }) => spellings.includes(asked)).map(meterOf);
    if (series.length > 0) meters[meter] = series;
  }
  return meters;
}

function meterOf({ service, labels, points }: MetricSeries): MeterSeries {
  const { mountpoint, device, user, name } = labels;
  return {
    host: hostOfService(service) ?? service,
    label: mountpoint ?? device ?? user ?? name ?? null,
    points: points.map(pointOf),
  };
}

function pointOf({ at, value, quote }: MetricPoint): MeterPoint {
  return { at, value, evidence: { ...quote, area: 'shuffle', provenance: 'shuffle_service', at } };
}
