/** Characters of a line of the page. */
const LINE = 90;
/** Lines of a page. */
const LINES = 50;

/**
 * A plain PDF of pages of text in Helvetica, for inputs of a bench. Only Latin text can be written so; other characters are
 * left out (real Chinese PDFs are in the tests of `knowledge/documents`).
 */
export function writePdf(texts: readonly string[]): Buffer {
  const pages = texts.flatMap(pagesOf);
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((lines, at) => {
      const text = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
      const stream = `BT /F1 10 Tf 12 TL 50 780 Td\n${text}\nET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

function pagesOf(text: string): string[][] {
  const lines = text
    .replace(/[^\x20-\x7e\n]+/g, ' ')
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${LINE}}(?: |$)|.{${LINE}}`, 'g')) ?? []);
  return Array.from({ length: Math.ceil(lines.length / LINES) }, (_, at) => lines.slice(at * LINES, (at + 1) * LINES));
}
