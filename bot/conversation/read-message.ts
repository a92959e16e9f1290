import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { settingOf } from '../../knowledge/causes/settings.ts';
import { ASK_CUES, SMALLTALK } from '../investigation/question/ask-lexicon.ts';
import type { Question } from '../investigation/question/question.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import { saidText } from '../investigation/question/said-text.ts';
import { namesArea } from './answer-theory.ts';
import type { Ask } from './ask.ts';
import {
  COMPARE,
  COMPARES,
  DEFINITION,
  EVIDENCE_ID,
  EXPLAIN,
  FORGET,
  GOODBYE,
  GUESS,
  HOW_TO,
  IN_LANGUAGE,
  LEANS_ON,
  LOOK_AGAIN,
  ORDER,
  OTHER_RUN,
  PLATFORM_SIDE,
  REMEDY,
  RESPONSIBLE,
  THANKS,
  TRADE,
  USER_SIDE,
  WANTS_ACTION,
  WANTS_EVIDENCE,
  WHAT_IF,
  WHAT_WAS_CHECKED,
  WHERE_TIME_WENT,
} from './message-words.ts';
import { type MessagePart, splitMessage } from './split-message.ts';

/** What a message can lean on: the run that is spoken of. */
export interface OpenSubject {
  /** Ids and names that the run goes by. */
  names: ReadonlySet<string>;
}

/** Longer than this, a part tells a story of its own and leans on nothing. */
const SHORT = 120;

/**
 * What a message wants, part by part, in its order; read from its words and the case that is open, without a model. Parts of one new
 * question stay together: whoever describes a trouble in five sentences asks once.
 *
 * @param now milliseconds since the epoch
 */
export function readMessage(text: string, open: OpenSubject | null, now: number): Ask[] {
  const said = saidText(text);
  // What was pasted belongs to the question around it.
  const pasted = said.trim().length < text.trim().length * 0.6 && text.length > 200;
  if (pasted) return [{ kind: 'new_question', text }];
  const read: { ask: Ask; part: MessagePart }[] = [];
  let subject = open;
  for (const part of splitMessage(text)) {
    addPart(read, { ask: readPart(part.text, subject, now), part }, text, now);
    const last = read.at(-1)?.ask;
    if (last?.kind === 'new_question') subject = { names: namesIn(readQuestion(last.text, { now })) };
  }
  const asks = read.map(({ ask }) => ask);
  const [only] = asks;
  // Pleasantries around a question are no question of their own.
  const meant = asks.filter(({ kind }) => kind !== 'greeting' && kind !== 'thanks');
  if (meant.length > 0) return withoutRepeats(meant);
  return only ? [only] : [{ kind: 'out_of_scope', text: text.trim() }];
}

/** Kinds whose parts belong to the description that stands before them. */
const DESCRIBES: readonly Ask['kind'][] = ['new_question', 'theory', 'open', 'explain', 'out_of_scope', 'other_run'];

/** A question of so few characters is the end of the one before it. */
const MOST_OF_A_TAIL = 12;

interface ReadPart {
  ask: Ask;
  part: MessagePart;
}

/** Adds a part, or makes one question of it and the one before: with everything that stands between them. */
function addPart(read: ReadPart[], next: ReadPart, text: string, now: number): void {
  const last = read.at(-1);
  const goesOn =
    last?.ask.kind === 'new_question' &&
    DESCRIBES.includes(next.ask.kind) &&
    !isAboutAnother(next.ask, last.ask.text, now);
  // "What is a replica, and how is it switched on?": the end says nothing without the beginning.
  if (last?.ask.kind === 'how_to' && next.ask.kind === 'out_of_scope' && next.part.text.length <= MOST_OF_A_TAIL) {
    const part = { ...last.part, to: next.part.to };
    read[read.length - 1] = { ask: { kind: 'how_to', text: text.slice(part.from, part.to) }, part };
    return;
  }
  // A description that opens with what does not name the run yet: "All executors die. It is job x."
  const opened = last?.ask.kind === 'theory' && next.ask.kind === 'new_question';
  if (!last || !(goesOn || opened)) {
    read.push(next);
    return;
  }
  const part = { ...last.part, to: next.part.to };
  read[read.length - 1] = { ask: { kind: 'new_question', text: text.slice(part.from, part.to) }, part };
}

/** Two troubles in one message: the second names another run than the first. */
function isAboutAnother(ask: Ask, before: string, now: number): boolean {
  if (ask.kind !== 'new_question') return false;
  const [first, second] = [before, ask.text].map((text) => namesIn(readQuestion(text, { now })));
  return (
    first !== undefined &&
    second !== undefined &&
    first.size > 0 &&
    second.size > 0 &&
    [...second].every((name) => !first.has(name))
  );
}

function withoutRepeats(asks: readonly Ask[]): Ask[] {
  const once = new Set(['order', 'forget', 'out_of_scope', 'in_language', 'explain', 'responsible', 'open']);
  const seen = new Set<string>();
  return asks.filter(({ kind }) => !once.has(kind) || (!seen.has(kind) && seen.add(kind)));
}

function readPart(text: string, open: OpenSubject | null, now: number): Ask {
  if (ORDER.test(text)) return { kind: 'order', text };
  if (FORGET.test(text)) return { kind: 'forget', text };
  if (text.length <= SHORT) {
    if (IN_LANGUAGE.zh.test(text)) return { kind: 'in_language', language: 'zh', text };
    if (IN_LANGUAGE.en.test(text)) return { kind: 'in_language', language: 'en', text };
    if (GOODBYE.test(text)) return { kind: 'goodbye', text };
    if (THANKS.test(text) && !TRADE.test(text) && !/[?？]/.test(text)) return { kind: 'thanks', text };
    if (SMALLTALK.test(text)) return { kind: THANKS.test(text) ? 'thanks' : 'greeting', text };
  }
  if (WANTS_ACTION.test(text)) return { kind: 'act', text };
  const question = readQuestion(text, { now });
  if (DEFINITION.test(text) && text.length <= SHORT && TRADE.test(text)) return { kind: 'how_to', text };
  if (open !== null) {
    const leaning = leansOnCase(text, question, open);
    if (leaning !== null) return leaning;
  }
  const named = namesIn(question);
  if (HOW_TO.test(text) && TRADE.test(text) && named.size === 0 && !hasTrouble(text)) return { kind: 'how_to', text };
  if (open === null) {
    // Without a case there is nothing that could be otherwise.
    if (WHAT_IF.test(text) && text.length <= SHORT && named.size === 0 && !hasTrouble(text))
      return { kind: 'what_if', text };
    const known = named.size > 0 || question.hosts.length > 0 || question.queues.length > 0;
    return known || TRADE.test(text) || hasTrouble(text)
      ? { kind: 'new_question', text }
      : { kind: 'out_of_scope', text };
  }
  if (isOfAnother(named, open) || (isOfAThing(question) && text.length > 0 && hasTrouble(text)))
    return { kind: 'new_question', text };
  return TRADE.test(text) || hasTrouble(text) ? { kind: 'open', text } : { kind: 'out_of_scope', text };
}

/** A part that is about the case that is open; null when its words do not say so. */
function leansOnCase(text: string, question: Question, open: OpenSubject): Ask | null {
  const ids = [...new Set((text.match(EVIDENCE_ID) ?? []).map((id) => id.toLowerCase()))];
  const named = namesIn(question);
  const other = isOfAnother(named, open);
  const short = text.length <= SHORT;
  const [applicationId] = question.applicationIds.filter((id) => !open.names.has(id));
  if (applicationId !== undefined && short && (LEANS_ON.test(text) || COMPARES.test(text)))
    return { kind: 'other_run', applicationId, text };
  // Words that are the whole message name nothing, whatever word of theirs looks like a name ("look again").
  if (LOOK_AGAIN.test(text)) return { kind: 'look_again', text };
  if (other) return null;
  if (short && COMPARE.test(text)) return { kind: 'compare', text };
  if (WHAT_IF.test(text)) return { kind: 'what_if', text };
  if (ids.length > 0 || (short && WANTS_EVIDENCE.test(text))) return { kind: 'evidence', ids, text };
  if (RESPONSIBLE.test(text)) return { kind: 'responsible', text };
  if (WHERE_TIME_WENT.test(text)) return { kind: 'where_time_went', text };
  if (WHAT_WAS_CHECKED.test(text)) return { kind: 'what_was_checked', text };
  if (REMEDY.test(text)) return { kind: 'remedy', side: sideOf(text), text };
  if (short && OTHER_RUN.test(text) && (LEANS_ON.test(text) || text.length <= SHORT / 2))
    return { kind: 'other_run', applicationId: null, text };
  if (EXPLAIN.test(text)) return { kind: 'explain', text };
  const guessed =
    question.theories.some(({ polarity }) => polarity === 'suspects') ||
    /\bwhy not\b|为什么不是/i.test(text) ||
    (/[?？]/.test(text) && namesArea(text));
  if (short && guessed && (GUESS.test(text) || LEANS_ON.test(text))) return { kind: 'theory', text };
  return null;
}

function sideOf(text: string): 'user' | 'platform' | null {
  if (PLATFORM_SIDE.test(text)) return 'platform';
  return USER_SIDE.test(text) ? 'user' : null;
}

function namesIn(question: Question): Set<string> {
  const jobs = question.jobNames.filter((name) => !isTerm(name));
  return new Set([...question.applicationIds, ...question.ids.containers, ...jobs]);
}

/** A code of the catalogue or a setting: `network.connection_timeout` is no job. */
function isTerm(name: string): boolean {
  return CAUSE_CODES.some((code) => code === name) || settingOf(name) !== undefined;
}

function isOfAnother(named: ReadonlySet<string>, open: OpenSubject): boolean {
  return named.size > 0 && [...named].every((name) => !open.names.has(name));
}

function isOfAThing({ hosts, queues }: Question): boolean {
  return hosts.length + queues.length > 0;
}

function hasTrouble(text: string): boolean {
  return ASK_CUES.some(({ asks, words }) => asks !== 'how_to' && words.test(text));
}
