import type { Finding } from '../../tools/evidence/finding.ts';
import { parseExceptions } from '../../tools/evidence/parse-exceptions.ts';
import type { TextRecord } from '../../tools/evidence/text-record.ts';
import { identifyGroup } from '../../tools/host/cgroup-path.ts';
import type { LogFacts } from '../../tools/logs/log-facts.ts';
import { matchSignatures } from '../../tools/logs/match-signatures.ts';
import { readRecords } from '../../tools/logs/read-records.ts';
import { judgeKernelText } from '../../tools/memory/judge-kernel-text.ts';
import { readText } from '../../tools/platform/read-text.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import { judgeSparkRun } from '../../tools/spark/rules/index.ts';
import { judgeDiskText } from '../../tools/storage/judge-disk-text.ts';
import { diagnosticsRecords } from '../../tools/yarn/diagnostics-records.ts';
import type { YarnFacts } from '../../tools/yarn/facts.ts';
import { forgottenByManager } from '../../tools/yarn/forgotten-by-manager.ts';
import { judgeYarn } from '../../tools/yarn/judge-yarn.ts';
import { answerTheories } from './answer-theories.ts';
import { areasRead } from './areas-read.ts';
import { decideOutcome } from './decide-outcome.ts';
import { type FirstLook, takeFirstLook } from './first-look.ts';
import type { Investigation } from './investigation.ts';
import type { InvestigationRequest } from './investigation-request.ts';
import { collectEntityLinks } from './joining/collect-entity-links.ts';
import { corroborate } from './joining/corroborate.ts';
import { EntityDirectory } from './joining/entity-directory.ts';
import { foldFindings } from './joining/fold-findings.ts';
import { hushEchoes } from './joining/hush-echoes.ts';
import { oneCausePerKill } from './joining/one-cause-per-kill.ts';
import { rankHypotheses } from './joining/rank-hypotheses.ts';
import type { RankingAim } from './joining/ranking-aim.ts';
import type { RunEnd } from './joining/run-end.ts';
import { type Scope, scopeFindings } from './joining/scope-findings.ts';
import { toldOffsets } from './joining/set-clocks.ts';
import { standingRefutations } from './joining/standing-refutations.ts';
import { lookDeeper } from './look-deeper.ts';
import { measureTime, type TimeView } from './measure-time.ts';
import { memoryCourses } from './memory-courses.ts';
import { namesOther } from './others/pseudonyms.ts';
import { toldOf } from './others/told-of.ts';
import { type Veil, veilOver } from './others/veil.ts';
import type { Question } from './question/question.ts';
import { readQuestion } from './question/read-question.ts';
import { judgeSharedServices } from './shared-services.ts';
import type { Candidate, SubjectHints } from './subject/candidate.ts';
import { chooseSubject } from './subject/choose-subject.ts';
import { decideRunEnd } from './subject/decide-run-end.ts';
import { type GivenLogs, givenEventLogs } from './subject/given-event-logs.ts';
import { listCandidates } from './subject/list-candidates.ts';
import { namedOutright } from './subject/named-outright.ts';
import { programCandidates } from './subject/program-candidates.ts';
import { readGivenEnds } from './subject/read-given-ends.ts';
import { signsOfLife } from './subject/signs-of-life.ts';
import { subjectMissing } from './subject-missing.ts';
import { lookAtThing, thingAsked } from './thing/look-at-thing.ts';
import type { ThingContext } from './thing/thing-context.ts';
import type { ThingReport } from './thing/thing-report.ts';
import { whatIsCertain } from './what-is-certain.ts';
import { withOneClock } from './with-one-clock.ts';

/** Pasted text beyond this is read by the log reader, not as words of the question. */
const WORDS_BYTES = 64 << 10;

/** Question, first look, joining and ranking: everything up to the words. */
export async function look(request: InvestigationRequest, id: string): Promise<Investigation> {
  return (await lookThrough(request, id)).investigation;
}

/** The same, with what keeps others' runs from the asker. */
export async function lookThrough(
  request: InvestigationRequest,
  id: string,
): Promise<{ investigation: Investigation; veil: Veil | null }> {
  const startedAtMs = performance.now();
  const { platform } = request;
  const signal = request.signal ?? new AbortController().signal;
  const pasted = await Promise.all(request.attachments.map(async (file) => (await readText(file, WORDS_BYTES)).text));
  const question = meant(readQuestion(request.question, { now: platform.now, attachments: pasted }), request);
  request.onProgress?.(question.language === 'zh' ? '查看平台各处的记录 …' : 'looking at what the platform recorded …');
  const firstLook = request.earlier?.firstLook ?? takeFirstLook;
  const everything = await firstLook(platform, request.attachments, signal, question);
  const veil = request.mayRead ? veilOver(everything, request.mayRead) : null;
  const seen = veil ? veil.look(everything) : everything;
  const atOnce = withOneClock(seen);
  const given = await givenEventLogs(request.focusOn, seen.runs, signal);
  const base = {
    id,
    question,
    startedAtMs,
    language: request.language === 'auto' ? question.language : request.language,
  };
  const candidates = await readGivenEnds(
    listCandidates(seen.runs, atOnce.known, atOnce.first.logs).filter(({ id }) => !namesOther(id)),
    { runs: seen.runs, given: given.handles, now: platform.now },
    signal,
  );
  const hints = hintsOf(question, candidates, given, request);
  const thing: ThingContext = {
    first: atOnce.first,
    yarn: atOnce.known,
    candidates,
    services: await platform.services(),
    window: question.window,
    now: platform.now,
  };
  // Whoever hands in a log asks about what it tells.
  const asked = given.handles || pasted.length > 0 ? null : thingAsked(question, thing);
  if (asked) {
    const report = await lookAtThing(asked, thing, platform);
    const investigation = ofThing(veil ? veil.hide(report) : report, base, {
      ...atOnce.first,
      skipped: [...toldOffsets(atOnce.offsets), ...atOnce.first.skipped],
    });
    return { investigation: { ...investigation, about: toldOf(investigation, candidates) }, veil };
  }
  const subject = chooseSubject(hints, candidates, programCandidates(atOnce.first.logs));
  const candidate = subject.kind === 'chosen' ? subject.candidate : null;
  const certain = whatIsCertain(subject, seen.findings, question.jobNames);
  request.onCertain?.(veil ? veil.hide(certain) : certain);
  const deeper = candidate ? await lookDeeper(platform, everything, candidate.id, question.window, signal) : everything;
  const looked = deeper === everything ? seen : veil ? veil.look(deeper) : deeper;
  const { first, known, offsets } = looked === seen ? atOnce : withOneClock(looked);
  const run = candidate ? await readRun(first, candidate, signal) : null;
  const time = run ? await measureTime(run, first, request, signal) : null;
  const yarn = askedAbout(known, candidate);
  const directory = new EntityDirectory(collectEntityLinks(run, yarn, first.logs));
  const scope = scopeOf(candidate, run, yarn, first, question);
  const gathered = [
    ...gatherFindings(first, run, yarn, time, candidate, pasted, question),
    ...judgeSharedServices(first, { scope, candidate, run, logs: first.logs }),
  ];
  // Where no run was found, what befell others' is no answer.
  const raw = veil && candidate === null ? gathered.filter(({ keys }) => !namesOther(JSON.stringify(keys))) : gathered;
  const folded = corroborate(hushEchoes(foldFindings(scopeFindings(raw, scope, directory))));
  const findings = standingRefutations(oneCausePerKill(folded));
  const application = yarn.applications.find((entry) => entry.id === candidate?.id) ?? null;
  const dead = findings.some(
    ({ symptom, keys }) =>
      (symptom === 'process_killed' || symptom === 'process_crashed') &&
      (candidate === null || keys.applicationId === candidate.id),
  );
  const alive = dead ? [] : signsOfLife(candidate, first, platform.now);
  const end = decideRunEnd({
    run,
    application,
    findings,
    alive: alive.length > 0,
    forgotten: candidate !== null && forgottenByManager(known, candidate.id),
    now: platform.now,
  });
  const aim: RankingAim = {
    end,
    asks: aimGiven(question, end),
    timed: time !== null,
    speaksOfSlowness: question.speaksOfSlowness,
    guessRefuted: isGuessRefuted(question, findings),
  };
  const ranked = rankHypotheses(findings, aim);
  const decided = decideOutcome(ranked, aim, time?.history ?? null);
  const { verdict, causes } = subjectMissing(subject, ranked, pasted.length > 0) ?? decided;
  const investigation: Investigation = {
    ...base,
    report: null,
    subject,
    end,
    alive,
    window: scope.window,
    verdict,
    causes,
    findings,
    theories: answerTheories(question.theories, causes, findings, verdict),
    run,
    ledger: time?.ledger ?? null,
    comparison: time?.comparison ?? null,
    whatIf: time?.whatIf ?? [],
    memory: memoryCourses(first.hosts, causes, scope.groups),
    ...areasRead(first, run),
    skipped: [
      ...given.skipped,
      ...toldOffsets(offsets),
      ...(veil && subject.kind === 'unknown_id' ? withoutId(first.skipped, subject.id) : first.skipped),
      ...(run?.completeness.notes ?? []),
      ...(time?.notes ?? []),
    ],
    readNothing: run === null && known.applications.length === 0 && nothingRead(first),
    hasText: pasted.length > 0,
    words: [request.question, ...pasted].join('\n').toLowerCase(),
    passages: [],
    runbooksUrl: null,
    toolCalls: first.toolCalls + (run ? 1 : 0) + (time?.toolCalls ?? 0),
  };
  return { investigation: { ...investigation, about: toldOf(investigation, candidates) }, veil };
}

/** Of a run that is not found nothing is told that could tell one that is hidden from one that never was. */
function withoutId(notes: FirstLook['skipped'], id: string): FirstLook['skipped'] {
  return notes.filter(({ en }) => !en.includes(id));
}

/** A question whose run a conversation has found out already. */
function meant(question: Question, { earlier }: InvestigationRequest): Question {
  if (earlier?.about === undefined) return question;
  const { applicationId, asks } = earlier.about;
  return { ...question, applicationIds: [applicationId], window: null, asks };
}

/** The answer about a host, a queue, data or the cluster: no run is chosen and nothing of one is told. */
function ofThing(
  report: ThingReport,
  base: Pick<Investigation, 'id' | 'question' | 'language' | 'startedAtMs'>,
  first: FirstLook,
): Investigation {
  return {
    ...base,
    report,
    subject: { kind: 'thing' },
    end: { state: 'unknown', at: null, startedAt: null },
    alive: [],
    window: report.window,
    verdict: report.verdict,
    causes: report.causes,
    findings: [
      ...report.told,
      ...report.causes.flatMap(({ roots, links }) => [...roots, ...links.map(({ finding }) => finding)]),
    ],
    // "Full?" and "cached?" are what is asked of a queue and of data, no guess at a cause.
    theories:
      report.kind === 'host' ? answerTheories(base.question.theories, report.causes, report.told, report.verdict) : [],
    run: null,
    ledger: null,
    comparison: null,
    whatIf: [],
    memory: memoryCourses(first.hosts, report.causes, new Set()),
    ...areasRead(first, null),
    skipped: first.skipped,
    readNothing: nothingRead(first),
    hasText: false,
    words: base.question.text.toLowerCase(),
    passages: [],
    runbooksUrl: null,
    toolCalls: first.toolCalls,
  };
}

function nothingRead({ runs, logs, attached, hosts }: FirstLook): boolean {
  return runs.length + logs.length + hosts.length === 0 && attached.every((log) => log.records.length === 0);
}

function hintsOf(
  question: Question,
  candidates: readonly Candidate[],
  given: GivenLogs,
  { compareWith }: InvestigationRequest,
): SubjectHints {
  const shortened = candidates.filter(({ id }) =>
    question.applicationNumbers.some((number) => id.endsWith(`_${number}`)),
  );
  const named = [...question.applicationIds, ...shortened.map(({ id }) => id), ...given.ids];
  const jobNames = [...question.jobNames, ...namedOutright(question.text, candidates)];
  // "Why did this die?" and a log: the run is meant whose log it is.
  const told = named.length + jobNames.length > 0 || given.handles ? [] : ofAttachments(question, candidates);
  return {
    applicationIds: [...named, ...told],
    jobNames,
    asks: aimOf(question),
    window: question.window,
    given: given.handles,
    apart: new Set(typeof compareWith === 'object' && 'sources' in compareWith ? compareWith.sources : []),
  };
}

/** The only known run that the attached files name; several: the asker says which. */
function ofAttachments({ attachedApplicationIds }: Question, candidates: readonly Candidate[]): string[] {
  const known = candidates.filter(({ id }) => attachedApplicationIds.includes(id)).map(({ id }) => id);
  return known.length === 1 ? known : [];
}

/** Whoever calls a run stuck or slow that in truth has failed, is told why it failed. */
function aimGiven(question: Question, end: RunEnd): RankingAim['asks'] {
  return end.state === 'failed' || end.state === 'killed' ? 'failure' : aimOf(question);
}

function aimOf(question: Question): RankingAim['asks'] {
  if (question.asks === 'slowness') return 'slowness';
  return question.asks === 'status' ? 'status' : 'failure';
}

async function readRun(first: FirstLook, candidate: Candidate, signal: AbortSignal): Promise<SparkRun | null> {
  const listed = first.runs.find(({ listing }) => listing.handle === candidate.sparkHandle);
  if (!listed) return null;
  const outcome = await listed.source.read(listed.listing.handle, signal);
  return outcome.outcome === 'ok' ? outcome.value : null;
}

function askedAbout(facts: YarnFacts, candidate: Candidate | null): YarnFacts {
  return candidate === null
    ? facts
    : { ...facts, scope: { ...facts.scope, applicationIds: [candidate.id] }, asked: [candidate.id] };
}

/** Judgements of all areas about what was read. */
function gatherFindings(
  first: FirstLook,
  run: SparkRun | null,
  yarn: YarnFacts,
  time: TimeView | null,
  candidate: Candidate | null,
  pasted: readonly string[],
  question: Question,
): Finding[] {
  const fromRun = run ? [...judgeSparkRun(run), ...matchSignatures(run.failureTexts)] : [];
  const statements = [...first.records, ...diagnosticsRecords(yarn, parseExceptions)];
  const fromDiagnostics = matchSignatures(statements.filter((record) => concerns(record, candidate)));
  const attached = first.attached.flatMap((log) => [...log.records]);
  const kernel = pasted.flatMap((text, at) => [
    ...judgeKernelText(text, `attach:${at + 1}`),
    ...judgeDiskText(text, `attach:${at + 1}`),
  ]);
  const read = [
    ...first.findings,
    ...fromRun,
    ...fromDiagnostics,
    ...judgeYarn(yarn),
    ...(time?.findings ?? []),
    ...matchSignatures(attached),
    ...kernel,
  ];
  return candidate === null ? [...toldInWords(question, read), ...read] : read;
}

/**
 * What the asker quotes in the question itself, but for what a line that was read says as well. It is their word: it can
 * suggest, and there is no line to cite.
 */
function toldInWords(question: Question, read: readonly Finding[]): Finding[] {
  const records = readRecords(question.text, {
    source: 'question',
    writer: 'asker',
    provenance: 'asker',
    area: 'logs',
    keys: {},
  });
  return matchSignatures(records)
    .filter((told) => !read.some(({ rule, code }) => rule === told.rule && code === told.code))
    .map((finding) => ({ ...finding, kind: 'inferred', evidence: [] }));
}

/** A finding speaks against what the asker suspects. */
function isGuessRefuted({ theories }: Question, findings: readonly Finding[]): boolean {
  const guessed = new Set(theories.filter(({ polarity }) => polarity === 'suspects').map(({ code }) => code));
  return findings.some(({ refutes }) => refutes?.some(({ code }) => guessed.has(code)));
}

function concerns(record: TextRecord, candidate: Candidate | null): boolean {
  return candidate === null || record.keys.applicationId === undefined || record.keys.applicationId === candidate.id;
}

function scopeOf(
  candidate: Candidate | null,
  run: SparkRun | null,
  yarn: YarnFacts,
  { logs, hosts: recorded }: FirstLook,
  question: Question,
): Scope {
  const asked = candidate?.id ?? question.applicationIds[0] ?? '';
  const applicationId = /^(?:application_|app-|local-|spark-)/.test(asked) ? asked : null;
  const own = (keys: LogFacts['keys']) => applicationId !== null && keys.applicationId === applicationId;
  const hosts = new Set<string>();
  if (candidate?.host) hosts.add(candidate.host);
  for (const executor of run?.executors ?? []) if (executor.host) hosts.add(executor.host);
  for (const container of yarn.containers)
    if (container.applicationId === applicationId && container.host) hosts.add(container.host);
  for (const log of logs) if (own(log.keys) && log.keys.host) hosts.add(log.keys.host);
  const from = candidate?.startedAt ?? run?.completeness.firstEventAt ?? question.window?.from ?? null;
  const to = candidate?.endedAt ?? run?.application.endedAt ?? run?.completeness.lastEventAt ?? null;
  const ends = [to, lastOwnLine(logs, own)].filter((time): time is number => time !== null && Number.isFinite(time));
  const window = from === null ? question.window : { from, to: Math.max(from, ...ends) };
  return {
    applicationId,
    ...(candidate?.kind === 'spark_application' && applicationId === null ? { withoutId: true } : {}),
    user: candidate?.user ?? run?.application.user ?? null,
    hosts,
    groups: applicationId === null ? new Set() : groupsOf(applicationId, recorded),
    containerIds: new Set(question.ids.containers),
    window: window && { from: window.from, to: window.to },
  };
}

/** Where the containers of an application live, by the hosts' control groups and processes. */
function groupsOf(applicationId: string, hosts: FirstLook['hosts']): Set<string> {
  const paths = hosts.flatMap((host) => [
    ...host.groups.map((group) => group.path),
    ...host.processes.flatMap((process) => process.memoryGroup ?? []),
  ]);
  return new Set(paths.filter((path) => identifyGroup(path).applicationId === applicationId));
}

function lastOwnLine(logs: readonly LogFacts[], own: (keys: LogFacts['keys']) => boolean): number | null {
  const times = logs.filter((log) => own(log.keys)).flatMap((log) => (log.lastAt === null ? [] : [log.lastAt]));
  return times.length > 0 ? Math.max(...times) : null;
}
