/** A sentence's end is preferred where it leaves at least this much of the room used. */
const SENTENCE_SHARE = 0.6;
/** A word's end is preferred where it leaves at least this much of the room used; else the text has no words to speak of. */
const WORD_SHARE = 0.5;

const SENTENCE_END = /[.!?;](?=\s)|[。！？；]/g;
const WORDLESS = /[\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
/** What must not stand before an ellipsis: something was announced or opened. */
const DANGLING = /[\s,:;([{<"'“‘（【《「，：；、]{1,40}$/;

const SEGMENTS = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Text cut for a sentence that a person reads: whole where it fits, else ended by `…`, never in the middle of a word or a
 * character. Preferred is the end of a sentence, then a space or a boundary between Chinese, Japanese or Korean words, then
 * (long paths, ids, encoded text) any joint; a text without one is cut between characters.
 *
 * @param maxChars length of the result at the most, in UTF-16 units, the ellipsis included; at least 2
 */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const sentence = endOfSentence(text, maxChars - 2);
  if (sentence >= maxChars * SENTENCE_SHARE) return `${text.slice(0, sentence)} …`;
  const head = text.slice(0, endOfWord(text, maxChars - 1));
  return `${head.replace(DANGLING, '') || head}…`;
}

/** Index behind the last sentence that ends within `room`; 0 where none does. */
function endOfSentence(text: string, room: number): number {
  const last = [...text.slice(0, room + 1).matchAll(SENTENCE_END)].findLast(({ index }) => index < room);
  return last === undefined ? 0 : last.index + 1;
}

function endOfWord(text: string, room: number): number {
  let [word, joint] = [0, 0];
  // One character more shows whether a word ends right at the edge.
  for (const { index } of SEGMENTS.segment(text.slice(0, room + 1))) {
    joint = index;
    if (WORDLESS.test(text.slice(Math.max(0, index - 1), index + 1))) word = index;
  }
  const least = room * WORD_SHARE;
  if (word >= least) return word;
  return joint >= least ? joint : endOfCharacter(text, room);
}

/** A character outside the basic plane is two units: both or none. */
function endOfCharacter(text: string, room: number): number {
  return /[\ud800-\udbff]$/.test(text.slice(0, room)) ? room - 1 : room;
}
