import type { Document, Section } from '../documents/document.ts';
import { CHUNK_LIMITS } from '../documents/limits.ts';
import type { Chunk } from './chunk.ts';
import { protectedBlocks } from './protected-blocks.ts';

/** Where a document stands, as its chunks carry it. */
export interface DocumentPlace {
  /** `<collection>/<path inside it>`. */
  documentId: string;
  collection: string;
  /** File name without its ending. */
  runbook: string;
  version: string;
  /** What opens the document; the anchor of the section is added behind `#`. */
  url: string;
}

/** Where a long text is cut, best place first: paragraphs, lines, sentences of both scripts, words, anywhere. */
const SEPARATORS = ['\n\n', '\n', '。', '！', '？', '；', '. ', '! ', '? ', '; ', '，', '、', ', ', ' ', ''];

/** Cuts a document into the rows of the index: along its sections, long ones into pieces that overlap a little. */
export async function chunkDocument(document: Document, place: DocumentPlace): Promise<Chunk[]> {
  const { meta } = document;
  const titles = [meta.title.en, meta.title.zh].filter((title) => title !== null);
  const shared = {
    documentId: place.documentId,
    collection: place.collection,
    runbook: place.runbook,
    title: titles.join(' ') || place.runbook,
    symptoms: [...meta.symptoms.en, ...meta.symptoms.zh].join('\n'),
    codes: [...meta.codes],
    areas: [...meta.areas],
    audience: [...meta.audience],
    engines: JSON.stringify(meta.engines),
    version: place.version,
    owner: meta.owner ?? '',
    reviewed: meta.reviewed ?? '',
  };
  const chunks: Chunk[] = [];
  for (const section of document.sections) {
    for (const text of await piecesOf(section)) {
      const position = chunks.length;
      chunks.push({
        id: `${place.documentId}#${position}`,
        ...shared,
        section: section.anchor,
        heading: headingOf(section, titles),
        page: section.page ?? 0,
        position,
        text,
        url: section.anchor === '' ? place.url : `${place.url}#${section.anchor}`,
      });
    }
  }
  return chunks;
}

/** The heading path below the title: the first heading of a document mostly repeats it. */
function headingOf({ headingPath }: Section, titles: readonly string[]): string {
  const [first] = headingPath;
  return headingPath.slice(first !== undefined && titles.includes(first) ? 1 : 0).join(' › ');
}

async function piecesOf({ text }: Section): Promise<string[]> {
  if (text.trim() === '') return [];
  if (text.length <= CHUNK_LIMITS.chars) return [text];
  const pieces: string[] = [];
  let open = '';
  const flush = () => {
    if (open.trim() !== '') pieces.push(open.trim());
    open = '';
  };
  for (const block of protectedBlocks(text)) {
    if (open !== '' && open.length + block.text.length + 2 > CHUNK_LIMITS.chars) flush();
    if (block.text.length <= (block.whole ? CHUNK_LIMITS.wholeBlockChars : CHUNK_LIMITS.chars)) {
      open += (open === '' ? '' : '\n\n') + block.text;
      continue;
    }
    flush();
    for (const piece of block.whole ? linesApart(block.text) : await splitProse(block.text)) pieces.push(piece);
  }
  flush();
  return pieces;
}

async function splitProse(text: string): Promise<string[]> {
  // Loaded when the first long text comes: the package brings its tokenizers with it.
  const { RecursiveCharacterTextSplitter } = await import('@langchain/textsplitters');
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: CHUNK_LIMITS.chars,
    chunkOverlap: CHUNK_LIMITS.overlapChars,
    separators: SEPARATORS,
    keepSeparator: true,
  });
  const pieces = await splitter.splitText(text);
  // A separator is kept at the beginning of what follows it: a sentence's end belongs to the sentence.
  for (let at = 1; at < pieces.length; at++) {
    const lead = /^[。！？；，、.!?;,]\s*/.exec(pieces[at] ?? '')?.[0] ?? '';
    pieces[at - 1] += lead.trim();
    pieces[at] = (pieces[at] ?? '').slice(lead.length);
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** A code block or table longer than may stay whole, cut between lines; a fence or table head is repeated. */
function linesApart(text: string): string[] {
  const lines = text.split('\n');
  const isCode = /^`{3,}/.test(lines[0] ?? '');
  const head = isCode ? lines.slice(0, 1) : lines.slice(0, 2);
  const foot = isCode ? [(lines[0] ?? '').replace(/[^`].*$/, '')] : [];
  const body = lines.slice(head.length, isCode ? -1 : undefined).flatMap((line) => cutLine(line));
  const pieces: string[] = [];
  let open: string[] = [];
  let chars = 0;
  for (const line of body) {
    if (chars + line.length > CHUNK_LIMITS.chars && open.length > 0) {
      pieces.push([...head, ...open, ...foot].join('\n'));
      open = [];
      chars = 0;
    }
    open.push(line);
    chars += line.length + 1;
  }
  if (open.length > 0) pieces.push([...head, ...open, ...foot].join('\n'));
  return pieces;
}

function cutLine(line: string): string[] {
  if (line.length <= CHUNK_LIMITS.chars) return [line];
  const parts: string[] = [];
  for (let at = 0; at < line.length; at += CHUNK_LIMITS.chars) parts.push(line.slice(at, at + CHUNK_LIMITS.chars));
  return parts;
}
