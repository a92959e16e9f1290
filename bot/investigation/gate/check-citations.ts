import type { Platform } from '../../../tools/platform/platform.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import { matchesMasked } from './matches-masked.ts';
import { readLines } from './read-lines.ts';

/**
 * Reads every cited place again and compares: the ids whose excerpt does not stand there, byte for byte, at the lines named.
 * Nothing that an investigation did not read can pass. What was
 * compared before, in an earlier turn of a conversation, is not read again.
 */
export async function checkCitations(platform: Platform, book: EvidenceBook): Promise<ReadonlySet<string>> {
  const cited = book.cited().filter(({ id }) => book.found(id) === undefined);
  const texts = await readLines(
    platform,
    cited.map(({ evidence }) => ({
      source: evidence.source,
      fromLine: evidence.fromLine,
      toLine: evidence.toLine,
      offset: evidence.offset,
    })),
  );
  cited.forEach(({ id, evidence }, at) => {
    const text = texts[at];
    book.noteFound(id, text !== null && text !== undefined && matchesMasked(text, evidence.excerpt));
  });
  return new Set(book.cited().flatMap(({ id }) => (book.found(id) === false ? [id] : [])));
}
