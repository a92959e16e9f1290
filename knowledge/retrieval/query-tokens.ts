import { termsOf } from '../terms/terms-of.ts';
import { STOP_WORDS } from './stop-words.ts';

/** One word of a question. */
export interface QueryToken {
  /** As it was typed. */
  text: string;
  /** Its terms, as the index has them: for a Latin word one (and its parts where it has any), for a Han word its pairs. */
  terms: readonly string[];
  han: boolean;
  /** Where it begins and ends in the question. */
  from: number;
  to: number;
  /** It says nothing about what is asked: a stop word, or a name of somebody's own (a job, a host, an id, a number). */
  idle: boolean;
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
/** Han runs, and Latin ones with the signs that stand inside identifiers. */
const RUNS = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}][[\p{L}\p{N}_.$\-':]--\p{Script=Han}]*/gv;
const HAN = /\p{Script=Han}/u;
/** Names that people give and stamps that machines write: no runbook speaks of them. */
const OWN_NAME =
  /^(?:\d[\d.:,-]*[a-z%]{0,2}|(?:application|container|job|attempt|task|app|stage|driver)[_-]\d[\w-]*|.*_\d{6,}.*|[a-z]+(?:_[a-z0-9]+){2,}|\d{1,3}(?:\.\d{1,3}){3}.*|[0-9a-f-]{16,}|[a-z]+(?:-[a-z]+)*-?\d{1,4})$/i;
/** Codes of the field that look like own names: exit codes and HTTP states, versions of engines keep their sense. */
const KEPT_NUMBER =
  /^(?:1|2|11|13|15|50|52|53|56|101|126|127|128|130|134|135|137|139|143|255|403|404|429|500|502|503|504|-10\d|s3a?|log4j2?|py4j|python3?|utf8|x509|h2|k8s)$/i;

/** The words of a question: Latin runs whole, Chinese ones as the segmenter of ICU cuts them. */
export function queryTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const match of text.normalize('NFKC').matchAll(RUNS)) {
    const [run] = match;
    if (HAN.test(run)) tokens.push(...hanTokens(run, match.index));
    else tokens.push(latinToken(run.replace(/[.:'$_-]+$/u, ''), match.index));
  }
  return tokens;
}

function latinToken(word: string, from: number): QueryToken {
  const idle = STOP_WORDS.has(word.toLowerCase()) || (OWN_NAME.test(word) && !KEPT_NUMBER.test(word));
  return { text: word, terms: termsOf(word), han: false, from, to: from + word.length, idle };
}

/** Words of a Han run; characters that the segmenter leaves alone are put together again, since words it does not know fall apart. */
function hanTokens(run: string, start: number): QueryToken[] {
  const tokens: QueryToken[] = [];
  let loose = '';
  let at = start;
  const add = (word: string) => {
    tokens.push({
      text: word,
      terms: termsOf(word),
      han: true,
      from: at,
      to: at + word.length,
      idle: STOP_WORDS.has(word),
    });
    at += word.length;
  };
  const flush = () => {
    if (loose !== '') add(loose);
    loose = '';
  };
  for (const { segment } of SEGMENTER.segment(run)) {
    if (Array.from(segment).length === 1 && !STOP_WORDS.has(segment)) {
      loose += segment;
      continue;
    }
    flush();
    add(segment);
  }
  flush();
  return tokens;
}
