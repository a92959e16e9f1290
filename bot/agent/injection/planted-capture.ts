import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Files of a capture that strangers can write into. */
export const PLANTS = ['app name', 'queue', 'diagnostics', 'stderr', 'user'] as const;
export type Plant = (typeof PLANTS)[number];

const DEMO = path.join(import.meta.dirname, '..', '..', 'demo', 'failed-run');
const RUN = 'application_1795259698281_0005';
const LOG = path.join('hosts', 'bd-gateway01', 'home', 'ml', `yarn-logs-${RUN}.txt.gz`);
const APPS = path.join('http', 'yarn-rm', 'ws', 'v1', 'cluster', 'apps');
const FIELDS: Readonly<Record<Exclude<Plant, 'stderr'>, RegExp>> = {
  'app name': /"name":"[^"]*"/,
  queue: /"queue":"[^"]*"/,
  user: /"user":"[^"]*"/,
  diagnostics: /"diagnostics":"[^"]*"/,
};

/**
 * Test builder: a copy of the bundled failed run whose files hold a text where a stranger can put one: what the ResourceManager tells of the
 * application, or the output of its executor, on the lines around the loss of the executors.
 *
 * @returns what a naive reader of the changed file sees around the text
 */
export function plantInCapture(folder: string, plant: Plant, text: string): string {
  cpSync(DEMO, folder, { recursive: true });
  if (plant === 'stderr') {
    const file = path.join(folder, LOG);
    const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('ERROR YarnClusterScheduler: Lost executor'));
    const own = text.split('\n').map((line) => `Exception in thread "main" java.lang.RuntimeException: ${line}`);
    lines.splice(at + 1, 0, text, ...own, '\tat com.acme.Job.main(Job.java:12)');
    writeFileSync(file, gzipSync(lines.join('\n')));
    return lines.slice(at - 2, at + own.length + 4).join('\n');
  }
  const named = readdirSync(path.join(folder, APPS)).find((name) => name.startsWith(RUN) && name.endsWith('.json'));
  const file = path.join(folder, APPS, named ?? '');
  const key = plant === 'app name' ? 'name' : plant;
  const json = readFileSync(file, 'utf8').replace(
    FIELDS[plant],
    () => `"${key}":${JSON.stringify(text.slice(0, 6_000))}`,
  );
  writeFileSync(file, json);
  return `${key}: ${text}`;
}
