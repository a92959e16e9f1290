import type { LinkedService, QuestionLink, TimeWindow } from './question.ts';
import { readApplicationIds } from './read-ids.ts';

const MAX_LINKS = 20;
/** A link ends at white space, at quotes and brackets, and at Chinese text or punctuation. */
const LINK = /\bhttps?(?::\/\/|%3A%2F%2F)[^\s<>"'`，。；、（）【】\u4e00-\u9fff]{3,2000}/gi;

/** Ports and paths by which a system's pages are known (defaults of Hadoop 3, Spark 3 and 4, Airflow 2 and 3, Flink 1). */
const SERVICES: readonly { service: LinkedService; at: RegExp }[] = [
  {
    service: 'yarn-rm',
    at: /:(?:8088|8090)\b|\/cluster\/app\/|\/yarn-app\/application_|\/ws\/v1\/cluster\/|\/proxy\/application_/i,
  },
  { service: 'spark-history', at: /:18080\b|\/history\/(?:application_|app-|local-|spark-)|sparkhistory/i },
  { service: 'airflow', at: /\/dags\/|[?&]dag_id=|\/dagrun|airflow/i },
  { service: 'flink', at: /#\/(?:job|overview|task-manager)|\/jobs\/[0-9a-f]{32}|:8081\b|flink/i },
  { service: 'spark-driver', at: /:40[4-5]\d\b|\/(?:stages|executors|SQL)\/?(?:\?|$)/i },
  { service: 'spark-master', at: /:8080\b/i },
  { service: 'hdfs-namenode', at: /:(?:9870|50070)\b|\/webhdfs\//i },
];

/**
 * A run's time in a link says when its data begins (the logical date of a scheduled run) or when it was started by hand. A daily run
 * starts a day after its logical date, so the run that is meant has been at work between here and there.
 */
const RUN_WITHIN_MS = 26 * 3_600_000;

/**
 * Links in a text, read for what they name. Nothing is ever fetched from them: an address that a person, or an alert, hands in could name
 * anything that this machine reaches (server-side request forgery). The services asked are those of the settings, by their ids.
 */
export function readLinks(text: string): QuestionLink[] {
  const links: QuestionLink[] = [];
  for (const match of text.slice(0, 4_000_000).matchAll(LINK)) {
    const link = readLink(match[0].replace(/[.,;:!?)\]}]+$/, ''));
    if (link) links.push(link);
    if (links.length >= MAX_LINKS) break;
  }
  return links;
}

/** When the run that a link names was at work, where its id or query says it; milliseconds since the epoch. */
export function windowOfLink({ runAt, dagId, dagRunId }: QuestionLink): TimeWindow | null {
  if (runAt === undefined) return null;
  return {
    from: runAt,
    to: runAt + RUN_WITHIN_MS,
    words: dagRunId ?? `${dagId ?? ''} ${new Date(runAt).toISOString()}`.trim(),
  };
}

function readLink(found: string): QuestionLink | null {
  const written = /^https?%3A/i.test(found) ? decoded(found) : found;
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  // A link within a link (a login page that leads on) is encoded twice.
  const whole = decoded(decoded(written));
  const service = SERVICES.find(({ at }) => at.test(whole))?.service ?? 'unknown';
  const stage = /\/stages\/stage\/?\?(?:[^#]{0,200}&)?id=(\d{1,6})(?!\d)/.exec(whole)?.[1];
  const link: QuestionLink = {
    url: written,
    service,
    host: url.hostname,
    applicationIds: applicationsIn(whole),
    flinkJobIds: whole.includes('#/job') || service === 'flink' ? hexIdsIn(whole) : [],
    ...(stage === undefined ? {} : { stage: Number(stage) }),
  };
  return service === 'airflow' ? { ...link, ...airflowNames(url) } : link;
}

/** A job of the MapReduce history server is the application of the same number. */
function applicationsIn(whole: string): string[] {
  const ids = readApplicationIds(whole.replaceAll('/', ' '));
  const jobs = [...whole.matchAll(/\/jobhistory\/[\w/]{0,200}?job_(\d{10,16}_\d{4,9})(?!\d)/g)];
  return [...new Set([...ids, ...jobs.map((job) => `application_${job[1]}`)])];
}

function hexIdsIn(whole: string): string[] {
  return [...new Set([...whole.matchAll(/(?<!\w)[0-9a-f]{32}(?!\w)/g)].map((hit) => hit[0]))];
}

/**
 * Airflow names its objects in the path (`/dags/D/grid`, Airflow 3 `/dags/D/runs/R/tasks/T`, `/tasks/group/G`) and in the query
 * (`dag_run_id`, before 2.2 `execution_date`).
 */
function airflowNames(url: URL): Pick<QuestionLink, 'dagId' | 'dagRunId' | 'taskId' | 'runAt'> {
  const path = decoded(url.pathname);
  const asked = (name: string) => url.searchParams.get(name)?.slice(0, 250) || undefined;
  const dagId = asked('dag_id') ?? /\/dags\/([^/?#]{1,250})/.exec(path)?.[1];
  const dagRunId = withPlus(asked('dag_run_id') ?? asked('run_id') ?? /\/runs\/([^/?#]{1,250})/.exec(path)?.[1]);
  const taskId = asked('task_id') ?? /\/tasks\/(?:group\/)?([^/?#]{1,250})/.exec(path)?.[1];
  const runAt = timeIn(dagRunId ?? withPlus(asked('execution_date') ?? asked('logical_date')));
  return {
    ...(dagId ? { dagId } : {}),
    ...(dagRunId ? { dagRunId } : {}),
    ...(taskId ? { taskId } : {}),
    ...(runAt === undefined ? {} : { runAt }),
  };
}

/** In a query a plus that was not encoded is read as a space. */
function withPlus(value: string | undefined): string | undefined {
  return value?.replace(/ (?=\d\d:?\d\d$)/, '+');
}

/** `scheduled__2026-11-20T00:00:00+00:00`, `manual__2026-11-20T08:12:33.123456+00:00`, or the time alone; without a zone it is UTC. */
function timeIn(run: string | undefined): number | undefined {
  const [, date, zone = 'Z'] =
    /(?:^|_)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?(?:_|$)/.exec(run ?? '') ?? [];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(at) ? undefined : at;
}

/** Undoes percent encoding; what is none stays as it stands. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2}){1,2000}/gi, (signs) => {
    try {
      return decodeURIComponent(signs);
    } catch {
      return signs;
    }
  });
}
