/** A piece of the asker's words that holds one thought. */
export interface Clause {
  text: string;
  /** Position of its first character in the text. */
  start: number;
  /** It asks: it ends in a question mark, or holds a Chinese question word. */
  asks: boolean;
}

const SENTENCE_END = /[.!?\n;。！？；]/;
const PAUSE = /[,:，、：—–()（）]/;
/** Words that turn the thought round and so begin a new clause. */
const TURN =
  /\b(?:but|though|although|however|yet|whereas|because|so(?= (?:maybe|it|perhaps|probably)\b))\b|但是|但|不过|可是|可|而且|然而/gi;
/** English that asks by its first word, also without a question mark. */
const ASKING_VERB =
  /^\s*(?:(?:or|and|so|then) )?(?:is|was|are|were|did|does|do|has|have|could|can|should|would|will) (?!not\b)/i;
/** An alternative to what was asked just before. */
const ALTERNATIVE = /^\s*or\b/i;
const CHINESE_QUESTION = /吗|是不是|是否|会不会|有没有|难道|还是.{1,30}[?？]|呢$|吧$/;
/** A tag at the end asks for the clause before it. */
const TAG = /^\s*(?:right|correct|no|yes|ok|isn'?t it)\b|^\s*(?:对吧|对吗|是吗|是吧|不是吗|还是)/i;

/** Splits words into clauses, in one pass over the text. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const char = text[index] ?? '\n';
    if (!isBoundary(text, index, char)) continue;
    const asked = char === '?' || char === '？';
    addClause(clauses, text.slice(start, index), start, asked);
    start = index + 1;
  }
  return clauses;
}

function isBoundary(text: string, index: number, char: string): boolean {
  const next = text[index + 1] ?? ' ';
  const before = text[index - 1] ?? ' ';
  if (char === '.') return /[\s"”')]/.test(next);
  if (char === ':' || char === ',') return /\s|[^\x20-\x7e]/.test(next) || /[^\x20-\x7e]/.test(before);
  return SENTENCE_END.test(char) || PAUSE.test(char);
}

function addClause(clauses: Clause[], raw: string, start: number, asked: boolean): void {
  const cuts = [...raw.matchAll(TURN)].map((match) => match.index).filter((index) => index > 0);
  const edges = [0, ...cuts, raw.length];
  for (let part = 0; part + 1 < edges.length; part += 1) {
    const from = edges[part] ?? 0;
    const text = raw.slice(from, edges[part + 1]);
    if (text.trim() === '') continue;
    const last = part + 2 === edges.length;
    const previous = clauses.at(-1);
    const asks =
      (asked && last) ||
      ASKING_VERB.test(text) ||
      CHINESE_QUESTION.test(text.trim()) ||
      (ALTERNATIVE.test(text) && previous?.asks === true);
    if (asked && last && TAG.test(text) && previous) previous.asks = true;
    clauses.push({ text, start: start + from, asks });
  }
}
