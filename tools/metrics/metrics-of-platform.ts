import type { Platform } from '../platform/platform.ts';
import type { MetricsSource } from './metric-series.ts';
import { PROMETHEUS, prometheusMetrics } from './prometheus-metrics.ts';
import { scrapedMetrics } from './scraped-metrics.ts';

/**
 * Metrics over time by whoever kept them: a metrics server first, since it knows the past and asking it takes no samples
 * from others; else the samples of the services themselves. A server that cannot answer is told, and the samples are used.
 */
export function metricsOfPlatform(platform: Platform): MetricsSource {
  return {
    async read(query, signal) {
      const kept = (await platform.services()).includes(PROMETHEUS)
        ? await prometheusMetrics(platform).read(query, signal)
        : null;
      if (kept?.outcome === 'ok') return kept;
      const scraped = await scrapedMetrics(platform).read(query, signal);
      if (kept?.outcome !== 'failed' || scraped.outcome !== 'ok')
        return scraped.outcome === 'ok' ? scraped : (kept ?? scraped);
      return { ...scraped, notes: [...scraped.notes, kept.why] };
    },
  };
}
