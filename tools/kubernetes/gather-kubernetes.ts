import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import type { HttpMiss, Platform, PlatformFile } from '../platform/platform.ts';
import { readHead, readText } from '../platform/read-text.ts';
import type { EventState, KubernetesState, NodeState, OtherObject, PodState } from './kubernetes-state.ts';
import { looksLikeKubernetesObject, readKubernetesState } from './read-kubernetes-state.ts';

/** What to ask the API server for. */
export interface KubernetesQuestion {
  /** Namespaces that may be read; empty: the whole cluster. */
  namespaces: readonly string[];
  /** Kinds of other API groups, as the last part of their path: `apis/data.fluid.io/v1alpha1` and `datasets`. */
  others: readonly { group: string; plural: string }[];
}

/** The API server cuts lists into pages of this size on request. */
const PAGE = 500;
const MAX_PAGES = 20;
const MAX_FILES = 500;
const HEAD_BYTES = 4_096;
const MAX_FILE_BYTES = 32 << 20;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Pods, events, nodes and the other kinds asked for: from the API server (GET of lists, nothing else) or its recorded answers, and from
 * `kubectl -o json` files that lie on hosts. Of an object seen twice the later look counts; events and their times are kept all.
 */
export async function gatherKubernetes(
  platform: Platform,
  question: KubernetesQuestion,
  signal: AbortSignal,
): Promise<Outcome<KubernetesState>> {
  const services = (await platform.services()).filter((name) => /^kubernetes(?:@|$)/.test(name));
  const notes: Bilingual[] = [];
  const documents: { body: string; source: string; at: number | null }[] = await kubernetesFiles(platform, signal);
  for (const service of services) {
    if (platform.kind === 'live') notes.push(...(await askLists(platform, service, question)));
    signal.throwIfAborted();
    const answers = await platform.recorded(service);
    documents.push(...answers.filter(({ status }) => status === 200));
    if (platform.kind === 'capture') notes.push(...refusals(service, answers));
  }
  if (documents.length === 0 && services.length === 0) return NOT_CONFIGURED;
  documents.sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY));
  const states = documents.flatMap((document) => {
    const state = readKubernetesState(document);
    if (state === null && document.source.startsWith('http/')) notes.push(unreadNote(document.source));
    return state ?? [];
  });
  const [why] = notes;
  if (states.length === 0) return why ? { outcome: 'failed', why, retryable: true } : NOTHING;
  return { outcome: 'ok', value: merged(states), notes: distinct(notes) };
}

const NOT_CONFIGURED: Outcome<never> = {
  outcome: 'failed',
  why: { en: 'no Kubernetes is configured', zh: '没有配置 Kubernetes' },
  retryable: false,
};

const NOTHING: Outcome<never> = {
  outcome: 'no_data',
  looked: { en: 'no Kubernetes objects are at hand', zh: '没有任何 Kubernetes 对象' },
};

/** All lists side by side, each page by page; one sentence for each list that could not be had. */
async function askLists(platform: Platform, service: string, question: KubernetesQuestion): Promise<Bilingual[]> {
  const spaces = question.namespaces.filter((name) => NAMESPACE.test(name));
  const within = (list: string, group = 'api/v1') =>
    spaces.length === 0 ? [`/${group}/${list}`] : spaces.map((name) => `/${group}/namespaces/${name}/${list}`);
  const lists = [
    ...within('pods'),
    ...within('events'),
    '/api/v1/nodes',
    ...question.others.flatMap(({ group, plural }) => within(plural, group)),
  ];
  const notes = await Promise.all(lists.map((list) => askPages(platform, service, list)));
  return notes.flatMap((note) => note ?? []);
}

async function askPages(platform: Platform, service: string, list: string): Promise<Bilingual | null> {
  let next = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const more = next === '' ? '' : `&continue=${encodeURIComponent(next)}`;
    const answer = await platform.get(service, `${list}?limit=${PAGE}${more}`);
    if ('miss' in answer) return missNote(service, list, answer);
    if (answer.status !== 200) return statusNote(service, list, answer.status);
    next = readKubernetesState(answer)?.next ?? '';
    if (next === '') return null;
  }
  return {
    en: `${service} has more than ${PAGE * MAX_PAGES} objects in ${list}; the rest was not read`,
    zh: `${service} 的 ${list} 超过 ${PAGE * MAX_PAGES} 个对象，其余未读取`,
  };
}

function missNote(service: string, list: string, { why }: HttpMiss): Bilingual {
  return { en: `${list}: ${why.en || service}`, zh: `${list}：${why.zh || service}` };
}

/** Who lacks the right gets 403; a kind that is not installed (no Fluid) is 404. */
function statusNote(service: string, list: string, status: number): Bilingual | null {
  if (status === 404 && list.startsWith('/apis/')) return null;
  if (status === 401 || status === 403) {
    return {
      en: `${service} does not let us list ${list} (${status})`,
      zh: `${service} 不允许读取 ${list}（${status}）`,
    };
  }
  return {
    en: `${service} answered ${list} with status ${status}`,
    zh: `${service} 对 ${list} 的应答状态为 ${status}`,
  };
}

function refusals(service: string, answers: readonly { request: string; status: number }[]): Bilingual[] {
  const read = new Set(answers.filter(({ status }) => status === 200).map(({ request }) => request.split('?')[0]));
  return answers.flatMap(({ request, status }) => {
    const [list = ''] = request.split('?');
    return status === 200 || read.has(list) ? [] : (statusNote(service, list, status) ?? []);
  });
}

function unreadNote(source: string): Bilingual {
  return { en: `${source} is no answer of Kubernetes`, zh: `${source} 不是 Kubernetes 的应答` };
}

function distinct(notes: readonly Bilingual[]): Bilingual[] {
  return [...new Map(notes.map((note) => [note.en, note])).values()];
}

async function kubernetesFiles(
  platform: Platform,
  signal: AbortSignal,
): Promise<{ body: string; source: string; at: number | null }[]> {
  const { files } = await platform.files();
  const found: { body: string; source: string; at: number | null }[] = [];
  for (const file of files.filter(isCandidate).slice(0, MAX_FILES)) {
    if (signal.aborted) break;
    const head = (await readHead(file, HEAD_BYTES)).toString('utf8');
    if (!looksLikeKubernetesObject(head)) continue;
    const { text } = await readText(file, MAX_FILE_BYTES);
    found.push({ body: text, source: file.source, at: file.sampledAt ?? null });
  }
  return found;
}

/** Kernel files and logs are no JSON; what a user handed in is judged apart, by its own provenance. */
function isCandidate({ origin, path, storedBytes }: PlatformFile): boolean {
  if (origin !== 'host' || storedBytes <= 2 || /^\/(?:proc|sys)\//.test(path) || /\.(?:log|out|err)\b/.test(path))
    return false;
  return /\.json$|kube|pods|events|nodes/i.test(path);
}

function merged(states: readonly KubernetesState[]): KubernetesState {
  return {
    pods: joined(
      states.flatMap(({ pods }) => pods),
      (pod) => pod.uid || `${pod.namespace}/${pod.name}`,
      withEarlierEnds,
    ),
    events: latest(
      states.flatMap(({ events }) => events),
      ({ kind, namespace, name, reason, message, firstAt }: EventState) =>
        [kind, namespace, name, reason, message, firstAt].join('\n'),
    ),
    nodes: joined(
      states.flatMap(({ nodes }) => nodes),
      (node) => node.name,
      withEarlierTrouble,
    ),
    others: latest(
      states.flatMap(({ others }) => others),
      ({ kind, namespace, name }: OtherObject) => [kind, namespace, name].join('\n'),
    ),
  };
}

/** One entry for each key: the latest, with what only earlier looks show. */
function joined<T>(entries: readonly T[], key: (entry: T) => string, join: (before: T, now: T) => T): T[] {
  const known = new Map<string, T>();
  for (const entry of entries) {
    const before = known.get(key(entry));
    known.set(key(entry), before === undefined ? entry : join(before, entry));
  }
  return [...known.values()];
}

/** A status keeps one earlier end of a container; earlier looks know more of them. */
function withEarlierEnds(before: PodState, now: PodState): PodState {
  const containers = now.containers.map((container) => {
    const known = before.containers.find(({ name, kind }) => name === container.name && kind === container.kind);
    const ends = new Map(
      [...(known?.ends ?? []), ...container.ends].map((end) => [end.finishedAt ?? end.evidence.source, end]),
    );
    return { ...container, ends: [...ends.values()] };
  });
  return { ...now, containers };
}

/** A node that is well again was not well before. */
function withEarlierTrouble(before: NodeState, now: NodeState): NodeState {
  const bad = before.conditions.filter(({ type, status }) =>
    type === 'Ready' ? status !== 'True' : /Pressure$/.test(type) && status === 'True',
  );
  const fresh = new Set(now.conditions.map(({ type, status }) => `${type} ${status}`));
  return {
    ...now,
    conditions: [...bad.filter(({ type, status }) => !fresh.has(`${type} ${status}`)), ...now.conditions],
  };
}

/** Answers come oldest first. */
function latest<T>(entries: readonly T[], key: (entry: T) => string): T[] {
  return [...new Map(entries.map((entry) => [key(entry), entry])).values()];
}
