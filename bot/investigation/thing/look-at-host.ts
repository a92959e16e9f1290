import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { judgeCache } from '../../../tools/cache/judge-cache.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { parseExceptions } from '../../../tools/evidence/parse-exceptions.ts';
import { plural, were } from '../../../tools/evidence/spoken-figures.ts';
import { matchSignatures } from '../../../tools/logs/match-signatures.ts';
import { diagnosticsRecords } from '../../../tools/yarn/diagnostics-records.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import { judgeYarn } from '../../../tools/yarn/judge-yarn.ts';
import { collectEntityLinks } from '../joining/collect-entity-links.ts';
import { corroborate } from '../joining/corroborate.ts';
import { EntityDirectory } from '../joining/entity-directory.ts';
import { foldFindings } from '../joining/fold-findings.ts';
import { hushEchoes } from '../joining/hush-echoes.ts';
import type { Hypothesis } from '../joining/hypothesis.ts';
import { rankHypotheses } from '../joining/rank-hypotheses.ts';
import { type Death, deathsOf, ownerOf, toldDeath } from './deaths.ts';
import { hostMeant, isOneHost, knownHosts } from './known-hosts.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

/** Without a time in the question, what happened within a day is meant. */
const DAY_MS = 24 * 3_600_000;
/** Clocks of hosts and the words of people are not exact. */
const SLACK_MS = 120_000;
/** Applications of one host that are judged, the latest. */
const MAX_APPLICATIONS = 300;
const MAX_TOLD = 40;
const MAX_KNOWN = 12;

/** What died on a host in the time asked about: every kill and crash with its victim, its reason and whose it was. */
export function lookAtHost(said: string, context: ThingContext): ThingReport {
  const known = knownHosts(context.first, context.yarn, context.services);
  const host = hostMeant(said, known);
  if (host === null) return unknownHost(said, known);
  const window = context.window ?? { from: context.now - DAY_MS, to: context.now };
  const findings = findingsOf(host, context, window);
  const deaths = deathsOf(findings);
  const inTime = deaths.filter(({ at }) => at === null || isWithin(at, window));
  const base = { kind: 'host', id: host, isKnown: true, window } as const;
  if (inTime.length === 0) return { ...base, ...nothingDied(host, deaths, context, window) };
  const causes = causesOf(findings, inTime);
  return {
    ...base,
    verdict: causes.some(({ standing }) => standing !== 'inconclusive') ? 'answered' : 'needs_more',
    summary: summaryOf(host, inTime, causes, context),
    told: inTime.slice(-MAX_TOLD).map((death) => toldDeath(death, context.candidates)),
    causes,
    needs: causes.length > 0 ? [] : [kernelLogOf(host)],
  };
}

function isWithin(at: number, { from, to }: { from: number; to: number }): boolean {
  return at >= from - SLACK_MS && at <= to + SLACK_MS;
}

/** Everything that any area says of the host, keys completed. What happened before the window stays, to name the last one. */
function findingsOf(host: string, { first, yarn }: ThingContext, window: { from: number; to: number }): Finding[] {
  const directory = new EntityDirectory(collectEntityLinks(null, yarn, first.logs));
  const ofHost = applicationsOn(host, yarn);
  const asked: YarnFacts = { ...yarn, scope: { ...yarn.scope, applicationIds: ofHost }, asked: ofHost };
  const statements = [...first.records, ...diagnosticsRecords(asked, parseExceptions)];
  const raw = [
    ...first.findings,
    ...matchSignatures(statements),
    ...judgeYarn(asked),
    ...judgeCache(first.cache, { window, paths: [], hosts: [host] }),
  ];
  const enriched = raw.map((finding) => ({ ...finding, keys: directory.enrich(finding.keys) }));
  const own = enriched.filter(({ keys }) => keys.host !== undefined && isOneHost(keys.host, host));
  return corroborate(hushEchoes(foldFindings(own)));
}

function applicationsOn(host: string, yarn: YarnFacts): string[] {
  const ids = yarn.containers.filter((container) => container.host === host).map(({ applicationId }) => applicationId);
  const masters = yarn.applications.filter(({ amHost }) => amHost === host).map(({ id }) => id);
  return [...new Set([...ids, ...masters])].sort().slice(-MAX_APPLICATIONS);
}

/** The causes that speak of one of the deaths, the one behind most of them first. */
function causesOf(findings: readonly Finding[], deaths: readonly Death[]): Hypothesis[] {
  const ends = new Set(deaths.flatMap((death) => death.findings));
  const tells = ({ links, roots }: Hypothesis) =>
    [...roots, ...links.map(({ finding }) => finding)].some((finding) => ends.has(finding));
  const ranked = rankHypotheses(findings, {
    end: { state: 'unknown', at: null, startedAt: null },
    asks: 'failure',
    timed: false,
  });
  return ranked
    .filter((hypothesis) => hypothesis.effectOf === null && tells(hypothesis))
    .filter(({ standing }) => standing !== 'inconclusive')
    .sort((a, b) => behind(b, deaths).length - behind(a, deaths).length);
}

/** The deaths that a cause is behind: told by one of its findings, or standing in its chain. */
function behind({ roots, links }: Hypothesis, deaths: readonly Death[]): Death[] {
  const own = new Set([...roots, ...links.map(({ finding }) => finding)]);
  return deaths.filter(({ findings }) => findings.some((finding) => own.has(finding)));
}

function summaryOf(
  host: string,
  deaths: readonly Death[],
  causes: readonly Hypothesis[],
  { candidates }: ThingContext,
): Bilingual {
  const times = deaths.flatMap(({ at }) => (at === null ? [] : [at]));
  const [from, to] = [clock(Math.min(...times)), clock(Math.max(...times))];
  const when = times.length === 0 ? { en: '', zh: '' } : spanOf(from, to);
  const owners = Map.groupBy(
    deaths,
    ({ keys }) => ownerOf({ ...keys, executorId: undefined } as Death['keys'], candidates)?.en ?? '',
  );
  const named = [...owners].filter(([name]) => name !== '').map(([name, own]) => ({ name, times: own.length }));
  const whose = named.slice(0, 4).map(({ name, times: n }) => (n === 1 ? name : `${name} × ${n}`));
  const why = causes.map((cause) => ({ title: causeOf(cause.code).title, times: behind(cause, deaths).length }));
  return {
    en: `On ${host} there ${were(deaths.length)} ${plural(deaths.length, 'bad end')} of processes and containers${when.en}${whose.length > 0 ? `: ${whose.join(', ')}` : ''}.${why.length > 0 ? ` ${why.map(({ title, times: n }) => `${title.en} (${n} of ${deaths.length})`).join('; ')}.` : ' Nothing that was read says why.'}`,
    zh: `${host} 上${when.zh}有 ${deaths.length} 个进程或容器异常结束${whose.length > 0 ? `：${whose.join('、')}` : ''}。${why.length > 0 ? `${why.map(({ title, times: n }) => `${title.zh}（${n}/${deaths.length}）`).join('；')}。` : '读到的记录没有说明原因。'}`,
  };
}

function spanOf(from: string, to: string): Bilingual {
  if (from === to) return { en: ` at ${from} UTC`, zh: `在 ${from}（UTC）` };
  return { en: ` between ${from} and ${to} UTC`, zh: `在 ${from} 至 ${to}（UTC）之间` };
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/** Silence is an answer only where the kernel's own log of that time was read. */
function nothingDied(
  host: string,
  deaths: readonly Death[],
  { first }: ThingContext,
  window: { from: number; to: number },
): Pick<ThingReport, 'verdict' | 'summary' | 'told' | 'causes' | 'needs'> {
  const logs = first.hosts
    .filter((one) => one.host !== null && isOneHost(one.host, host))
    .flatMap((one) => one.kernelLogs);
  const covered = logs.some(({ firstAt, lastAt, form }) => {
    if (firstAt === null || lastAt === null || firstAt > window.to) return false;
    // A ring buffer holds everything until it was read, however long it said nothing.
    return form === 'ring_buffer' || lastAt >= window.from;
  });
  const span = {
    en: `${day(window.from)} and ${day(window.to)} UTC`,
    zh: `${day(window.from)} 至 ${day(window.to)}（UTC）`,
  };
  const before = deaths.findLast(({ at }) => at !== null);
  const last = before?.at
    ? { en: ` The last one on record was at ${day(before.at)} UTC.`, zh: `记录里最近一次在 ${day(before.at)}（UTC）。` }
    : { en: '', zh: '' };
  const summary = covered
    ? {
        en: `Nothing is on record as killed or crashed on ${host} between ${span.en}.${last.en}`,
        zh: `${span.zh}之间，${host} 上没有进程被杀或崩溃的记录。${last.zh}`,
      }
    : {
        en: `Nothing that was read tells of a kill or crash on ${host} between ${span.en}, but its kernel log of that time was not there.${last.en}`,
        zh: `读到的记录里，${span.zh}之间 ${host} 上没有被杀或崩溃，但没有那段时间的内核日志。${last.zh}`,
      };
  return {
    verdict: covered ? 'healthy' : 'needs_more',
    summary,
    told: [],
    causes: [],
    needs: covered ? [] : [kernelLogOf(host)],
  };
}

function kernelLogOf(host: string): ThingReport['needs'][number] {
  return {
    what: {
      en: `the kernel log of ${host} and the NodeManager's log of that time`,
      zh: `${host} 的内核日志和当时的 NodeManager 日志`,
    },
    how: {
      en: "dmesg -T | grep -iE -B60 'killed process' on that host; or wherefore node there",
      zh: "在该主机上 dmesg -T | grep -iE -B60 'killed process'；或在上面运行 wherefore node",
    },
  };
}

function unknownHost(said: string, known: readonly string[]): ThingReport {
  const names = [...known.slice(0, MAX_KNOWN), ...(known.length > MAX_KNOWN ? ['…'] : [])];
  return {
    kind: 'host',
    id: said,
    isKnown: false,
    verdict: 'needs_more',
    summary: {
      en:
        names.length === 0
          ? `No host called ${said} is known here, nor any other.`
          : `No host called ${said} is known here; known are: ${names.join(', ')}.`,
      zh:
        names.length === 0
          ? `这里没有名为 ${said} 的主机，也没有其他主机。`
          : `没有名为 ${said} 的主机，已知的有：${names.join('、')}。`,
    },
    told: [],
    causes: [],
    needs: [
      {
        what: { en: 'which host is meant', zh: '指的是哪台主机' },
        how: {
          en: 'ask again with one of the known names; wherefore doctor lists what can be read',
          zh: '请用已知的主机名再问一次；wherefore doctor 会列出能读到什么',
        },
      },
    ],
    window: null,
  };
}
