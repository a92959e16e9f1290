import type { Language } from '../../../knowledge/bilingual.ts';
import { duration } from '../../../tools/evidence/spoken-figures.ts';
import { formatClock } from '../format-clock.ts';
import { ACCOUNT_NAMES, LABELS } from '../labels.ts';
import type { LedgerData } from './chart-data.ts';
import { chartFrame, NARROW_PX } from './chart-frame.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';

/** Height of one account: one bar, or this run's above the usual one. */
const BAR_PX = 26;
const PAIR_PX = 42;
/** Room for the figure behind the longest bar, as a share of the axis. */
const FIGURE_ROOM = { wide: 1.15, narrow: 1.45 } as const;
/** Accounts told in the words that stand for the picture. */
const TOLD = 3;

/** Where the wall clock went, account by account; with a comparison this run above what is usual. */
export function ledgerChart(data: LedgerData, look: ChartLook): DrawnChart {
  const { language, palette } = look;
  const words = LABELS[language];
  const compared = data.usualMs !== null;
  const values = data.rows.flatMap((row) => {
    const account = nameOf(row.account, language);
    const bar = (run: string, ms: number) => ({ account, run, ms, figure: formatClock(ms, data.tenths) });
    return [bar(words.thisRun, row.ms), ...(compared ? [bar(words.usual, row.usualMs ?? 0)] : [])];
  });
  const longest = Math.max(1, ...values.map(({ ms }) => ms));
  const room = FIGURE_ROOM[look.width < NARROW_PX ? 'narrow' : 'wide'];
  const runs = compared ? [words.thisRun, words.usual] : [words.thisRun];
  const title = titleOf(data, language);
  const legend = compared ? {} : { legend: null };
  return {
    title,
    alt: altOf(data, language),
    spec: {
      ...chartFrame(look, title, data.rows.length * (compared ? PAIR_PX : BAR_PX) + 10),
      data: { values },
      encoding: {
        y: {
          field: 'account',
          type: 'nominal',
          sort: null,
          title: null,
          scale: { paddingInner: compared ? 0.25 : 0.35, paddingOuter: 0.1 },
          axis: { domain: false, ticks: false, labelPadding: 8, labelLimit: look.width * 0.45 },
        },
        yOffset: { field: 'run', sort: runs, scale: { paddingInner: 0.15 } },
        x: { field: 'ms', type: 'quantitative', axis: null, scale: { domain: [0, longest * room] } },
      },
      layer: [
        {
          mark: { type: 'bar', strokeWidth: 1.5 },
          encoding: {
            fill: {
              field: 'run',
              sort: runs,
              scale: { domain: runs, range: [palette.bar, palette.paper].slice(0, runs.length) },
              ...legend,
            },
            stroke: {
              field: 'run',
              sort: runs,
              scale: { domain: runs, range: [palette.bar, palette.usual].slice(0, runs.length) },
              ...legend,
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 6, baseline: 'middle' },
          encoding: { text: { field: 'figure', type: 'nominal' } },
        },
      ],
    },
  };
}

/** An account as a reader sees it. */
function nameOf(account: LedgerData['rows'][number]['account'], language: Language): string {
  return account === 'rest' || account === 'unexplained' ? LABELS[language][account] : ACCOUNT_NAMES[language][account];
}

function titleOf({ wallClockMs, usualMs }: LedgerData, language: Language): string {
  const all = duration(wallClockMs)[language];
  const usual = usualMs === null ? null : duration(usualMs)[language];
  if (language === 'zh') return usual === null ? `时间去哪了：共 ${all}` : `时间去哪了：本次 ${all}，平时 ${usual}`;
  return usual === null ? `Where the time went: ${all}` : `Where the time went: ${all}, usually ${usual}`;
}

function altOf(data: LedgerData, language: Language): string {
  const told = data.rows.slice(0, TOLD).map((row) => {
    const name = nameOf(row.account, language);
    const figure = duration(row.ms)[language];
    if (row.usualMs === null) return `${name} ${figure}`;
    const usual = duration(row.usualMs)[language];
    return language === 'zh' ? `${name} ${figure}（平时 ${usual}）` : `${name} ${figure} (usually ${usual})`;
  });
  const compared = data.usualMs !== null;
  if (language === 'zh')
    return `条形图。${titleOf(data, language)}。${compared ? '按增加的时间排列' : '最大的几项'}：${told.join('，')}。`;
  const order = compared ? 'By growth' : 'The largest accounts';
  return `Bar chart. ${titleOf(data, language)}. ${order}: ${told.join(', ')}.`;
}
