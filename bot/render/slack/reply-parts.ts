import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Reply } from '../../conversation/thread.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { citationsOf } from '../chain-lines.ts';
import { LABELS } from '../labels.ts';
import { type CardBlock, context, preformatted, sections, table } from './blocks.ts';
import type { CardPart } from './fit-card.ts';
import { code, escaped, link, type Mrkdwn, mrkdwn, webAddress } from './mrkdwn.ts';
import { placeIn } from './place-in.ts';

/** Longest piece that keeps its columns, and longest line of running text. */
const TABLE_TEXT = 2_400;
const LINE = 1_000;
const SOURCES = 8;

/**
 * What a reply says, with where its evidence stands.
 *
 * @param before true: a diagnosis follows that has its own sources
 */
export function replyParts(reply: Reply, evidence: Diagnosis['evidence'], before: boolean): CardPart[] {
  const said = textBlocks(reply.text, LABELS[reply.language].whereTimeWent);
  if (before) return [{ blocks: said, rank: 0 }];
  // Shown evidence has its place beside it already.
  const ids = reply.kind === 'evidence' || reply.kind === 'where_time_went' ? [] : reply.evidence;
  const places = citationsOf({ evidence }, ids)
    .slice(0, SOURCES)
    .map(({ ids: names, where }) => mrkdwn`${code(names.join(' '))} ${placeIn(shorten(where, 160), reply.language)}`);
  const { colon } = LABELS[reply.language];
  const passages = reply.passages.slice(0, SOURCES).map(({ id, title, url }) => {
    if (webAddress(url) !== null) return mrkdwn`${code(id)} ${link(url, title)}`;
    return mrkdwn`${code(id)} ${title}${colon}${code(shorten(url, 200))}`;
  });
  return [
    { blocks: said, rank: 0 },
    { blocks: context([...places, ...passages]), rank: 2 },
  ];
}

/** Running text as sections; lines in columns and excerpts keep their spaces. */
function textBlocks(text: string, corner: string): CardBlock[] {
  const blocks: CardBlock[] = [];
  let run: string[] = [];
  let inColumns = false;
  const end = () => {
    const rows = tableOf(run, corner);
    if (inColumns && rows) blocks.push(...table(rows, [1, 2, 3]));
    else if (run.length > 0 && inColumns) blocks.push(preformatted(dedented(run), TABLE_TEXT));
    else blocks.push(...sections(run.map(textLine), { expand: true }));
    run = [];
  };
  for (const whole of text === '' ? [] : text.split('\n')) {
    // A bar as wide as a terminal breaks on a phone.
    const line = whole.replace(/[ ]{0,4}█+$/, '');
    const columns = / {3}|█/.test(whole) && !/^ {0,8}→/.test(whole);
    if (columns !== inColumns) end();
    inColumns = columns;
    run.push(line);
  }
  end();
  return blocks;
}

function textLine(line: string): Mrkdwn {
  const item = /^ {0,8}- /.exec(line);
  return item ? mrkdwn`•  ${shorten(line.slice(item[0].length), LINE)}` : escaped(shorten(line.trim(), LINE));
}

/** Figures in columns as a table: in Chinese no block of code keeps columns straight. null where the lines are none. */
function tableOf(run: readonly string[], corner: string): string[][] | null {
  const rows = run.map((line) => line.trim().split(/ {2,}/));
  const columns = rows.at(-1)?.length ?? 0;
  const [head = [], ...rest] = rows;
  if (rest.length === 0 || columns < 2 || columns > 4 || head.length !== columns - 1) return null;
  const figures = /^[+-]?\d[\d:.,]*$/;
  if (!rest.every((row) => row.length === columns && row.slice(1).every((cell) => figures.test(cell)))) return null;
  return [[corner, ...head], ...rest];
}

/** Columns stay columns when what all lines are indented by goes. */
function dedented(run: readonly string[]): string {
  const least = Math.min(
    ...run.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return run.map((line) => line.slice(Number.isFinite(least) ? least : 0)).join('\n');
}
