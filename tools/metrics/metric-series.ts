import type { Outcome } from '../evidence/outcome.ts';
import type { Quote } from '../evidence/quote.ts';

/** One value of a metric at one time, with the place it stands at in what was read. */
export interface MetricPoint {
  /** Milliseconds since the epoch: the sample's own stamp where it carries one, else when it was asked for. */
  at: number;
  /** As exposed; never NaN or infinite (such samples are left out and counted). */
  value: number;
  quote: Quote;
}

/** One metric of one service with one set of labels, over time. */
export interface MetricSeries {
  /** The service as the platform names it: `celeborn-worker@rss-w3`, `alluxio-master`. */
  service: string;
  /** As exposed in Prometheus text, such as `metrics_PausePushDataTime_Value`. */
  name: string;
  /** The name that was asked for; shorter than `name` where the exporter puts its host behind it. */
  asked: string;
  /** Without `instance`, `job` and `role`, which say the same as the service. */
  labels: Readonly<Record<string, string>>;
  /** Oldest first, each time once. */
  points: readonly MetricPoint[];
}

/** What is asked for. */
export interface MetricsQuery {
  /** Kind of service: `celeborn-worker` stands for every `celeborn-worker@…`. */
  kind: string;
  /** Names as exposed; several spellings of versions may be asked for at once. A missing one is unknown, not zero. */
  names: readonly string[];
  /** The exporter writes its host (and store) behind the name, as Alluxio 2.x does: `Worker_BlocksEvicted_alx_worker_0`. */
  hostSuffixed?: true;
  /**
   * `names` are attributes of JMX beans (`AppsPending`), which every exporter spells its own way: the JMX exporter
   * `Hadoop_ResourceManager_AppsPending`, its usual rules `hadoop_resourcemanager_queuemetrics_appspending`, Hadoop's own endpoint
   * `queue_metrics_apps_pending`. Case and word breaks do not matter, what stands before neither; series of single users are left out.
   */
  ofBeans?: true;
  /** Null: all that is at hand. */
  window: { from: number; to: number } | null;
}

/**
 * Metrics of the platform over time, whoever kept them: samples of the services' own endpoints, or a Prometheus server.
 * `no_data` when nobody kept the window; what only the present could tell is never taken for the past.
 */
export interface MetricsSource {
  read(query: MetricsQuery, signal: AbortSignal): Promise<Outcome<readonly MetricSeries[]>>;
}
