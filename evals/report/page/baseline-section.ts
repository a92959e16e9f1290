import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../baseline/compare-with-baseline.ts';
import type { Report } from '../make-report.ts';
import { counted, percent, points } from '../say-figures.ts';
import { htmlTable } from './html-table.ts';

/** Signs beside the words, because a colour is not seen by all. */
const SIGNS: Readonly<Record<DifferenceKind, [sign: string, className: string]>> = {
  worse: ['▼', 'bad'],
  better: ['▲', 'good'],
  changed: ['◆', 'mid'],
  new: ['+', 'soft'],
  gone: ['−', 'bad'],
  not_run: ['–', 'soft'],
};

/** Rows of the table: the rest is in the JSON. */
const MOST_ROWS = 200;

/** What differs from the baseline, case by case; and a model's answers from an earlier run. */
export function baselineSection({ difference, live, ready }: Report): string {
  const { baseline, cases, same } = difference;
  const counts = DIFFERENCE_KINDS.map((kind) => [kind, cases.filter((one) => one.kind === kind).length] as const);
  const told = [
    `${same} the same`,
    ...counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind.replace('_', ' ')}`),
  ];
  const shown = baseline === null ? [] : cases.filter(({ kind }) => kind !== 'not_run');
  const rows = shown
    .slice(0, MOST_ROWS)
    .map(({ kind, askId, variant, says }) => [
      `<span class="nowrap ${SIGNS[kind][1]}">${SIGNS[kind][0]} ${kind}</span>`,
      `${html(askId)} <span class="soft">${variant}</span>`,
      says.map((line) => html(line)).join('<br>'),
    ]);
  const head =
    baseline === null
      ? '<p>There is no baseline yet: every case is new.</p>'
      : `<p>${html(`Against ${baseline.version}${baseline.commit === null ? '' : ` at ${baseline.commit}`}: ${told.join(', ')}.`)}</p>`;
  const table =
    rows.length > 0 ? htmlTable([{ name: 'is' }, { name: 'case' }, { name: 'what was and is' }], rows, 'stack') : '';
  const promoted =
    ready.length > 0
      ? `<h3>Ready to be always right</h3><p>${html(`Clean in five runs with different seeds: ${ready.join(', ')}.`)}</p>`
      : '';
  return `<section id="baseline"><h2>Against the baseline</h2><p class="note">Deterministic variants, exactly, case by case.</p>${head}${table}${shown.length > MOST_ROWS ? `<p class="note">and ${shown.length - MOST_ROWS} more</p>` : ''}${promoted}${liveBlock(live)}</section>`;
}

function liveBlock(live: Report['live']): string {
  if (live === null) return '';
  const tags = live.byTag.filter(({ difference }) => difference !== 0);
  const rows = tags.map(({ tag, asks, difference, p }) => [html(tag), String(asks), points(difference), p.toFixed(3)]);
  const moved = live.moved.slice(0, 30).map(({ askId, was, is }) => [html(askId), percent(was), percent(is)]);
  const n = (name: string) => ({ name, className: 'n' });
  return `<h3>live against an earlier run</h3><p>${html(
    `${points(live.is - live.was)} points (95 %: ${points(live.interval.low)} to ${points(live.interval.high)}) on ${counted(live.asks, 'ask')} of ${counted(live.incidents, 'incident')} that both put: ${percent(live.was)} → ${percent(live.is)}; p ${live.p.toFixed(3)} by ${live.test === 'mcnemar' ? 'McNemar’s exact test' : 'sign flips of incidents'}. ${counted(live.unpaired, 'ask')} left out. No gate.`,
  )}</p>${rows.length > 0 ? htmlTable([{ name: 'tag' }, n('asks'), n('points'), n('p, by Holm')], rows) : ''}${moved.length > 0 ? `<details><summary>What moved</summary><div class="inside">${htmlTable([{ name: 'ask' }, n('was'), n('is')], moved)}</div></details>` : ''}`;
}
