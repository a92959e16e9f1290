import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../evidence/finding.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import { quoteOfRecord } from './quote-of-record.ts';
import type { Signature, SignatureMatch } from './signature.ts';
import { ALL_SIGNATURES, SIGNATURES } from './signatures/index.ts';
import { keysInText } from './signatures/keys-in-text.ts';
import { type LiteralIndex, literalIndex } from './signatures/literal-index.ts';

/** Below this rank a text only hints: it may order candidates, it is never enough to name a cause. */
export const HINT_RANK = 40;

interface Prefilter {
  literals: LiteralIndex;
  /** For each literal of the index the signatures that wait for it. */
  waiting: readonly (readonly Signature[])[];
}

interface Candidate {
  signature: Signature;
  match: SignatureMatch;
  /** Where the excerpt begins in the record's text: later is deeper in a chain of causes. */
  position: number;
}

const prefilters = new WeakMap<readonly Signature[], Prefilter>();

/**
 * What the records say, at most one finding for each: the signature nearest to the root (highest rank, then deepest in the
 * text) speaks for the record and takes over the symptom that a lesser one saw. A record given twice counts once.
 */
export function matchSignatures(
  records: readonly TextRecord[],
  signatures: readonly Signature[] = ALL_SIGNATURES,
): Finding[] {
  const prefilter = prefilterOf(signatures);
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const record of records) {
    const finding = judge(record, prefilter);
    if (!finding) continue;
    const place = finding.evidence[0];
    const key = JSON.stringify([
      finding.rule,
      record.provenance,
      place?.source,
      place?.fromLine,
      place?.excerpt,
      finding.at,
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    findings.push(finding);
  }
  return findings;
}

/** True when a signature could match this text: what a reader keeps of a log beside warnings and exceptions. */
export function hitsSignature(text: string): boolean {
  return prefilterOf(SIGNATURES).literals.any(text);
}

/** The rank of the signature with this id (a finding's `rule`), or `undefined` for rules of other areas. */
export function rankOfSignature(rule: string): number | undefined {
  return ranks().get(rule);
}

let rankTable: ReadonlyMap<string, number> | undefined;

function ranks(): ReadonlyMap<string, number> {
  rankTable ??= new Map(ALL_SIGNATURES.map((signature) => [signature.id, signature.rank]));
  return rankTable;
}

function prefilterOf(signatures: readonly Signature[]): Prefilter {
  const known = prefilters.get(signatures);
  if (known) return known;
  const byLiteral = new Map<string, Signature[]>();
  for (const signature of signatures) {
    for (const literal of signature.literals) {
      const waiting = byLiteral.get(literal);
      if (waiting) waiting.push(signature);
      else byLiteral.set(literal, [signature]);
    }
  }
  const prefilter = { literals: literalIndex([...byLiteral.keys()]), waiting: [...byLiteral.values()] };
  prefilters.set(signatures, prefilter);
  return prefilter;
}

/**
 * A crash file (HotSpot's hs_err, JDK 8-21) tells in its head what happened; behind it stand lists of whatever the JVM threw and
 * caught before ("Internal exceptions"), its memory map and its command line, which say nothing about the crash.
 */
function isBehindCrashHead(record: TextRecord): boolean {
  return record.writer === 'jvm_crash' && !record.text.startsWith('#');
}

function judge(record: TextRecord, prefilter: Prefilter): Finding | null {
  if (isBehindCrashHead(record)) return null;
  const waiting = new Set<Signature>();
  for (const hit of prefilter.literals.hits(record.text)) {
    for (const signature of prefilter.waiting[hit] ?? []) waiting.add(signature);
  }
  const candidates: Candidate[] = [];
  for (const signature of waiting) {
    if (signature.ignoredFrom?.includes(record.provenance)) continue;
    const match = signature.match(record);
    if (match) candidates.push({ signature, match, position: record.text.indexOf(match.excerpt) });
  }
  candidates.sort((a, b) => b.signature.rank - a.signature.rank || b.position - a.position);
  const [winner, ...lesser] = candidates;
  return winner ? findingOf(record, winner, lesser) : null;
}

function findingOf(record: TextRecord, winner: Candidate, lesser: readonly Candidate[]): Finding {
  const { signature, match } = winner;
  const symptom = signature.symptom ?? lesser.find((candidate) => candidate.signature.symptom)?.signature.symptom;
  const retried = saysItTriesAgain(record);
  const believed = signature.observedFrom.includes(record.provenance) && !match.inferredOnly && !retried;
  return {
    area: record.area,
    rule: signature.id,
    kind: believed ? 'observed' : 'inferred',
    code: signature.code === null ? null : (match.code ?? signature.code),
    ...(symptom ? { symptom } : {}),
    ...(signature.echo ? { echo: true } : {}),
    statement: match.statement,
    keys: keysOf(record, match),
    at: record.at,
    ...(record.count > 1 ? { until: record.lastAt } : {}),
    evidence: [evidenceOf(record, match)],
    count: record.count,
    weight: 1,
    values: { ...match.values, ...(retried ? { retried: 1 } : {}) },
    ...(match.refutes ? { refutes: match.refutes } : {}),
    ...(match.responsibility ? { responsibility: match.responsibility } : {}),
    ...(match.completeStatement ? { completeStatement: match.completeStatement } : {}),
  };
}

function evidenceOf(record: TextRecord, match: SignatureMatch): Evidence {
  return { ...quoteOfRecord(record, match.excerpt), area: record.area, provenance: record.provenance, at: record.at };
}

/** Writers whose own place says nothing about the executor or container they speak of. */
const TELLS_OF_OTHERS: readonly Writer[] = [
  'spark_driver',
  'spark_application_master',
  'spark_event_log',
  'spark_master',
  'resource_manager',
];

/** What says where the writer of a record runs. */
const PLACE_KEYS = ['host', 'pid', 'containerId', 'executorId', 'cgroupPath', 'podName', 'podUid'] as const;

/**
 * Keys of the record, corrected by what the text itself names: a driver's line about an executor is about that executor's
 * host and container, not about the driver's.
 */
function keysOf(record: TextRecord, match: SignatureMatch): JoinKeys {
  const named: JoinKeys = { ...keysInText(match.excerpt), ...match.keys };
  const own: JoinKeys = { ...record.keys };
  const otherExecutor = named.executorId !== undefined && named.executorId !== own.executorId;
  const otherContainer = named.containerId !== undefined && named.containerId !== own.containerId;
  if (otherExecutor || (otherContainer && TELLS_OF_OTHERS.includes(record.writer))) {
    for (const key of PLACE_KEYS) delete own[key];
  }
  const exceptionClass = own.exceptionClass ?? classInExcerpt(record, match.excerpt);
  return { ...own, ...(exceptionClass ? { exceptionClass } : {}), ...named };
}

function classInExcerpt(record: TextRecord, excerpt: string): string | undefined {
  const named = record.exceptions.filter((link) => excerpt.includes(link.className));
  return named.at(-1)?.className;
}

const TRIES_AGAIN =
  /\b(?:retrying|will (?:be )?retr(?:y|ied)|will try again|retry create client|fetch again|Already tried \d{1,6} time|falling back to|attempting port)\b/i;
const GAVE_UP =
  /\bgiving up\b|Job aborted|aborting job|Final app status: FAILED|Exception in thread "main"|maximum number of retries|max(?:imum)? retries/i;

/** A warning that says itself that the step is tried again: the job may well have survived it. */
function saysItTriesAgain(record: TextRecord): boolean {
  if (record.level === 'error' || record.level === 'fatal' || record.level === 'none') return false;
  return TRIES_AGAIN.test(record.text) && !GAVE_UP.test(record.text);
}
