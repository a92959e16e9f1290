import { MASTER, NODES } from './hosts.ts';

/** What Prometheus scrapes, every five seconds: whatever of the lab has metrics in its format. */
export function prometheusConfiguration(): string {
  const jobs = [
    { job: 'alluxio-master', path: '/metrics/prometheus/', targets: [`${MASTER}:19999`] },
    { job: 'alluxio-worker', path: '/metrics/prometheus/', targets: NODES.map((host) => `${host}:30000`) },
    { job: 'prometheus', path: '/metrics', targets: [`${MASTER}:9090`] },
  ];
  return [
    'global:',
    '  scrape_interval: 5s',
    '  scrape_timeout: 4s',
    'scrape_configs:',
    ...jobs.flatMap(({ job, path, targets }) => [
      `  - job_name: ${job}`,
      `    metrics_path: ${path}`,
      '    static_configs:',
      `      - targets: [${targets.map((target) => `'${target}'`).join(', ')}]`,
    ]),
    '',
  ].join('\n');
}
