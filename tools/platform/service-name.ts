/** What the service of one kind is asked first, and where its answer tells the version. */
export interface ServiceKind {
  /** `must`: one for each host (`yarn-nm@<host>`); `may`: one, or one for each of several (`yarn-rm@<host>`); `never`: one. */
  host: 'must' | 'may' | 'never';
  /** A cheap request that every version answers. */
  probe: string;
  /** Asked where the first is not there: an older version. */
  otherwise?: string;
  /** Finds the version in the answer (group 1); null when the answer has none and any answer of its form will do. */
  version: RegExp | null;
  /** What an answer of this kind of service looks like. */
  form: RegExp;
  /** What every version's good answer to some requests holds near its beginning; anything else there is another program's answer. */
  answers?: readonly { request: RegExp; hold: RegExp }[];
}

const HADOOP = /"(?:hadoopVersion|resourceManagerVersion|SoftwareVersion|Version)"\s?:\s?"([^"]{1,60})"/;
const JSON_OBJECT = /^\s{0,200}[[{]/;

/** Applications are listed; `servlet` stands in the error that a proxy answers in their place, which the area tells. */
const SPARK_LISTS = [{ request: /^\/api\/v1\/applications(?:\?|$)/, hold: /^\s{0,200}\[|"servlet"/ }];

/**
 * Kinds of services by the names of DESIGN §9. Probes: YARN 2.x/3.x `/ws/v1`, Spark `/api/v1`, Hadoop `/jmx`, Celeborn `/api/v1/conf`
 * (0.5 and later, without its version; 0.4 answers `/conf`), Alluxio 2.x, Kubernetes, Prometheus, Flink, Airflow 2.x and 3.x, our own collector.
 */
export const SERVICE_KINDS: Readonly<Record<string, ServiceKind>> = {
  'yarn-rm': {
    host: 'may',
    probe: '/ws/v1/cluster/info',
    version: HADOOP,
    form: /"clusterInfo"/,
    answers: [{ request: /^\/ws\/v1\/cluster\/apps(?:\?|$)/, hold: /^\s{0,200}\{\s{0,200}"apps"/ }],
  },
  'yarn-nm': {
    host: 'must',
    probe: '/ws/v1/node/info',
    version: /"hadoopVersion"\s?:\s?"([^"]{1,60})"/,
    form: /"nodeInfo"/,
  },
  'yarn-history': { host: 'may', probe: '/ws/v1/history/info', version: HADOOP, form: /"historyInfo"/ },
  'spark-history': {
    host: 'may',
    probe: '/api/v1/version',
    version: /"spark"\s?:\s?"([^"]{1,60})"/,
    form: /"spark"/,
    answers: SPARK_LISTS,
  },
  'spark-driver': {
    host: 'may',
    probe: '/api/v1/version',
    version: /"spark"\s?:\s?"([^"]{1,60})"/,
    form: /"spark"/,
    answers: SPARK_LISTS,
  },
  'spark-master': { host: 'may', probe: '/json/', version: null, form: /"workers"/ },
  'hdfs-namenode': {
    host: 'may',
    probe: '/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo',
    version: HADOOP,
    form: /"beans"/,
  },
  'hdfs-datanode': {
    host: 'must',
    probe: '/jmx?qry=Hadoop:service=DataNode,name=DataNodeInfo',
    version: HADOOP,
    form: /"beans"/,
  },
  'celeborn-master': { host: 'may', probe: '/api/v1/conf', otherwise: '/conf', version: null, form: /celeborn\./ },
  'celeborn-worker': { host: 'must', probe: '/api/v1/conf', otherwise: '/conf', version: null, form: /celeborn\./ },
  'alluxio-master': {
    host: 'may',
    probe: '/api/v1/master/info',
    version: /"version"\s?:\s?"([^"]{1,60})"/,
    form: JSON_OBJECT,
    answers: [
      { request: /^\/api\/v1\/master\/info/, hold: /"(?:version|rpcAddress|workers|mountPoints|configuration)"\s?:/ },
    ],
  },
  'alluxio-worker': {
    host: 'must',
    probe: '/api/v1/worker/info',
    version: /"version"\s?:\s?"([^"]{1,60})"/,
    form: JSON_OBJECT,
  },
  'alluxio-fuse': { host: 'must', probe: '/metrics/prometheus', version: null, form: /^# (?:HELP|TYPE) /m },
  kubernetes: { host: 'may', probe: '/version', version: /"gitVersion"\s?:\s?"([^"]{1,60})"/, form: /"gitVersion"/ },
  prometheus: {
    host: 'never',
    probe: '/api/v1/status/buildinfo',
    version: /"version"\s?:\s?"([^"]{1,60})"/,
    form: /"status"/,
    answers: [{ request: /^\/api\/v1\/query/, hold: /"status"\s?:/ }],
  },
  flink: { host: 'may', probe: '/config', version: /"flink-version"\s?:\s?"([^"]{1,60})"/, form: /"flink-version"/ },
  airflow: { host: 'may', probe: '/api/v1/version', version: /"version"\s?:\s?"([^"]{1,60})"/, form: /"version"/ },
  node: {
    host: 'must',
    probe: '/v1/info',
    version: /"version"\s?:\s?(\d{1,5})/,
    form: /"collector"\s?:\s?"wherefore"/,
  },
};

const NAME = /^([a-z-]{2,30})(?:@([A-Za-z0-9](?:[\w.-]{0,251}[\w])?|\[[0-9a-fA-F:]{2,45}\])(?::(\d{1,5}))?)?$/;

/** A service's name taken apart; null when it is none that the product knows (`yarn-nm@bd-node11`, `celeborn-master@rss-m1:9098`). */
export function parseServiceName(name: string): { kind: string; host: string | null; of: ServiceKind } | null {
  const parts = NAME.exec(name);
  const kind = parts?.[1] ?? '';
  const of = Object.hasOwn(SERVICE_KINDS, kind) ? SERVICE_KINDS[kind] : undefined;
  if (of === undefined) return null;
  const host = parts?.[2] ?? null;
  if ((host === null && of.host === 'must') || (host !== null && of.host === 'never')) return null;
  return { kind, host, of };
}

/** A template's name, one service for each host of the cluster: `yarn-nm@{host}`. */
export function parseTemplateName(name: string): { kind: string; of: ServiceKind } | null {
  if (!name.endsWith('@{host}')) return null;
  const parsed = parseServiceName(name.replace('{host}', 'host'));
  return parsed && { kind: parsed.kind, of: parsed.of };
}

/** Names that a person may use, for the sentence that refuses another. */
export function serviceNames(): string {
  return Object.entries(SERVICE_KINDS)
    .map(([kind, { host }]) => (host === 'must' ? `${kind}@<host>` : host === 'may' ? `${kind}[@<host>]` : kind))
    .join(', ');
}

/** True for a good answer that holds nothing of what every version of that service answers to the request. */
export function isAnotherForm(service: string, request: string, body: string): boolean {
  const asked = parseServiceName(service)?.of.answers?.find((one) => one.request.test(request));
  return asked !== undefined && !asked.hold.test(body);
}
