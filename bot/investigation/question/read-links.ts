import type { LinkedService, QuestionLink } from './question.ts';
import { readApplicationIds } from './read-ids.ts';

const MAX_LINKS = 20;
/** A link ends at white space, at quotes and brackets, and at Chinese text or punctuation. */
const LINK = /\bhttps?:\/\/[^\s<>"'`，。；、（）【】\u4e00-\u9fff]{3,2000}/gi;

/** Ports and paths by which a system's pages are known (defaults of Hadoop 3, Spark 3 and 4, Airflow 2 and 3, Flink 1). */
const SERVICES: readonly { service: LinkedService; at: RegExp }[] = [
  { service: 'yarn-rm', at: /:(?:8088|8090)\b|\/cluster\/app\/|\/ws\/v1\/cluster\/|\/proxy\/application_/i },
  { service: 'spark-history', at: /:18080\b|\/history\/(?:application_|app-|local-|spark-)|sparkhistory/i },
  { service: 'airflow', at: /\/dags\/|[?&]dag_id=|\/dagrun|airflow/i },
  { service: 'flink', at: /#\/(?:job|overview|task-manager)|\/jobs\/[0-9a-f]{32}|:8081\b|flink/i },
  { service: 'spark-driver', at: /:40[4-5]\d\b|\/(?:stages|executors|SQL)\/?(?:\?|$)/i },
  { service: 'spark-master', at: /:8080\b/i },
  { service: 'hdfs-namenode', at: /:(?:9870|50070)\b|\/webhdfs\//i },
];

/** Links in a text, read for what they name. Nothing is fetched. */
export function readLinks(text: string): QuestionLink[] {
  const links: QuestionLink[] = [];
  for (const match of text.slice(0, 4_000_000).matchAll(LINK)) {
    const link = readLink(match[0].replace(/[.,;:!?)\]}]+$/, ''));
    if (link) links.push(link);
    if (links.length >= MAX_LINKS) break;
  }
  return links;
}

function readLink(written: string): QuestionLink | null {
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  const whole = decoded(written);
  const service = SERVICES.find(({ at }) => at.test(whole))?.service ?? 'unknown';
  const link: QuestionLink = {
    url: written,
    service,
    host: url.hostname,
    applicationIds: readApplicationIds(whole.replaceAll('/', ' ')),
    flinkJobIds: service === 'flink' ? [...whole.matchAll(/(?<!\w)[0-9a-f]{32}(?!\w)/g)].map((hit) => hit[0]) : [],
  };
  return service === 'airflow' ? { ...link, ...airflowNames(url) } : link;
}

/** Airflow names its objects in the path (`/dags/D/grid`, `/dags/D/runs/R/tasks/T`) and in the query. */
function airflowNames(url: URL): Pick<QuestionLink, 'dagId' | 'dagRunId' | 'taskId'> {
  const path = decoded(url.pathname);
  const dagId = url.searchParams.get('dag_id') ?? /\/dags\/([^/?#]{1,250})/.exec(path)?.[1];
  const dagRunId =
    url.searchParams.get('dag_run_id') ?? url.searchParams.get('run_id') ?? /\/runs\/([^/?#]{1,250})/.exec(path)?.[1];
  const taskId = url.searchParams.get('task_id') ?? /\/tasks\/([^/?#]{1,250})/.exec(path)?.[1];
  return { ...(dagId ? { dagId } : {}), ...(dagRunId ? { dagRunId } : {}), ...(taskId ? { taskId } : {}) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
