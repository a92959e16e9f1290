/** Longer messages are pastes: what is asked stands at their beginning and their end. */
const MOST_PARTS = 12;
/** Where a sentence ends; a dot inside a name, a version or a number is none. */
const SENTENCE_END = /(?<=[?？!！。；;])\s*|(?<=[a-z]{3}[.])\s+(?=[A-Za-z"“(])|(?<=[)\]"”][.])\s+(?=[A-Z"“(])|\n+/;
/** Two questions joined in one sentence: "who is responsible, and what should the platform do". */
const JOINED =
  /[,，]?\s+(?:and|also|then)\s+(?=(?:who|whose|what|how|where|show|why not|is it|switch|answer)\b)|[，,]\s*(?=(?:谁|怎么|如何|为什么不|是不是|如果|另外|还有|换成|用中文|用英文))/i;

/** A sentence or a joined question, and where it stands in the message. */
export interface MessagePart {
  text: string;
  from: number;
  to: number;
}

/** A message in its sentences and joined questions, in the order of the text, blank ones left out. */
export function splitMessage(text: string): MessagePart[] {
  const pieces = text
    .split(SENTENCE_END)
    .flatMap((sentence) => (sentence.length <= 400 ? sentence.split(JOINED) : [sentence]))
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  let at = 0;
  const parts = pieces.map((piece): MessagePart => {
    const from = text.indexOf(piece, at);
    at = from + piece.length;
    return { text: piece.replace(/^(?:[-*•]|\(?\d{1,2}[.)、])\s+/, ''), from, to: at };
  });
  if (parts.length <= MOST_PARTS) return parts;
  const { from } = parts[MOST_PARTS - 1] as MessagePart;
  return [...parts.slice(0, MOST_PARTS - 1), { text: text.slice(from).trim(), from, to: text.length }];
}
