import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Chunk } from '../../knowledge/ingestion/chunk.ts';
import { randomNumbers } from '../statistics/random-numbers.ts';
import { writePdf } from './write-pdf.ts';

/** Every so many documents one is a PDF, one HTML and one plain text; the others are Markdown. */
const EVERY = { pdf: 25, html: 20, text: 10 } as const;

/**
 * Writes a folder of documents made of real text: each has three to seven sections of the built-in runbooks, drawn by a
 * generator of fixed seed, with names of hosts, queues and jobs of its own between them, so that no two are alike.
 */
export function generateDocuments(folder: string, count: number, pool: readonly Chunk[]): void {
  const next = randomNumbers(20_261_121);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  for (let at = 0; at < count; at++) {
    const room = path.join(folder, `team-${String(at % 40).padStart(2, '0')}`);
    mkdirSync(room, { recursive: true });
    const title = `${pick(pool).title.split(' ').slice(0, 6).join(' ')} ${at}`;
    const sections = Array.from({ length: 3 + Math.floor(next() * 5) }, () => {
      const { heading, text } = pick(pool);
      const own = `On host bd-node${Math.floor(next() * 900)} queue root.team${at % 40} job etl_${at}_${Math.floor(next() * 1e6).toString(36)}.`;
      return { heading: heading.split(' › ').at(-1) ?? 'Notes', text: `${own}\n\n${text}` };
    });
    const name = path.join(room, `doc-${String(at).padStart(5, '0')}`);
    if (at % EVERY.pdf === 0)
      writeFileSync(`${name}.pdf`, writePdf(sections.map(({ heading, text }) => `${heading}\n${text}`)));
    else if (at % EVERY.html === 1) writeFileSync(`${name}.html`, asHtml(title, sections));
    else if (at % EVERY.text === 2)
      writeFileSync(`${name}.txt`, sections.map(({ heading, text }) => `${heading}\n-----\n${text}`).join('\n\n'));
    else
      writeFileSync(
        `${name}.md`,
        `# ${title}\n\n${sections.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n')}\n`,
      );
  }
}

function asHtml(title: string, sections: readonly { heading: string; text: string }[]): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const parts = sections.map(({ heading, text }) => `<h2>${escaped(heading)}</h2><p>${escaped(text)}</p>`);
  return `<html><head><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1>${parts.join('')}</body></html>`;
}
