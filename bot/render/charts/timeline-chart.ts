import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { duration } from '../../../tools/evidence/spoken-figures.ts';
import { wrapText } from '../wrap-text.ts';
import type { TimelineData } from './chart-data.ts';
import { chartFrame, NARROW_PX, WORDS_PX } from './chart-frame.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';

const LINE_PX = 17;
/** Lines of words beside one mark; on a page the chain stands beside the drawing in full. */
const MOST_LINES = { picture: 3, page: 1, phone: 2 } as const;
/** Width of one cell (half a Chinese character) as a share of the size of words, wide enough for both languages. */
const CELL = 0.56;
const GAP_PX = 14;
/** Free room at both ends of the axis, as a share of the time that is shown. */
const MARGIN = 0.02;

/** What happened when: one row for each link of the chain, the words on the side that has the room. */
export function timelineChart(data: TimelineData, look: ChartLook): DrawnChart {
  const { language, palette, width, titled } = look;
  const from = data.links[0]?.at ?? 0;
  const to = data.links.at(-1)?.at ?? from;
  const margin = Math.max(1, (to - from) * MARGIN);
  const narrow = width < NARROW_PX;
  const mostLines = MOST_LINES[titled ? 'picture' : narrow ? 'phone' : 'page'];
  const plot = width - 40;
  let top = 8;
  const rows = data.links.map((link) => {
    const share = (link.at - from + margin) / (to - from + 2 * margin);
    const isLeft = share > 0.5;
    const room = plot * (isLeft ? share : 1 - share) - GAP_PX;
    const text = wrapped(`${clockOf(link.at)} ${link.statement}`, room, mostLines);
    const height = Math.max(1, text.length) * LINE_PX + 10;
    // Words of several lines begin beside the mark.
    const row = { ...link, text, y: top + LINE_PX / 2, side: isLeft ? 'left' : 'right' };
    top += height;
    return row;
  });
  const roles = ['root', 'between', 'symptom'] as const;
  const seen = roles.filter((role) => rows.some((row) => row.role === role));
  const names = ROLE_NAMES[language];
  const values = rows.map((row) => ({ ...row, kind: names[row.role] }));
  const domain = seen.map((role) => names[role]);
  const title = titleOf(data, language);
  const words = (side: 'left' | 'right') => ({
    data: { values: values.filter((row) => row.side === side) },
    mark: {
      type: 'text' as const,
      align: side === 'left' ? ('right' as const) : ('left' as const),
      dx: side === 'left' ? -GAP_PX : GAP_PX,
      baseline: 'middle' as const,
      lineHeight: LINE_PX,
    },
    encoding: { text: { field: 'text', type: 'nominal' as const } },
  });
  return {
    title,
    alt: altOf(data, language),
    spec: {
      ...chartFrame(look, title, top + 4),
      encoding: {
        x: {
          field: 'at',
          type: 'temporal',
          title: language === 'zh' ? '时间（UTC）' : 'time (UTC)',
          scale: { type: 'utc', domain: [from - margin, to + margin], nice: false },
          axis: {
            format: to - from > DAY_MS ? '%m-%d %H:%M' : '%H:%M:%S',
            tickCount: narrow ? 3 : 6,
            labelOverlap: true,
            labelFlush: true,
            labelSeparation: 8,
            grid: false,
            labelColor: palette.soft,
          },
        },
        y: { field: 'y', type: 'quantitative', axis: null, scale: { domain: [top + 4, 0], nice: false } },
      },
      layer: [
        {
          data: { values },
          mark: { type: 'point', size: 110, strokeWidth: 2, opacity: 1 },
          encoding: {
            shape: {
              field: 'kind',
              sort: domain,
              scale: { domain, range: seen.map((role) => LOOKS[role].shape) },
            },
            fill: {
              field: 'kind',
              sort: domain,
              scale: { domain, range: seen.map((role) => palette[LOOKS[role].fill]) },
            },
            stroke: {
              field: 'kind',
              sort: domain,
              scale: { domain, range: seen.map((role) => palette[LOOKS[role].stroke]) },
            },
          },
        },
        words('left'),
        words('right'),
      ],
    },
  };
}

const DAY_MS = 86_400_000;

/** The roles differ by their shape and filling, not by colour alone. */
const LOOKS = {
  root: { shape: 'diamond', fill: 'alarm', stroke: 'alarm' },
  between: { shape: 'circle', fill: 'bar', stroke: 'bar' },
  symptom: { shape: 'square', fill: 'paper', stroke: 'ink' },
} as const;

const ROLE_NAMES = {
  en: { root: 'cause', between: 'along the way', symptom: 'what was seen' },
  zh: { root: '原因', between: '其间', symptom: '现象' },
} as const;

function wrapped(text: string, roomPx: number, mostLines: number): string[] {
  const columns = Math.max(8, Math.floor(roomPx / (WORDS_PX * CELL)));
  const lines = wrapText(text, columns);
  if (lines.length <= mostLines) return lines;
  return wrapText(shorten(text, Math.max(8, lines.slice(0, mostLines).join(' ').length - 2)), columns).slice(
    0,
    mostLines,
  );
}

function clockOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

function titleOf({ links }: TimelineData, language: Language): string {
  const span = duration((links.at(-1)?.at ?? 0) - (links[0]?.at ?? 0))[language];
  return language === 'zh' ? `经过：${span}之内` : `How it went, within ${span}`;
}

function altOf(data: TimelineData, language: Language): string {
  const told = data.links.map(({ at, statement }) => `${clockOf(at)} ${statement}`);
  return language === 'zh'
    ? `时间线（UTC）。${told.join('；')}。`
    : `Timeline (UTC). ${told.map((line) => line.replace(/\.$/, '')).join('; ')}.`;
}
