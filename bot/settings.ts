import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HOST_PLACE } from '../tools/platform/hosts-of-cluster.ts';
import type { ServiceAccess } from '../tools/platform/http-client.ts';
import { type BudgetLimits, DEFAULT_BUDGET } from '../tools/platform/question-budget.ts';
import type { ModelSettings } from './agent/model-settings.ts';
import { MODEL_SETTING_NAMES, readModelSettings } from './agent/read-model-settings.ts';
import { KNOWLEDGE_SETTINGS, type KnowledgeSettings, readKnowledgeSettings } from './knowledge-settings.ts';
import { BASE_URL, readPlatformFile, type WrittenCluster } from './platform-file.ts';
import { readKubeconfig } from './read-kubeconfig.ts';
import { readSlackSettings, SLACK_SETTING_NAMES, type SlackSettings } from './slack/slack-settings.ts';

const url = BASE_URL.optional();
const filePath = z.string().min(1).optional();

/** Every setting of the product but the language model's and Slack's, by its environment variable. `.env.example` holds the same list with a comment each. */
const SETTINGS = z.object({
  WHEREFORE_PLATFORM_FILE: filePath,
  WHEREFORE_CLUSTER: z.string().min(1).optional(),
  WHEREFORE_SPARK_EVENT_LOGS: filePath,
  WHEREFORE_SPARK_HISTORY_URL: url,
  WHEREFORE_YARN_RM_URL: url,
  WHEREFORE_YARN_HISTORY_URL: url,
  WHEREFORE_HDFS_NAMENODE_URL: url,
  WHEREFORE_CELEBORN_MASTER_URL: url,
  WHEREFORE_ALLUXIO_MASTER_URL: url,
  WHEREFORE_KUBERNETES_URL: url,
  WHEREFORE_KUBERNETES_TOKEN_FILE: filePath,
  WHEREFORE_KUBECONFIG: filePath,
  WHEREFORE_KUBECONFIG_CONTEXT: z.string().min(1).optional(),
  WHEREFORE_PROMETHEUS_URL: url,
  WHEREFORE_PROMETHEUS_TOKEN_FILE: filePath,
  WHEREFORE_HOSTS_DIR: filePath,
  WHEREFORE_NODE_TOKEN: z.string().min(1).optional(),
  WHEREFORE_HTTP_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(5_000),
  WHEREFORE_HTTP_MAX_MB: z.coerce.number().int().min(1).max(2_048).default(64),
  WHEREFORE_BUDGET_CALLS: z.coerce.number().int().min(1).max(1_000_000).default(DEFAULT_BUDGET.calls),
  WHEREFORE_BUDGET_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_536)
    .default(DEFAULT_BUDGET.bytes / 2 ** 20),
  WHEREFORE_BUDGET_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(DEFAULT_BUDGET.ms / 1000),
  ...KNOWLEDGE_SETTINGS,
  WHEREFORE_LANG: z.enum(['auto', 'en', 'zh']).default('auto'),
  WHEREFORE_CASES: z.string().min(1).default('.wherefore/cases'),
  WHEREFORE_MCP_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,1024}$/, 'has to be 16 to 1024 characters without spaces')
    .optional(),
  WHEREFORE_MCP_HOSTS: z
    .string()
    .regex(
      /^[\w.-]{1,253}(?::\d{1,5})?(?:\s{0,3},\s{0,3}[\w.-]{1,253}(?::\d{1,5})?){0,31}$/,
      'has to be host names, commas between',
    )
    .optional(),
  WHEREFORE_MCP_DEADLINE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(300),
  WHEREFORE_MCP_CALLS: z.coerce.number().int().min(1).max(64).default(4),
  WHEREFORE_MCP_SESSIONS: z.coerce.number().int().min(1).max(1_000).default(32),
  WHEREFORE_MCP_IDLE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(1_800),
});
type Given = z.infer<typeof SETTINGS>;

/** The name of the cluster that the environment alone describes. */
const OF_ENVIRONMENT = 'default';

/** One cluster: its services by the names of DESIGN §9, with what opens them, and its folders on this machine. */
export interface Cluster {
  name: string;
  services: Readonly<Record<string, ServiceAccess>>;
  /** One for each host of the cluster, by a name and URL with `{host}` in them. */
  perHost?: Readonly<Record<string, ServiceAccess>>;
  eventLogs: string | null;
  /** A folder of hosts, or the root folder of each with `{host}` in its path. */
  hostsDir: string | null;
}

/** How the tools are served to MCP clients. */
export interface McpSettings {
  /** What clients have to bring over HTTP; null: nothing, on loopback alone. */
  token: string | null;
  /** Names under which clients ask over HTTP, besides the address itself. */
  hosts: readonly string[];
  /** From a call's arrival to its answer. */
  deadlineMs: number;
  /** Calls worked on at a time, of all clients together. */
  calls: number;
  /** Sessions open at a time over HTTP. */
  sessions: number;
  /** A session that asks nothing for so long is closed. */
  idleMs: number;
}

/** The settings after checking, by their meaning. */
export interface Settings {
  /** In the order they are written; none when nothing is configured. */
  clusters: readonly Cluster[];
  /** The cluster that is asked when a question names none. */
  defaultCluster: string | null;
  httpTimeoutMs: number;
  httpMaxBytes: number;
  budget: BudgetLimits;
  knowledge: KnowledgeSettings;
  /** null: no language model, the analyst answers. */
  model: ModelSettings | null;
  language: 'auto' | 'en' | 'zh';
  /** Folder of the conversations that are kept. */
  cases: string;
  mcp: McpSettings;
  /** null: the Slack bot was not asked for. */
  slack: SlackSettings | null;
}

/** A setting or flag that cannot be used; names every wrong one at once. */
export class SettingsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from an environment and the platform file that it names. Empty values count as not set.
 *
 * @param wants with `slack` the settings of the Slack bot too, which nothing else needs
 * @throws SettingsError naming every wrong setting, in the environment and in the file
 */
export function readSettings(environment: Environment, wants: { slack?: boolean } = {}): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = SETTINGS.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const value = parsed.success ? parsed.data : null;
  const file = given.WHEREFORE_PLATFORM_FILE;
  const clusters = file === undefined ? [] : clustersOfFile(file, environment, problems);
  if (value) addEnvironment(clusters, value, file !== undefined, problems);
  const model = readModelSettings(given, problems);
  const wanted = value?.WHEREFORE_CLUSTER ?? null;
  if (wanted !== null && problems.length === 0 && !clusters.some(({ name }) => name === wanted))
    problems.push(`WHEREFORE_CLUSTER: there is no cluster ${wanted}`);
  const knowledge = readKnowledgeSettings(given, problems);
  const slack = wants.slack === true ? readSlackSettings(given, problems) : null;
  if (value === null || problems.length > 0) throw new SettingsError(problems.join('; '));
  return {
    clusters,
    defaultCluster: wanted,
    httpTimeoutMs: value.WHEREFORE_HTTP_TIMEOUT_MS,
    httpMaxBytes: value.WHEREFORE_HTTP_MAX_MB << 20,
    budget: {
      calls: value.WHEREFORE_BUDGET_CALLS,
      bytes: value.WHEREFORE_BUDGET_MB * 2 ** 20,
      ms: value.WHEREFORE_BUDGET_SECONDS * 1000,
    },
    knowledge,
    model,
    language: value.WHEREFORE_LANG,
    cases: value.WHEREFORE_CASES,
    mcp: {
      token: value.WHEREFORE_MCP_TOKEN ?? null,
      hosts: value.WHEREFORE_MCP_HOSTS?.split(/\s*,\s*/) ?? [],
      deadlineMs: value.WHEREFORE_MCP_DEADLINE_SECONDS * 1000,
      calls: value.WHEREFORE_MCP_CALLS,
      sessions: value.WHEREFORE_MCP_SESSIONS,
      idleMs: value.WHEREFORE_MCP_IDLE_SECONDS * 1000,
    },
    slack,
  };
}

function clustersOfFile(file: string, environment: Environment, problems: string[]): Cluster[] {
  const read = readPlatformFile(file);
  if ('problems' in read) {
    problems.push(...read.problems.map((problem) => `WHEREFORE_PLATFORM_FILE ${file}: ${problem}`));
    return [];
  }
  return Object.entries(read.clusters).map(([name, cluster]) => {
    const all = Object.entries(servicesOf(name, cluster, environment, problems));
    const templates = all.filter(([service]) => service.endsWith(`@${HOST_PLACE}`));
    return {
      name,
      services: Object.fromEntries(all.filter(([service]) => !service.endsWith(`@${HOST_PLACE}`))),
      ...(templates.length > 0 ? { perHost: Object.fromEntries(templates) } : {}),
      eventLogs: cluster.eventLogs ?? null,
      hostsDir: cluster.hosts ?? cluster.hostsDir ?? null,
    };
  });
}

function servicesOf(
  cluster: string,
  { services }: WrittenCluster,
  environment: Environment,
  problems: string[],
): Record<string, ServiceAccess> {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => {
      const place = `WHEREFORE_PLATFORM_FILE: ${cluster} → ${name}`;
      if ('kubeconfig' in service) return [name, byKubeconfig(service, name, place, problems)];
      const { url: base, tokenEnv, tokenFile, only } = service;
      const bound = only === undefined ? {} : { only };
      if (tokenFile !== undefined) return [name, { ...withTokenFile(base, tokenFile, place, problems), ...bound }];
      if (tokenEnv === undefined) return [name, { url: base, ...bound }];
      const token = environment[tokenEnv];
      if (!isToken(token)) problems.push(`${place}: the variable ${tokenEnv} holds no token`);
      return [name, { url: base, token: token ?? '', ...bound }];
    }),
  );
}

function byKubeconfig(
  { kubeconfig, context }: { kubeconfig: string; context?: string | undefined },
  name: string,
  place: string,
  problems: string[],
): ServiceAccess {
  const access = readKubeconfig(kubeconfig, context ?? null);
  const problem = !/^kubernetes(?:@|$)/.test(name)
    ? 'a kubeconfig is for kubernetes alone'
    : 'problem' in access
      ? access.problem
      : null;
  if (problem === null && !('problem' in access)) return access;
  problems.push(`${place}: ${problem}`);
  return { url: '' };
}

/** What a header can hold; anything else is no token. */
function isToken(text: string | undefined): text is string {
  return text !== undefined && /^[\x21-\x7e]{1,16384}$/.test(text);
}

function withTokenFile(base: string, file: string, place: string, problems: string[]): ServiceAccess {
  let token: string | undefined;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${place}: the token file ${file} cannot be read`);
    return { url: base };
  }
  if (!isToken(token)) problems.push(`${place}: the token file ${file} holds no token`);
  return { url: base, token };
}

/** The services that single variables name join the one cluster there is; with several it would be a guess. */
function addEnvironment(clusters: Cluster[], given: Given, hasFile: boolean, problems: string[]): void {
  const named = environmentServices(given, problems);
  const folders = { eventLogs: given.WHEREFORE_SPARK_EVENT_LOGS, hostsDir: given.WHEREFORE_HOSTS_DIR };
  const variables = [
    ...named.map(({ variable }) => variable),
    ...(folders.eventLogs === undefined ? [] : ['WHEREFORE_SPARK_EVENT_LOGS']),
    ...(folders.hostsDir === undefined ? [] : ['WHEREFORE_HOSTS_DIR']),
  ];
  if (variables.length === 0) return;
  if (clusters.length > 1 || (hasFile && clusters.length === 0)) {
    if (clusters.length > 1)
      problems.push(`${variables.join(', ')}: with several clusters this has to stand in the platform file`);
    return;
  }
  const only = clusters[0] ?? { name: OF_ENVIRONMENT, services: {}, eventLogs: null, hostsDir: null };
  for (const { variable, service } of named) {
    if (Object.hasOwn(only.services, service)) problems.push(`${variable}: the platform file names ${service} too`);
  }
  clusters[0] = {
    ...only,
    services: { ...only.services, ...Object.fromEntries(named.map(({ service, access }) => [service, access])) },
    eventLogs: only.eventLogs ?? folders.eventLogs ?? null,
    hostsDir: only.hostsDir ?? folders.hostsDir ?? null,
  };
}

function environmentServices(
  given: Given,
  problems: string[],
): { variable: string; service: string; access: ServiceAccess }[] {
  const named: readonly [keyof Given & string, string, (keyof Given & string)?][] = [
    ['WHEREFORE_SPARK_HISTORY_URL', 'spark-history'],
    ['WHEREFORE_YARN_RM_URL', 'yarn-rm'],
    ['WHEREFORE_YARN_HISTORY_URL', 'yarn-history'],
    ['WHEREFORE_HDFS_NAMENODE_URL', 'hdfs-namenode'],
    // Celeborn's masters are told apart by host, the only one too.
    ['WHEREFORE_CELEBORN_MASTER_URL', `celeborn-master@${hostOf(given.WHEREFORE_CELEBORN_MASTER_URL)}`],
    ['WHEREFORE_ALLUXIO_MASTER_URL', 'alluxio-master'],
    ['WHEREFORE_KUBERNETES_URL', 'kubernetes', 'WHEREFORE_KUBERNETES_TOKEN_FILE'],
    ['WHEREFORE_PROMETHEUS_URL', 'prometheus', 'WHEREFORE_PROMETHEUS_TOKEN_FILE'],
  ];
  return [
    ...kubeconfigService(given, problems),
    ...named.flatMap(([variable, service, tokenVariable]) => {
      const base = given[variable];
      const tokenFile = tokenVariable && given[tokenVariable];
      if (typeof base !== 'string') {
        if (typeof tokenFile === 'string') problems.push(`${tokenVariable}: ${variable} is not set`);
        return [];
      }
      const access =
        typeof tokenFile === 'string' ? withTokenFile(base, tokenFile, tokenVariable ?? '', problems) : { url: base };
      return [{ variable, service, access }];
    }),
  ];
}

function kubeconfigService(
  { WHEREFORE_KUBECONFIG: kubeconfig, WHEREFORE_KUBECONFIG_CONTEXT: context, WHEREFORE_KUBERNETES_URL: base }: Given,
  problems: string[],
): { variable: string; service: string; access: ServiceAccess }[] {
  const variable = 'WHEREFORE_KUBECONFIG';
  if (kubeconfig === undefined) {
    if (context !== undefined) problems.push(`WHEREFORE_KUBECONFIG_CONTEXT: ${variable} is not set`);
    return [];
  }
  if (base !== undefined) {
    problems.push(`${variable}: WHEREFORE_KUBERNETES_URL names the same cluster; give one of the two`);
    return [];
  }
  const access = byKubeconfig({ kubeconfig, context }, 'kubernetes', variable, problems);
  return [{ variable, service: 'kubernetes', access }];
}

function hostOf(base: string | undefined): string {
  return base === undefined ? '' : (URL.parse(base)?.hostname ?? '');
}

/** Names of all settings, for the test that holds `.env.example` against them. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(SETTINGS.shape),
  ...MODEL_SETTING_NAMES,
  ...SLACK_SETTING_NAMES,
];
