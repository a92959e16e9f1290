/** What is read of a font: by what name it goes, and which characters it has. */
export interface FontFacts {
  /** Family name; of a collection that of its simplified Chinese face, where there is one. */
  family: string;
  has(codePoint: number): boolean;
}

/** Faces of a collection that are looked at. */
const MOST_FACES = 64;

/**
 * Reads the tables `name` and `cmap` of a TrueType or OpenType font or collection (OpenType specification 1.9, "The OpenType font
 * file", "cmap" formats 4 and 12, "name").
 *
 * @throws Error when it is not such a font
 */
export function readFont(bytes: Uint8Array): FontFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const faces = facesOf(view).map((at) => {
    const tables = tablesOf(view, at);
    return { family: familyOf(view, tables.get('name') ?? null), cmap: tables.get('cmap') ?? null };
  });
  const face = faces.find(({ family }) => /\bSC\b/.test(family)) ?? faces[0];
  if (!face || face.cmap === null || face.family === '') throw new Error('it has no names or no characters');
  return { family: face.family, has: charactersOf(view, face.cmap) };
}

function facesOf(view: DataView): number[] {
  const tag = tagAt(view, 0);
  if (tag === 'ttcf') {
    const count = Math.min(view.getUint32(8), MOST_FACES);
    return Array.from({ length: count }, (_, at) => view.getUint32(12 + 4 * at));
  }
  if (tag !== 'OTTO' && tag !== 'true' && view.getUint32(0) !== 0x00010000)
    throw new Error(`it begins with ${JSON.stringify(tag)}: TTF, OTF and TTC can be drawn with, web fonts cannot`);
  return [0];
}

function tablesOf(view: DataView, at: number): Map<string, number> {
  const tables = new Map<string, number>();
  const count = view.getUint16(at + 4);
  for (let table = 0; table < count; table += 1) {
    const record = at + 12 + 16 * table;
    tables.set(tagAt(view, record), view.getUint32(record + 8));
  }
  return tables;
}

/** Name 16 (typographic family) or 1, of the Windows platform in UTF-16. */
function familyOf(view: DataView, table: number | null): string {
  if (table === null) return '';
  const count = view.getUint16(table + 2);
  const texts = table + view.getUint16(table + 4);
  const found = new Map<number, string>();
  for (let name = 0; name < count; name += 1) {
    const record = table + 6 + 12 * name;
    const id = view.getUint16(record + 6);
    const isEnglish = view.getUint16(record) === 3 && view.getUint16(record + 4) === 0x409;
    if (!isEnglish || (id !== 1 && id !== 16)) continue;
    const from = texts + view.getUint16(record + 10);
    const units = Array.from({ length: view.getUint16(record + 8) / 2 }, (_, at) => view.getUint16(from + 2 * at));
    found.set(id, String.fromCharCode(...units));
  }
  // The renderer knows faces by name 1 as well as by 16.
  return found.get(1) ?? found.get(16) ?? '';
}

function charactersOf(view: DataView, cmap: number): (codePoint: number) => boolean {
  const count = view.getUint16(cmap + 2);
  const formats = Array.from({ length: count }, (_, at) => cmap + view.getUint32(cmap + 8 + 8 * at));
  const wide = formats.find((at) => view.getUint16(at) === 12);
  if (wide !== undefined) return (codePoint) => isInGroups(view, wide, codePoint);
  const narrow = formats.find((at) => view.getUint16(at) === 4);
  if (narrow === undefined) throw new Error('its character map is of no known format');
  return (codePoint) => isInSegments(view, narrow, codePoint);
}

/** Format 12: groups of start, end and first glyph. */
function isInGroups(view: DataView, at: number, codePoint: number): boolean {
  let low = 0;
  let high = view.getUint32(at + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const group = at + 16 + 12 * middle;
    if (codePoint < view.getUint32(group)) high = middle - 1;
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
    else return true;
  }
  return false;
}

/** Format 4: segments by their ends, with a delta or an array of glyphs; glyph 0 is none. */
function isInSegments(view: DataView, at: number, codePoint: number): boolean {
  if (codePoint > 0xffff) return false;
  const double = view.getUint16(at + 6);
  for (let segment = 0; segment < double; segment += 2) {
    if (codePoint > view.getUint16(at + 14 + segment)) continue;
    const start = view.getUint16(at + 16 + double + segment);
    if (codePoint < start) return false;
    const delta = view.getUint16(at + 16 + 2 * double + segment);
    const rangeAt = at + 16 + 3 * double + segment;
    const range = view.getUint16(rangeAt);
    const glyph = range === 0 ? codePoint : view.getUint16(rangeAt + range + 2 * (codePoint - start));
    return glyph !== 0 && ((glyph + delta) & 0xffff) !== 0;
  }
  return false;
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
}
