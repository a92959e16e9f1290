import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { locatorLines } from '../locator-lines.ts';
import type { Sources } from '../sources/open-sources.ts';
import type { SourceText } from '../sources/source-text.ts';

/** A piece of evidence with the bytes it names. */
export interface CitedLine {
  evidence: Diagnosis['evidence'][number];
  source: SourceText;
  from: number;
  to: number;
  /** The lines whole, of which the excerpt is a piece. */
  lines: string;
}

/** What of the evidence can be read at its place; what cannot is no ground for anything. */
export async function citedLines({ evidence }: Diagnosis, sources: Sources): Promise<CitedLine[]> {
  const cited: CitedLine[] = [];
  for (const piece of evidence) {
    const source = await sources.text(piece.source);
    const range = locatorLines(piece.locator);
    const lines = range && source?.lines(...range);
    if (source && range && lines) cited.push({ evidence: piece, source, from: range[0], to: range[1], lines });
  }
  return cited;
}
