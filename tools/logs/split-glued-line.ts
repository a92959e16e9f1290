const DATE_AND_LEVEL =
  /(?:\d{2}\/\d{2}\/\d{2}|\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}(?:[.,]\d{3})? {1,3}(?:\[[^\]]{1,120}\] )?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) /g;
const SCAN_CHARS = 65_536;

/**
 * A physical line onto which two threads wrote (`… done26/11/21 10:23:18 INFO B: …`), cut where the second record begins. A
 * date behind a space, a quote or a bracket is part of the text and is left alone.
 */
export function splitGluedLine(line: string): string[] {
  if (line.length < 40) return [line];
  const scan = line.length > SCAN_CHARS ? line.slice(0, SCAN_CHARS) : line;
  const cuts: number[] = [];
  for (const found of scan.matchAll(DATE_AND_LEVEL)) {
    if (found.index > 0 && /[^\s"'`([{<=,:\x1b|]/.test(scan.charAt(found.index - 1))) cuts.push(found.index);
  }
  if (cuts.length === 0) return [line];
  const starts = [0, ...cuts];
  return starts.map((start, i) => line.slice(start, starts[i + 1])).filter((piece) => !isProgressBar(piece));
}

function isProgressBar(piece: string): boolean {
  return /^(?:\r?\[Stage \d{1,7}:[^\]\n]{0,240}\]\s{0,8}){1,40}$/.test(piece);
}
