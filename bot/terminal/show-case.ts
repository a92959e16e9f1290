import type { Database } from '../cases/database/database.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { type PlainCase, readPlainCase } from '../conversation/plain-case.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { renderReply } from '../render/reply.ts';
import { visibleText } from '../render/visible-text.ts';
import { mayColour, type TerminalIo, UsageError } from './terminal-io.ts';

/**
 * A kept case in words, turn by turn, with what people thought of it; or as one JSON document. Null: there is none.
 *
 * @throws UsageError when it was written by another version
 */
export async function showCase(database: Database, id: string, json: boolean, io: TerminalIo): Promise<string | null> {
  const cases = openKeptCases(database);
  const kept = await cases.read(id);
  if (kept === null) return null;
  const plain = readable(kept.text, id);
  const feedback = await cases.feedback(id);
  const { thread } = plain;
  if (json) {
    const diagnoses = plain.cases.map(({ faces }) => faces);
    const updatedAt = isoTime(kept.updatedAtMs);
    return `${JSON.stringify({ id, updatedAt, about: kept.about, turns: thread.turns, diagnoses, feedback })}\n`;
  }
  const face = { columns: Math.min(io.columns, 100), colour: mayColour(io) };
  const evidence = new EvidenceBook(plain.cited).entries();
  const turns = thread.turns.map(({ said, replies }) => {
    const blocks = replies.map((reply) => {
      const held = plain.cases.find(({ faces }) => faces.en.id === reply.diagnosis);
      return renderReply(reply, held?.faces[reply.language] ?? null, evidence, face);
    });
    return `> ${visibleText(said)}\n${blocks.join('\n')}`;
  });
  const opinions = feedback.map(({ user, helpful, reason, atMs }) => {
    const why = reason === null ? '' : `: ${visibleText(reason).replaceAll('\n', ' ')}`;
    return `${isoTime(atMs).slice(0, 16)} ${user} ${helpful ? 'helpful' : 'not helpful'}${why}`;
  });
  return [`${id}, last touched ${isoTime(kept.updatedAtMs)}`, ...turns, ...opinions, ''].join('\n');
}

function readable(text: string, id: string): PlainCase {
  try {
    return readPlainCase(text);
  } catch {
    throw new UsageError(`case ${id} was written by another version and cannot be shown`);
  }
}
