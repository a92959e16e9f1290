import type { Provenance } from '../../knowledge/provenance.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import { isTraceLine } from '../evidence/parse-exceptions.ts';
import type { Writer } from '../evidence/text-record.ts';
import { findSectionHeader, keysOfSection, type SectionHeader } from './aggregated-sections.ts';
import { keysOfContent } from './keys-of-content.ts';
import { keysOfPath } from './keys-of-path.ts';
import { type Prefix, parsePrefix, unwrapLine } from './parse-prefix.ts';
import { isDaemon, provenanceOfWriter } from './record-provenance.ts';
import { tallyVotes, writerOfTally } from './writer-votes.ts';

/** Why a file is not read as a log. */
export type NoLog =
  | 'empty'
  | 'binary'
  | 'event_log'
  | 'kernel'
  | 'json'
  | 'markup'
  | 'source_code'
  | 'settings'
  | 'counters';

/** What a file is, by its content. */
export type LogClass =
  | { is: 'log'; writer: Writer; provenance: Provenance; keys: JoinKeys; aggregated: boolean }
  | { is: 'no_log'; what: NoLog };

/** How many bytes of the beginning and of the end a classification needs. */
export const HEAD_BYTES = 64 << 10;
export const TAIL_BYTES = 16 << 10;

/** The driver's own memory, disks and kernel are not logs, whatever they hold; their paths are the kernel's. */
const KERNEL_FILE = /^\/(?:proc|sys)\//;
const MAX_SAMPLE_LINES = 600;

/**
 * Who wrote a file, by a sample of its beginning and end: banners and statements about itself first, then a vote over its logger
 * names, so that a log cut by time is known as well. The path lends the ids that the platform put into it, and nothing else.
 */
export function classifyLog(head: Buffer, tail: Buffer, path = ''): LogClass {
  if (head.length === 0) return { is: 'no_log', what: 'empty' };
  if (KERNEL_FILE.test(path)) return { is: 'no_log', what: 'counters' };
  const [headText, tailText] = [textOf(head), textOf(tail)];
  if (headText === null && tailText === null) return { is: 'no_log', what: 'binary' };
  return classifyText(headText ?? '', tailText ?? '', path);
}

/** The same for text at hand; a section of an aggregated log is none itself, whatever its process printed. */
export function classifyText(head: string, tail: string, path = '', isSection = false): LogClass {
  const pathKeys = keysOfPath(path);
  const lines = [...linesOf(head), ...linesOf(tail.length < head.length || tail !== head ? tail : '')];
  const prefixes = lines.map((line) => parsePrefix(line)).filter((prefix) => prefix !== null);
  const section = isSection ? null : findSectionHeader(head);
  if (section) return log('unknown', { ...applicationOf(section), ...pathKeys }, true);
  const special = launchOrRuntime(head, prefixes, lines);
  if (special) return log(special, { ...keysOfContent(head, ''), ...pathKeys });
  const noLog = noLogOf(head, lines, prefixes);
  if (noLog) return { is: 'no_log', what: noLog };
  const inContainer =
    pathKeys.containerId !== undefined || pathKeys.podName !== undefined || pathKeys.executorId !== undefined;
  const tally = tallyVotes(prefixes, `${head}\n${tail}`);
  const writer = writerOfTally(tally, inContainer) ?? fallback(tally.engine, prefixes, inContainer, head);
  return log(writer, { ...keysOfContent(head, tail), ...pathKeys });
}

function log(writer: Writer, keys: JoinKeys, aggregated = false): LogClass {
  const own = isDaemon(writer) ? withoutApplication(keys) : keys;
  return { is: 'log', writer, provenance: provenanceOfWriter(writer), keys: own, aggregated };
}

/** An aggregated file is of one application; its sections name their own containers and hosts. */
function applicationOf(section: SectionHeader): JoinKeys {
  const { applicationId } = keysOfSection(section);
  return applicationId === undefined ? {} : { applicationId };
}

/** Daemons serve many applications: the ones they speak of are not theirs. */
function withoutApplication({
  applicationId: _a,
  applicationName: _n,
  applicationAttempt: _t,
  executorId: _e,
  user: _u,
  ...rest
}: JoinKeys): JoinKeys {
  return rest;
}

function fallback(engineRecords: number, prefixes: readonly Prefix[], inContainer: boolean, head: string): Writer {
  if (inContainer && engineRecords * 2 > prefixes.length) return 'spark_executor';
  if (inContainer) return 'user_program';
  return /Traceback \(most recent call last\)|^Exception in thread "/m.test(head) ? 'user_program' : 'unknown';
}

const LAUNCH_SCRIPT = /^#!\/bin\/bash[\s\S]{0,4000}(?:PRELAUNCH_OUT|export CONTAINER_ID=|HADOOP_TOKEN_FILE_LOCATION)/;
const DIRECTORY_INFO = /^ls -l:\r?\n[\s\S]{0,65536}find -L \. -maxdepth 5 -ls:/;
const PRELAUNCH_OUT = /^Setting up env variables\r?\nSetting up job resources/;
const CRASH =
  /^#\r?\n# (?:A fatal error has been detected|There is insufficient memory)[\s\S]{0,8000}(?:S U M M A R Y|T H R E A D|S Y S T E M)/;

function launchOrRuntime(head: string, prefixes: readonly Prefix[], lines: readonly string[]): Writer | null {
  if (LAUNCH_SCRIPT.test(head) || DIRECTORY_INFO.test(head) || PRELAUNCH_OUT.test(head)) return 'container_launch';
  if (CRASH.test(head)) return 'jvm_crash';
  const gc = prefixes.filter((prefix) => prefix.layout === 'jvm' && /gc|safepoint/.test(prefix.logger)).length;
  return gc > 0 && gc * 2 > lines.length ? 'jvm_gc' : null;
}

const EVENT_LOG = /^\{"Event":"(?:SparkListener|org\.apache\.spark\.)/;
const CODE_LINE =
  /^\s{0,40}(?:#!\/|import [\w.{*]|from [\w.]+ import |package [\w.]+;?\s*$|def \w+\(|class \w+[:({ ]|(?:public|private|protected|final) |object \w+ |val \w+ ?=|@\w+$|if __name__|#include|CREATE (?:TABLE|VIEW|EXTERNAL)|INSERT (?:INTO|OVERWRITE)|SELECT\b|export \w+=|set -)/i;
const SETTING_LINE = /^\s{0,8}(?:#|;|$|\[[\w.-]+\]$|(?:- )?[\w.-]{2,120}\s{0,8}(?:[=:]|\s)\s{0,8}\S*)/;
const COUNTER_LINE =
  /^[\w.():/ -]{0,80}[ \t:=]{0,4}(?:-?\d[\d.]*|max)(?: ?(?:kB|%|ns|us|ms))?\s*$|^(?:some|full) avg10=/;

function noLogOf(head: string, lines: readonly string[], prefixes: readonly Prefix[]): NoLog | null {
  if (EVENT_LOG.test(head)) return 'event_log';
  const kernel = prefixes.filter((prefix) => prefix.layout === 'kernel').length;
  if (kernel * 2 > lines.length) return 'kernel';
  if (prefixes.length > 0 || lines.some((line) => isTraceLine(line) || /Traceback \(most recent/.test(line)))
    return null;
  if (/^\s*[[{]/.test(head) && isJson(head)) return 'json';
  if (/^\s*(?:<\?xml|<!DOCTYPE|<html|<configuration>)/i.test(head)) return 'markup';
  const written = lines.filter((line) => line.trim() !== '');
  const share = (pattern: RegExp) => written.filter((line) => pattern.test(line)).length / Math.max(1, written.length);
  if (share(COUNTER_LINE) > 0.9) return 'counters';
  if (share(CODE_LINE) > 0.12 && written.length > 3) return 'source_code';
  return share(SETTING_LINE) === 1 && share(/^\s{0,8}[\w-]+\.[\w.-]+\s{0,8}[=: ]/) > 0.5 ? 'settings' : null;
}

/** A whole JSON document, or the beginning of one too long for the sample. */
function isJson(head: string): boolean {
  if (head.length >= HEAD_BYTES / 2) return /^\s*[[{]\s*(?:"[^"\n]{1,200}"\s*:|[[{"\d])/.test(head);
  try {
    JSON.parse(head);
    return true;
  } catch {
    return /^\s*\{\s*"[^"\n]{1,200}"\s*:/.test(head) && /[}\]]\s*$/.test(head);
  }
}

function linesOf(sample: string): string[] {
  return sample
    .split('\n', MAX_SAMPLE_LINES)
    .map(unwrapLine)
    .filter((line) => line.trim() !== '');
}

/** A sample as text, or `null` when it is none: too many control characters. Zeros alone are a hole in a truncated log. */
function textOf(sample: Buffer): string | null {
  let control = 0;
  let written = 0;
  for (const byte of sample) {
    if (byte === 0) continue;
    written += 1;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) control += 1;
  }
  if (written === 0 || control / written > 0.02) return null;
  const text = sample.toString('utf8');
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  return broken / text.length > 0.3 ? null : text.replace(/^\0+/, '');
}
