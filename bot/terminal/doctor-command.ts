import { Command } from 'commander';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import { expandServices, hostsOfCluster } from '../../tools/platform/hosts-of-cluster.ts';
import { configuredPlatform, settingOf, unusablePaths } from '../configured-platform.ts';
import { type Cluster, readSettings, type Settings } from '../settings.ts';
import { type AreaCheck, checkAreas } from './doctor-areas.ts';
import { probeModel } from './probe-model.ts';
import { type Check, probeServices } from './probe-services.ts';
import { probeSlack } from './probe-slack.ts';
import { EXIT, type TerminalIo } from './terminal-io.ts';

interface ClusterChecks {
  cluster: string;
  checks: Check[];
  areas: AreaCheck[];
}

/** What stands for a cluster where nothing is configured. */
const NONE: Cluster = { name: 'none', services: {}, eventLogs: null, hostsDir: null };

/** `wherefore doctor`: checks the settings, the Slack bot and each configured system, and says what each area can and cannot answer. */
export function doctorCommand(io: TerminalIo, finish: (exitCode: number) => void): Command {
  return new Command('doctor')
    .description('checks the settings, the Slack bot and each configured system')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const settings = readSettings(io.environment);
      const node: Check = { name: 'node', ok: true, detail: process.versions.node };
      const clusters = settings.clusters.length > 0 ? settings.clusters : [NONE];
      const [model, slack, ...found] = await Promise.all([
        probeModel(settings.model, settings.httpTimeoutMs),
        probeSlack(io.environment),
        ...clusters.map((cluster) => checkCluster(settings, cluster)),
      ]);
      const own = [node, model, ...slack];
      const checks = [...own, ...found.flatMap((one) => one.checks)];
      if (options.json) io.write(`${JSON.stringify({ checks, clusters: found })}\n`);
      else io.write(`${own.map(line).join('')}${found.map((one) => spoken(one, settings.clusters.length)).join('')}`);
      finish(checks.some(({ ok }) => ok === false) ? EXIT.unusable : EXIT.ok);
    });
}

/** Services and folders side by side; what is configured, each with a line. */
async function checkCluster(settings: Settings, given: Cluster): Promise<ClusterChecks> {
  const { cluster, checks } = await withHosts(settings, given);
  const [services, folders] = await Promise.all([probeServices(settings, cluster), checkFolders(settings, cluster)]);
  const working = new Set(services.filter(({ ok }) => ok).map(({ name }) => name));
  const readable = (name: string) => folders.some((check) => check.name === name && check.ok);
  const usable = {
    ...cluster,
    eventLogs: readable('spark event logs') ? cluster.eventLogs : null,
    hostsDir: readable('host folders') ? cluster.hostsDir : null,
  };
  return { cluster: cluster.name, checks: [...services, ...checks, ...folders], areas: checkAreas(usable, working) };
}

/** Hosts of a template that are asked: whether it is right is seen from some. */
const SAMPLED = 2;

/** What stands for every host, with some of the hosts that the ResourceManager names put in. */
async function withHosts(settings: Settings, given: Cluster): Promise<{ cluster: Cluster; checks: Check[] }> {
  const templates = Object.entries(given.perHost ?? {});
  if (templates.length === 0) return { cluster: given, checks: [] };
  const platform = configuredPlatform(settings, { ...given, perHost: {} });
  const hosts = await hostsOfCluster(Object.keys(given.services), platform.get);
  const { services } = expandServices(given.perHost ?? {}, hosts.slice(0, SAMPLED), given.services);
  const known =
    hosts.length === 0 ? 'the ResourceManager named no host' : `${plural(hosts.length, 'host')} by the ResourceManager`;
  return {
    cluster: { ...given, services: { ...given.services, ...services } },
    checks: templates.map(([name]) => ({ name, ok: hosts.length > 0, detail: `${known}, the first ${SAMPLED} asked` })),
  };
}

/** The folders of event logs and hosts: there, readable, with how many files. */
async function checkFolders(settings: Settings, cluster: Cluster): Promise<Check[]> {
  const problems = await unusablePaths(settings);
  const named = [
    { name: 'spark event logs', folder: 'eventLogs', only: { ...NONE, eventLogs: cluster.eventLogs } },
    { name: 'host folders', folder: 'hostsDir', only: { ...NONE, hostsDir: cluster.hostsDir } },
  ] as const;
  return await Promise.all(
    named.map(async ({ name, folder, only }): Promise<Check> => {
      if (cluster[folder] === null) return { name, ok: null, detail: 'not configured' };
      const setting = settingOf(settings.clusters, cluster.name, folder);
      const problem = problems.find((entry) => entry.setting === setting);
      if (problem) return { name, ok: false, detail: `${setting}: ${problem.why}` };
      const { files, skipped } = await configuredPlatform(settings, only).files();
      const left = skipped.map(({ en }) => `; ${en}`).join('');
      return { name, ok: files.length > 0, detail: `${files.length} ${files.length === 1 ? 'file' : 'files'}${left}` };
    }),
  );
}

function spoken({ cluster, checks, areas }: ClusterChecks, clusters: number): string {
  const title = clusters > 1 ? `\ncluster ${cluster}\n` : '';
  return `${title}${checks.map(line).join('')}\n${areas.map(areaLines).join('')}`;
}

function line({ name, ok, detail }: Check): string {
  const mark = ok === null ? '-' : ok ? 'ok' : '!!';
  return `${mark.padEnd(2)} ${name.padEnd(22)} ${detail}\n`;
}

function areaLines({ area, can, cannotNow, missing }: AreaCheck): string {
  const lines = [
    ...(can.length > 0 ? [`can tell: ${can.join('; ')}`] : []),
    ...cannotNow.map(({ what, because }) => `cannot now: ${what} (${because} does not answer)`),
    ...missing.map(({ what, setting }) => `cannot: ${what} (set ${setting})`),
  ];
  return lines.map((text, at) => `${(at === 0 ? area : '').padEnd(8)} ${text}\n`).join('');
}
