const MAX_HOSTS = 20;

/** A word that could be a host: letters, digits, hyphens, perhaps a domain; no path, no id, no package name around it. */
const WORD = /(?<![\w./$@=-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9-]+){0,6}(?![\w/(=$-])/g;
const ADDRESS = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])/g;
/** Parts that host names are made of on clusters; a label also needs a number. */
const STEM =
  /^(?:nodes?|hosts?|nm|dn|nn|rm|tm|jm|workers?|slaves?|masters?|gw|gateway|edge|servers?|srv|svr|vm|ip|k8s|kube|gpu|cpu|rack|nas|sched|scheduler|broker|datanode|namenode|nodemanager|machine|box|bigdata\w*|hadoop|hdp|emr)\d*[a-z]?$/i;
/** One letter and a number as the last part, as in `rss-w2`; `v2` is a version. */
const NUMBERED_LETTER = /^(?!v)[a-z]\d{1,4}$/i;
const DOMAIN = /\.(?:com|net|org|local|localdomain|internal|lan|cn|io|corp|intra|cloud|cluster|svc|prod|dev|example)$/i;
/** A word after one of these is a host when it holds a digit or a hyphen. */
const CUE =
  /(?:\b(?:on|host|hosts|node|machine|server|hostname)|节点|机器|主机|宿主机)\s*(?:named |called |[:=：]\s*)?[`"'「“]?\s*$/i;
/** The same, where what follows is a name whatever it looks like. */
const NAMING_CUE =
  /(?:\b(?:host|node|machine|server|hostname)\s*(?:[:=：]|named |called )|主机名?|机器|节点)\s*[`"'「“]?\s*$/i;
const NOT_HOST =
  /^(?:(?:spark|flink|java|python|scala|hive|hdfs|yarn|airflow|alluxio|celeborn|kafka|hadoop)[-.]?\d[\d.]*|k8s|s3|ec2|h2|ip\d?)$/i;

/**
 * Host names, host-like words and addresses in the asker's words, in their order. They are matched later with the hosts that
 * are known, so a word too many does no harm and a host left out does.
 */
export function readHosts(said: string, taken: ReadonlySet<string>): string[] {
  const hosts: { name: string; at: number }[] = [];
  for (const match of said.matchAll(ADDRESS)) {
    if (match[0].split('.').every((part) => Number(part) <= 255)) hosts.push({ name: match[0], at: match.index });
  }
  for (const match of said.matchAll(WORD)) {
    const name = match[0];
    if (taken.has(name) || NOT_HOST.test(name) || name.length > 253) continue;
    if (isHostLike(name, said.slice(Math.max(0, match.index - 24), match.index))) hosts.push({ name, at: match.index });
  }
  hosts.sort((a, b) => a.at - b.at);
  return [...new Set(hosts.map(({ name }) => name))].slice(0, MAX_HOSTS);
}

function isHostLike(word: string, before: string): boolean {
  if (word.includes('.')) return DOMAIN.test(word) && /\d/.test(word);
  if (/\d/.test(word) && looksNumbered(word)) return true;
  if (CUE.test(before) && /\d$|\d[a-z]$/i.test(word) && /^[a-z]+[a-z0-9-]*$/i.test(word)) return true;
  return NAMING_CUE.test(before) && /^[a-z][a-z0-9-]{2,}$/i.test(word);
}

function looksNumbered(word: string): boolean {
  const parts = word.split('-');
  const last = parts.at(-1) ?? '';
  const endsInNumber = /\d[a-z]?$/i.test(last);
  if (!endsInNumber && parts.length < 3) return false;
  return parts.some((part) => STEM.test(part)) || (parts.length > 1 && NUMBERED_LETTER.test(last));
}
