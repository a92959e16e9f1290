import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { MAX_EXCERPT_BYTES } from '../../tools/evidence/quote.ts';
import { citedIds } from './cited-ids.ts';
import { locatorLines } from './locator-lines.ts';
import { matchesExcerpt } from './matches-excerpt.ts';
import { provenanceFits } from './provenance-fits.ts';
import { scorerOf } from './scorer-of.ts';
import { openSources, type Sources } from './sources/open-sources.ts';

type Evidence = Diagnosis['evidence'][number];

/**
 * Hard gate: every piece of evidence was opened in this very trial, its lines are there, the excerpt stands in them byte for byte, and who is said to
 * have written it can have; every id that is used exists; what is *confirmed* ends in a writer whom the catalogue allows to prove it.
 */
export const EVIDENCE_VALIDITY = scorerOf({
  name: 'evidence-validity',
  measures:
    'the share of citations that were opened, are there byte for byte and were written by whom they say; 1 or the gate is red',
  isHardGate: true,
  expects: () => true,
  judge: async ({ trial, diagnosis, truth }) => {
    const read = new Set(trial.read);
    const sources = openSources(truth.platform);
    const faults: string[] = [];
    let wrong = 0;
    for (const piece of diagnosis.evidence) {
      const fault = await faultOf(piece, read, sources);
      if (fault === null) continue;
      wrong += 1;
      faults.push(`${piece.id}: ${fault}`);
    }
    faults.push(...unknownIds(diagnosis), ...unprovenCauses(diagnosis));
    const all = diagnosis.evidence.length;
    const value = faults.length === 0 ? 1 : Math.min(0.99, all === 0 ? 0 : (all - wrong) / all);
    return {
      value,
      passed: faults.length === 0,
      detail: said(faults),
      figures: { citations: all, faults: faults.length },
    };
  },
});

async function faultOf(piece: Evidence, read: ReadonlySet<string>, sources: Sources): Promise<string | null> {
  const { source, locator, excerpt, provenance } = piece;
  if (!wasOpened(source, read)) return `${source} was not opened`;
  const text = await sources.text(source);
  if (text === null) return `${source} is not there`;
  const range = locatorLines(locator);
  const lines = range && text.lines(...range);
  if (range === null || lines === null) return `${source} has no ${locator}`;
  if (!matchesExcerpt(lines, excerpt)) return `the excerpt does not stand at ${source} ${locator}`;
  if (!spansLines(excerpt, range)) return `${source} ${locator} is wider than its excerpt`;
  return provenanceFits(provenance, source, text, lines) ? null : `${source} was not written by ${provenance}`;
}

/** A part of an archive or of a rolling log stands behind the name that was opened. */
function wasOpened(source: string, read: ReadonlySet<string>): boolean {
  if (read.has(source)) return true;
  for (let at = source.lastIndexOf('/'); at > 0; at = source.lastIndexOf('/', at - 1)) {
    if (read.has(source.slice(0, at))) return true;
  }
  return false;
}

/** Lines that nothing is quoted of are not cited: else one locator over a whole file would fit any quote. A cut quote may end early. */
function spansLines(excerpt: string, [from, to]: readonly [number, number]): boolean {
  const newlines = excerpt.split('\n').length - 1;
  return newlines === to - from || (newlines < to - from && Buffer.byteLength(excerpt) > MAX_EXCERPT_BYTES - 8);
}

function unknownIds(diagnosis: Diagnosis): string[] {
  const known = new Map(diagnosis.evidence.map((piece) => [piece.id, piece]));
  const doubled = known.size < diagnosis.evidence.length ? ['two pieces of evidence have one id'] : [];
  const unknown = citedIds(diagnosis).filter(({ id }) => !known.has(id));
  return [...doubled, ...unknown.map(({ where, id }) => `${where} cites ${id}, which is not there`)];
}

/** What is confirmed, and whose root link nobody wrote who may prove it. */
function unprovenCauses({ rootCauses, evidence }: Diagnosis): string[] {
  const writers = new Map(evidence.map(({ id, provenance }) => [id, provenance]));
  return rootCauses
    .filter(({ code, standing }) => standing === 'confirmed' && !/^(?:none|unknown)\./.test(code))
    .filter(({ code, chain }) => {
      const { provenance, completeStatements } = causeOf(code).proof;
      const root = (chain.at(-1)?.evidence ?? []).map((id) => writers.get(id));
      return !root.some((by) => by && (provenance.includes(by) || (by === 'asker' && completeStatements.length > 0)));
    })
    .map(({ code }) => `${code} is confirmed, and no writer of its root link may prove it`);
}

function said(faults: readonly string[]): string {
  const rest = faults.length > 4 ? `; ${faults.length - 4} more` : '';
  return faults.slice(0, 4).join('; ') + rest;
}
