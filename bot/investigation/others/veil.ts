import type { Finding } from '../../../tools/evidence/finding.ts';
import type { Quote } from '../../../tools/evidence/quote.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import type { Ownership } from '../../access/ownership.ts';
import type { FirstLook } from '../first-look.ts';
import { withOneClock } from '../with-one-clock.ts';
import { hideIn } from './hide-in.ts';
import { hideWords, isTelling } from './hide-words.ts';
import { knownOwners, runOf } from './known-owners.ts';
import { isOwnLog, logOwners } from './log-owners.ts';
import { namesOther, otherName, otherUser, otherYarnPart } from './pseudonyms.ts';

/** Whether the asker may read a run of such ownership. */
export type MayRead = (run: Ownership) => boolean;

/**
 * What stands between an asker and the runs that the asker may not read: they are not found by any name, nothing that they wrote is read,
 * and where the platform tells of them as neighbours they are without name.
 */
export interface Veil {
  /** A look with others' runs and logs taken out and the neighbours made nameless. */
  look(seen: FirstLook): FirstLook;
  /** The same value with others' names, ids and users replaced. */
  hide<Value>(value: Value): Value;
  /** Findings without those that tell what others' own logs say. */
  findings(findings: readonly Finding[]): Finding[];
  /** Whether this id (of an application, a container, a pod, a handle) or name is another's. */
  isHidden(id: string): boolean;
  /** The runs that are not another's, by id. */
  readable: ReadonlyMap<string, Ownership>;
}

const YARN_ID = /((?:application|appattempt|container|job|task|attempt)_(?:e\d{1,6}_)?)(\d{10,16}_\d{4,12})(?!\d)/g;
const OTHERS_CLUSTER = /^9{13}_/;

/**
 * Draws the veil for one asker over what a first look brought.
 *
 * @param known YARN's facts with what logs add to them (`withOneClock`)
 */
function drawVeil(seen: FirstLook, known: YarnFacts, mayRead: MayRead): Veil {
  const owners = knownOwners(seen, known);
  const started = new Map(known.applications.map(({ id, startedAt }) => [id, startedAt ?? 0]));
  const [readable, hidden] = [owners.filter(mayRead), owners.filter((run) => !mayRead(run))];
  hidden.sort((a, b) => (started.get(a.id) ?? 0) - (started.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const readableById = new Map(readable.map((run) => [run.id, run]));
  const numbers = new Map(hidden.map(({ id }, at) => [id, at + 1]));
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  const unknown = new Map<string, boolean>();
  const isHiddenRun = (id: string): boolean => {
    if (readableById.has(id)) return false;
    if (numbers.has(id)) return true;
    // What only a text mentions belongs to nobody that is known.
    const kept = unknown.get(id) ?? !mayRead({ id, names: [], user: null, queue: null });
    unknown.set(id, kept);
    return kept;
  };
  const queues = new Set(
    known.queues.flatMap(({ name, path }) => [name, path]).concat(owners.flatMap(({ queue }) => queue ?? [])),
  );
  const readableWords = new Set(readable.flatMap(({ id, names, user }) => [id, ...names, user ?? '']));
  const names = new Map<string, string>();
  for (const { id, names: own } of hidden) {
    for (const name of [id, ...own]) {
      if (!readableWords.has(name) && isTelling(name)) names.set(name, otherName(numberOf(id)));
    }
  }
  const users = [...new Set(hidden.flatMap(({ user }) => user ?? []))]
    .filter((name) => name !== '' && !readableWords.has(name))
    .sort();
  const userWords = new Map(users.map((name, at) => [name, otherUser(at + 1)]));
  for (const [name, put] of userWords) if (isTelling(name) && !queues.has(name)) names.set(name, put);
  const withoutWords = hideWords(names);
  const withoutUsers = hideUsers(userWords);
  const cache = new Map<string, string>();
  const hideText = (text: string): string => {
    if (text.length < 3) return text;
    const before = cache.get(text);
    if (before !== undefined) return before;
    const ids = text.replace(YARN_ID, (whole, kind: string, part: string) =>
      OTHERS_CLUSTER.test(part) || !isHiddenRun(`application_${part}`)
        ? whole
        : `${kind}${otherYarnPart(numberOf(`application_${part}`))}`,
    );
    const after = withoutUsers(withoutWords(ids));
    if (text.length < 4_096 && cache.size < 50_000) cache.set(text, after);
    return after;
  };
  const hiddenLogs = logOwners(seen.logs, { mayRead, isHidden: (id) => isHiddenRun(runOf(id)), hideText });
  const handles = new Set(
    seen.runs
      .filter(({ listing }) => isHiddenRun(listing.applicationId ?? listing.handle))
      .map(({ listing }) => listing.handle),
  );
  const isHiddenPlace = (piece: Pick<Quote, 'source' | 'fromLine'>): boolean =>
    handles.has(piece.source) ||
    hiddenLogs.has(piece) ||
    isOfAnother(piece.source, isHiddenRun) ||
    hideText(piece.source) !== piece.source;
  const hide = hideIn({ text: hideText, users: userWords, isHiddenPlace });
  const isHidden = (id: string): boolean =>
    numbers.has(id) || names.has(id) || handles.has(id) || isHiddenRunId(id, isHiddenRun);
  const findings = (given: readonly Finding[]): Finding[] =>
    given.flatMap((finding) => {
      const { evidence } = finding;
      const kept = evidence.filter((piece) => !isHiddenPlace(piece));
      if (evidence.length > 0 && kept.length === 0) return [];
      const shown = hide({ ...finding, evidence: kept });
      return tellsOfOther(shown) && !isPlatformWord(shown) ? [] : [shown];
    });
  return {
    hide,
    findings,
    isHidden,
    readable: readableById,
    look: (look) => {
      // What an own run has written the asker may read, whoever it names.
      const shown = look.logs.filter((log) => !hiddenLogs.has(log));
      return {
        ...look,
        runs: look.runs.filter(({ listing }) => !isHiddenRun(listing.applicationId ?? listing.handle)),
        yarn: hide(look.yarn),
        logs: shown.map((log) => (isOwnLog(log) ? log : withoutOthersWords(hide(log)))),
        hosts: hide(look.hosts),
        cache: hide(look.cache),
        shuffle: hide(look.shuffle),
        hdfs: hide(look.hdfs),
        kubernetes: hide(look.kubernetes),
        findings: findings(look.findings),
        records: hide(look.records).filter((record) => !namesOther(JSON.stringify(record.keys))),
        skipped: hide(look.skipped).filter(({ en }) => !namesOther(en)),
        notChecked: hide(look.notChecked),
      };
    },
  };
}

/** The veil over a look whose clocks were not set yet. */
export function veilOver(seen: FirstLook, mayRead: MayRead): Veil {
  return drawVeil(seen, withOneClock(seen).known, mayRead);
}

function isHiddenRunId(id: string, isHiddenRun: (id: string) => boolean): boolean {
  const run = runOf(id);
  return /^application_\d{10,16}_\d{4,12}$/.test(run) && isHiddenRun(run);
}

function isOfAnother(source: string, isHiddenRun: (id: string) => boolean): boolean {
  return [...source.matchAll(YARN_ID)].some(([, , part]) => isHiddenRun(`application_${part}`));
}

/** An account of few letters, or one called as a queue is, is hidden only where a text says that it is an account. */
function hideUsers(users: ReadonlyMap<string, string>): (text: string) => string {
  if (users.size === 0) return (text) => text;
  const named =
    /((?:\b(?:user(?:name|id)?|owner|ugi|submitted ?by|proxyuser)\b["']?\s{0,2}[=:]\s{0,2}["']?|\bUSER=|\b(?:from|for|by|of) user:?\s|\/(?:user|users|home|usercache)\/|hdfs:\/\/[^/\s]{0,200}\/user\/))([A-Za-z_][\w.$-]{0,63})/gi;
  return (text) =>
    text.replace(named, (whole, before: string, name: string) => (users.has(name) ? before + users.get(name) : whole));
}

/** Provenance of what the platform itself says, in its own words. */
const PLATFORM: ReadonlySet<string> = new Set([
  'kernel',
  'node_manager',
  'resource_manager',
  'kubernetes',
  'shuffle_service',
  'cache',
  'storage',
]);

function isPlatformWord({ evidence, area }: Finding): boolean {
  return area !== 'logs' && area !== 'spark' && evidence.every(({ provenance }) => PLATFORM.has(provenance));
}

function tellsOfOther({ keys }: Finding): boolean {
  return namesOther(JSON.stringify(keys));
}

/** Where a daemon repeats what another's program printed: from here on a line is not the daemon's own. */
const REPEATED =
  /\bdiagnostics?\b|\bexception\b|\bdump of the process|\|- |\bcommand\b|\bstderr\b|\bstdout\b|failing this attempt/i;

/** A daemon's records that speak of others, cut to the daemon's own words. */
function withoutOthersWords(log: LogFacts): LogFacts {
  const cut = <R extends LogFacts['records'][number]>(record: R): R => {
    if (!namesOther(record.text) && !namesOther(record.message)) return record;
    const short = (text: string): string => {
      const [first = ''] = text.split('\n');
      const at = first.search(REPEATED);
      return at === -1 ? first : first.slice(0, at);
    };
    const { quote } = record;
    return {
      ...record,
      text: short(record.text),
      message: short(record.message),
      exceptions: [],
      quote: { ...quote, toLine: quote.fromLine, excerpt: short(quote.excerpt) },
    };
  };
  return {
    ...log,
    records: log.records.map(cut),
    tail: log.tail.map(cut),
    milestones: log.milestones.map((milestone) => ({ ...milestone, record: cut(milestone.record) })),
  };
}
