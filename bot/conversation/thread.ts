import type { Language } from '../../knowledge/bilingual.ts';
import type { Ownership } from '../access/ownership.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { ChartData } from '../render/charts/chart-data.ts';
import type { Ask } from './ask.ts';

/** The answer to one part of a message. */
export interface Reply {
  kind: Ask['kind'];
  /** The part as the asker wrote it, secrets masked. */
  asked: string;
  language: Language;
  /** Lines of text that cite evidence as `[e3]` and passages as `[p1]`; where a diagnosis is given, what is said before it. */
  text: string;
  /** Evidence cited, by its ids. */
  evidence: readonly string[];
  /** What is written, cited in the text by its id; addresses are built by code. */
  passages: readonly { id: string; title: string; url: string }[];
  /** The diagnosis that is given with it, by its id. */
  diagnosis: string | null;
  author: 'analyst' | 'agent';
}

/** One message and what was answered. */
export interface Turn {
  /** From 1. */
  number: number;
  /** ISO 8601. */
  at: string;
  /** The message, secrets masked. */
  said: string;
  replies: readonly Reply[];
}

/** A conversation as it can be written down and gone on with: turns, and its diagnoses by id. */
export interface Thread {
  schemaVersion: 1;
  /** `case_` and hexadecimal digits. */
  id: string;
  /** The language the asker wished for; null: the language of each message. */
  language: Language | null;
  /** Diagnosis of the case that is open; null before the first question about a run. */
  open: string | null;
  /** Diagnoses in the order they were made. */
  diagnoses: readonly string[];
  turns: readonly Turn[];
  /** Whose runs its answers tell of, by the rules of who may see what; absent: nothing was told yet. */
  about?: readonly Ownership[];
}

/** One case of a conversation: what was found, and the answer in both languages with the same ids. */
export interface HeldCase {
  /** Its `run` is null in a case that was put down: the records themselves are not kept. */
  investigation: Investigation;
  faces: Readonly<Record<Language, Diagnosis>>;
  /** What pictures of it show: computed while the records were at hand. */
  charts?: readonly ChartData[];
}
