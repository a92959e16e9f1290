import { configuredPlatform } from './configured-platform.ts';
import { type Cluster, type Settings, SettingsError } from './settings.ts';

const APPLICATION = /\bapplication_\d{10,16}_\d{4,10}\b/g;

/**
 * The cluster that a question is about: the one given by name, the only one, the one whose name stands in the question, the one that
 * knows the application that is named, the default; null when none is configured.
 *
 * @throws SettingsError when several are left, naming them: an answer about the wrong cluster would be worse
 */
export async function chooseCluster(
  settings: Settings,
  question: string,
  given: string | null,
): Promise<Cluster | null> {
  const { clusters, defaultCluster } = settings;
  const names = clusters.map(({ name }) => name).join(', ');
  if (given !== null) {
    const wanted = clusters.find(({ name }) => name === given);
    if (wanted) return wanted;
    throw new SettingsError(`there is no cluster ${given}${names === '' ? '' : `; configured: ${names}`}`);
  }
  if (clusters.length <= 1) return clusters[0] ?? null;
  const told = clusters.filter(({ name }) => isWordIn(name, question));
  if (told.length === 1 && told[0]) return told[0];
  const knowing = await thatKnow(settings, [...new Set(question.match(APPLICATION) ?? [])]);
  if (knowing.length === 1 && knowing[0]) return knowing[0];
  const fallBack = clusters.find(({ name }) => name === defaultCluster);
  if (fallBack) return fallBack;
  throw new SettingsError(
    `several clusters are configured (${names}): say which with --cluster, or set WHEREFORE_CLUSTER`,
  );
}

function isWordIn(name: string, text: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, 'i').test(text);
}

/** Clusters whose ResourceManager or history server has the application, asked side by side. */
async function thatKnow(settings: Settings, ids: readonly string[]): Promise<Cluster[]> {
  if (ids.length === 0) return [];
  const known = await Promise.all(
    settings.clusters.map(async (cluster) => {
      const platform = configuredPlatform(settings, { ...cluster, perHost: {}, eventLogs: null, hostsDir: null });
      const requests = (await platform.services()).flatMap((service) => ids.flatMap((id) => requestFor(service, id)));
      const answers = await Promise.all(requests.map(({ service, path }) => platform.get(service, path)));
      return answers.some((answer) => 'status' in answer && answer.status === 200) ? [cluster] : [];
    }),
  );
  return known.flat();
}

function requestFor(service: string, id: string): { service: string; path: string }[] {
  if (/^yarn-rm(?:@|$)/.test(service)) return [{ service, path: `/ws/v1/cluster/apps/${id}` }];
  return /^spark-history(?:@|$)/.test(service) ? [{ service, path: `/api/v1/applications/${id}` }] : [];
}
