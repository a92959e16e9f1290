import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import { counted, firstOf, percent, saidCost, saidCount, saidInterval } from '../say-figures.ts';
import type { ScoredTrial } from '../suite-result.ts';
import type { Cut, CutName, VariantSummary } from '../summary.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { htmlTable } from './html-table.ts';
import { shareTrack } from './share-track.ts';
import { calibrationChart, coverageRiskChart, standingOf } from './sureness-charts.ts';
import { timeChart } from './time-chart.ts';

const BEHAVIOURS = ['answer', 'healthy', 'still_running', 'needs_more', 'refuse', 'crashed'];

/** All figures of one variant. @param trials those of the variant that were made */
export function variantSection(of: VariantSummary, trials: readonly ScoredTrial[]): string {
  const id = of.variant;
  if (of.right === null) {
    return `<section id="${id}"><h2>${id}</h2><p>Nothing was made: ${counted(of.notRun, 'trial')} not run.</p></section>`;
  }
  return of.isAccuracy ? accuracySection(of, trials) : scriptedSection(of, trials);
}

function accuracySection(of: VariantSummary, trials: readonly ScoredTrial[]): string {
  return `<section id="${of.variant}"><h2>Where it is right: ${of.variant}</h2>
<p class="note">Share of right answers. The bar is the 95 % interval, drawn by incident: questions about one incident stand and fall together. Few incidents leave much open, also where all are right.</p>
<div class="columns"><div>${cutTable('By tag', of, 'tag')}</div><div>${cutTable('By code group', of, 'group')}${cutTable('By form', of, 'form')}${cutTable('By language', of, 'language')}</div></div>
<details><summary>By code: ${counted(of.cuts.code.length, 'code')}</summary><div class="inside">${cutTable('', of, 'code')}</div></details>
<h2 id="${of.variant}-confusion">What is taken for what: ${of.variant}</h2>
<h3>Code groups</h3><p class="note">The first code of each answer; on the diagonal when it is a true one. Outlined: taken for another.</p>
${confusionMatrix(of.groups)}
${confusions(of)}
<h2 id="${of.variant}-sureness">How sure it is: ${of.variant}</h2>
<h3>Answering and abstaining</h3><p class="note">${html(`What had to be done by what was done. ${of.abstained} of ${of.trials} answers abstained.`)}</p>
${confusionMatrix(of.behaviours, BEHAVIOURS)}
<div class="columns">${coverageRiskChart(of)}${calibrationChart(of)}</div>
${surenessTable(of)}
<h2 id="${of.variant}-scorers">What each scorer says: ${of.variant}</h2>
${scorerTable(of)}${hardGateTable(of)}${repeats(of)}
<h2 id="${of.variant}-cost">Cost and time: ${of.variant}</h2>
${costs(of, trials)}</section>`;
}

function scriptedSection(of: VariantSummary, trials: readonly ScoredTrial[]): string {
  return `<section id="${of.variant}"><h2>Loop and gate: ${of.variant}</h2>
<p class="note">A model’s turns were recorded and played back. It shows that the loop runs and that the gate lets through what it should: no accuracy, and in no figure above.</p>
<p>${html(`${saidCount(of.right)} trials over ${counted(of.incidents, 'incident')} end as they should.`)}</p>
${scorerTable(of)}${hardGateTable(of)}${costs(of, trials)}</section>`;
}

function cutTable(title: string, { cuts }: VariantSummary, name: CutName): string {
  const rows = cuts[name].map((cut: Cut) => [
    html(cut.name),
    cut.right === null ? '<span class="soft">not run</span>' : shareTrack(cut.right.value, cut.right.interval),
    cut.right === null ? '' : `<b>${percent(cut.right.value)}</b>`,
    `<span class="soft">${html(saidCount(cut.right))}${cut.notRun > 0 ? `, ${cut.notRun} not run` : ''}</span>`,
    `<span class="soft">${cut.incidents}</span>`,
  ]);
  const heading = title === '' ? '' : `<h3>${html(title)}</h3>`;
  return `${heading}${htmlTable(
    [
      // Codes are long and may break; tags and groups are not.
      name === 'code' ? { name } : { name, className: 'keep' },
      { name: '0 to 100 %', className: 'trackcell' },
      { name: 'right', className: 'n' },
      { name: 'asks', className: 'n' },
      { name: 'incidents', className: 'n wideonly' },
    ],
    rows,
  )}`;
}

function confusions({ confusions: cells }: VariantSummary): string {
  if (cells.length === 0) return '<p>No first code is a wrong one.</p>';
  const rows = cells.map(({ expected, given, count, scenarios }) => [
    `<code>${html(expected)}</code>`,
    `<code>${html(given)}</code>`,
    String(count),
    html(firstOf(scenarios)),
  ]);
  const columns = [
    { name: 'expected' },
    { name: 'given first' },
    { name: 'times', className: 'n' },
    { name: 'scenarios' },
  ];
  return `<h3>Codes</h3>${htmlTable(columns, rows, 'stack')}`;
}

function surenessTable({ calibration, brier, calibrationError }: VariantSummary): string {
  const rows = calibration.map(({ confidence, right }) => [
    html(standingOf(confidence)),
    percent(confidence),
    shareTrack(right.value, right.interval),
    `<b>${percent(right.value)}</b>`,
    html(`${saidCount(right)}`),
  ]);
  const said =
    brier === null || calibrationError === null
      ? ''
      : `<p class="note">${html(`Brier score ${brier.toFixed(3)} (0 is perfect, 0.25 is always saying one half); calibration error ${calibrationError.toFixed(3)}. Standings are taken as the probabilities that readers hear in such words; answers that abstain are left out.`)}</p>`;
  return `${htmlTable(
    [
      { name: 'it says', className: 'keep' },
      { name: 'taken as', className: 'n wideonly' },
      { name: '0 to 100 %', className: 'trackcell' },
      { name: 'right', className: 'n' },
      { name: 'answers', className: 'n' },
    ],
    rows,
  )}${said}`;
}

function scorerTable({ scorers }: VariantSummary): string {
  const rows = scorers.flatMap(({ name, measures, of, mean, interval, below, isHardGate }) =>
    mean === null || interval === null
      ? []
      : [
          [
            `<b>${html(name)}</b>${isHardGate ? ' <span class="pill">hard gate</span>' : ''}<span class="cite">${html(measures)}</span>`,
            shareTrack(mean, interval),
            `<b>${mean.toFixed(3)}</b><span class="cite">${html(saidInterval(interval))}</span>`,
            String(of),
            below === 0 ? '<span class="soft">–</span>' : String(below),
          ],
        ],
  );
  return htmlTable(
    [
      { name: 'scorer' },
      { name: '0 to 1', className: 'trackcell wideonly' },
      { name: 'mean', className: 'n' },
      { name: 'trials', className: 'n' },
      { name: 'below 1', className: 'n' },
    ],
    rows,
  );
}

function hardGateTable({ hardGates }: VariantSummary): string {
  if (hardGates.length === 0) return '';
  const rows = hardGates.map(({ name, held, broken, upperBound }) => [
    html(name),
    String(held),
    broken.length === 0 ? '<span class="good">✓ never</span>' : `<span class="bad">✗ ${html(firstOf(broken))}</span>`,
    upperBound === null ? '' : `≤ ${percent(upperBound)}`,
  ]);
  return `<h3>Hard gates</h3><p class="note">One trial is enough to block. Never broken is not never: the last column is what the rate may still be (95 %, counted by incident).</p>${htmlTable(
    [
      { name: 'gate' },
      { name: 'held', className: 'n' },
      { name: 'broken by' },
      { name: 'rate at most', className: 'n' },
    ],
    rows,
  )}`;
}

function repeats({ passPower, flipping }: VariantSummary): string {
  if (passPower.length === 0) return '';
  const rows = passPower.map(({ k, value }) => [`${k}`, percent(value)]);
  return `<h3>All of k tries right</h3><p class="note">${html(`pass^k, what people get who ask the same; ${flipping.asks} of ${flipping.of} asks are right and wrong in turns.`)}</p>${htmlTable([{ name: 'k' }, { name: 'pass^k', className: 'n' }], rows)}`;
}

function costs({ costs: all }: VariantSummary, trials: readonly ScoredTrial[]): string {
  const rows = all.map(({ name, unit, median, p95, most, sum }) => [
    html(name),
    ...[median, p95, most, sum].map((value) => html(saidCost(value, unit))),
  ]);
  const columns = ['median', 'p95', 'most', 'sum'].map((name) => ({ name, className: 'n' }));
  return `<div class="columns"><div>${htmlTable([{ name: 'of an answer' }, ...columns], rows)}</div>${timeChart(trials.map(({ trial }) => trial.durationMs))}</div>`;
}
