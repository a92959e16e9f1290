/** Longer texts are cut: an answer for a person is not a book. */
const MAX_CHARACTERS = 4_000;

/**
 * Sentences of a text in English or Chinese, each with its closing sign and the citations behind it. A dot inside a name, a version
 * or a figure closes nothing.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  const whole = text.slice(0, MAX_CHARACTERS);
  const take = (to: number) => {
    const sentence = whole.slice(from, to).trim();
    if (sentence !== '') sentences.push(sentence);
    from = to;
  };
  for (let at = 0; at < whole.length; at += 1) {
    const sign = whole[at] ?? '';
    const next = whole[at + 1] ?? ' ';
    const closes = /[。！？；\n]/.test(sign) || (/[.!?;]/.test(sign) && /[\s[（(”"]/.test(next));
    if (closes) take(endWithCitations(whole, at + 1));
    if (from > at) at = from - 1;
  }
  take(whole.length);
  return sentences;
}

/** `… it was full. [e3] [e4]`: citations behind the closing sign belong to the sentence. */
function endWithCitations(text: string, at: number): number {
  const behind = /^[”"’)）]?(?:\s{0,2}\[e\d{1,4}(?:[,，、 ]{1,2}e\d{1,4}){0,8}\][.。]?){1,8}/.exec(
    text.slice(at, at + 200),
  );
  return at + (behind?.[0].length ?? 0);
}
