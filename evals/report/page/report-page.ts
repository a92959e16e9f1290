import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Report } from '../make-report.ts';
import { FAULT_NAMES } from '../report-tables.ts';
import { counted, percent, saidCount, saidDuration, saidInterval } from '../say-figures.ts';
import type { VariantSummary } from '../summary.ts';
import { baselineSection } from './baseline-section.ts';
import { htmlTable } from './html-table.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { shareTrack } from './share-track.ts';
import { verdictOf, wholeTranscript } from './trial-entry.ts';
import { trialList } from './trial-list.ts';
import { variantSection } from './variant-section.ts';

/**
 * The report as one page that needs nothing beside itself: no font, script or picture from elsewhere; it is whole without its script,
 * which only searches. Whatever was read or asked is escaped.
 */
export function reportPage(report: Report): string {
  const { result, summary } = report;
  const made = result.scored.filter(({ trial }) => trial.status !== 'not_run');
  const sections = [
    headline(report),
    faults(report),
    ...summary.variants.map((of) =>
      variantSection(
        of,
        made.filter(({ trial }) => trial.variant === of.variant),
      ),
    ),
    worst(report),
    baselineSection(report),
    toleratedAndNotRun(report),
    trialList(report),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Eval report${report.verdict.passed ? '' : ' (blocked)'}</title><link rel="icon" href="data:,"><style>${PAGE_STYLE}</style></head>
<body><header class="head"><h1>Eval report</h1><p class="soft">${html(aboutRun(report))}</p>${verdict(report)}</header>
${navigation(report)}
<main>
${sections.join('\n')}
</main>
<footer><p>Figures are of this benchmark: incidents recorded on real engines in a laboratory, not of your platform. A share is one of its questions, its interval one of drawing other incidents like these; what was not run is in none. A scenario that is only <i>usually</i> right is counted like any other.</p></footer>
<script>${PAGE_SCRIPT}</script></body></html>
`;
}

function aboutRun({ result }: Report): string {
  const { product, startedAt, durationMs, seed, filter } = result;
  const at = startedAt.replace('T', ' ').replace(/(?::\d\d(?:\.\d+)?)?Z$/, ' UTC');
  return [
    `Wherefore ${product.version}`,
    ...(product.commit === null ? [] : [`commit ${product.commit}`]),
    ...(product.contentHash === null ? [] : [`content ${product.contentHash.slice(0, 12)}`]),
    ...(product.model === null ? [] : [`model ${product.model}`]),
    at,
    `took ${saidDuration(durationMs)}`,
    `seed ${seed}`,
    filter === null ? 'everything' : `only ${filter}`,
  ].join(' · ');
}

function verdict({ verdict: { passed, faults, always, tolerated } }: Report): string {
  const rest = `${always.right} of ${always.of} that must always be right are; ${counted(tolerated.length, 'wrong one')} tolerated`;
  return passed
    ? `<div class="verdict passed"><b>✓ Gates passed</b><span>${html(rest)}</span></div>`
    : `<div class="verdict blocked"><b>✗ Blocked by ${counted(faults.length, 'fault')}</b><span>${html(rest)}</span></div>`;
}

function navigation({ summary, verdict: { passed } }: Report): string {
  const links: [string, string][] = [
    ...(passed ? [] : [['faults', 'What blocks'] as [string, string]]),
    ...summary.variants.flatMap(({ variant, isAccuracy, right }): [string, string][] =>
      isAccuracy && right !== null
        ? [
            [variant, `${variant}: where right`],
            [`${variant}-confusion`, 'confusion'],
            [`${variant}-sureness`, 'sureness'],
            [`${variant}-scorers`, 'scorers'],
            [`${variant}-cost`, 'cost'],
          ]
        : [[variant, variant]],
    ),
    ['worst', 'Worst cases'],
    ['baseline', 'Baseline'],
    ['not-run', 'Not run'],
    ['trials', 'All trials'],
  ];
  return `<nav aria-label="Parts of the report"><div>${links.map(([id, name]) => `<a href="#${id}">${html(name)}</a>`).join('')}</div></nav>`;
}

function headline({ summary, difference }: Report): string {
  const worse = difference.cases.filter(({ kind }) => kind === 'worse').length;
  const better = difference.cases.filter(({ kind }) => kind === 'better').length;
  const isOne = summary.variants.filter(({ isAccuracy }) => isAccuracy).length === 1;
  const cards = summary.variants.flatMap((of) =>
    of.isAccuracy ? accuracyCards(of, isOne ? '' : `, ${of.variant}`) : [scriptedCard(of)],
  );
  cards.push(
    difference.baseline === null
      ? card('against the baseline', '–', 'there is none yet')
      : card(
          'against the baseline',
          worse + better === 0
            ? '='
            : `<span class="${worse > 0 ? 'bad' : 'good'}">${worse > 0 ? `▼ ${worse}` : `▲ ${better}`}</span>`,
          html(`${worse} worse, ${better} better, ${difference.same} the same`),
        ),
    card('not run', String(summary.notRun.length), 'in no figure, listed below'),
  );
  return `<section aria-label="Headline figures" class="cards">${cards.join('\n')}</section>`;
}

/** @param whose behind each name, where several variants have the same figures */
function accuracyCards(of: VariantSummary, whose: string): string[] {
  const { right, wrongConfirmed, hardGates, variant, costs } = of;
  if (right === null) return [card(`right, ${variant}`, '–', `${of.notRun} not run`)];
  const broken = new Set(hardGates.flatMap((gate) => gate.broken)).size;
  const time = costs.find(({ unit }) => unit === 'ms');
  const sure = wrongConfirmed?.hits ?? 0;
  return [
    `<div class="card wide"><span class="what">right, ${variant}</span><span class="figure">${percent(right.value)}</span>${shareTrack(right.value, right.interval)}<span class="more">${html(`${saidInterval(right.interval)} (95 %, by incident); ${saidCount(right)} asks about ${counted(of.incidents, 'incident')}`)}</span></div>`,
    card(
      `wrong and confirmed${whose}`,
      `<span class="${sure > 0 ? 'bad' : 'good'}">${sure}</span>`,
      html(
        wrongConfirmed === null ? '' : `${percent(wrongConfirmed.value)} (${saidInterval(wrongConfirmed.interval)})`,
      ),
    ),
    card(
      `hard gates broken${whose}`,
      hardGates.length === 0 ? '–' : `<span class="${broken > 0 ? 'bad' : 'good'}">${broken}</span>`,
      html(hardGates.length === 0 ? 'none was held' : `${counted(hardGates.length, 'gate')} over ${of.trials} answers`),
    ),
    ...(time === undefined
      ? []
      : [
          card(
            `median time${whose}`,
            html(saidDuration(time.median)),
            html(`95 of 100 within ${saidDuration(time.p95)}`),
          ),
        ]),
    ...(of.crashed > 0 ? [card(`crashed${whose}`, `<span class="bad">${of.crashed}</span>`, 'counted as wrong')] : []),
  ];
}

function scriptedCard(of: VariantSummary): string {
  return card(
    `loop and gate, ${of.variant}`,
    html(of.right === null ? '–' : `${of.right.hits}/${of.right.of}`),
    'as scripted; no accuracy',
  );
}

function card(what: string, figure: string, more: string): string {
  return `<div class="card"><span class="what">${html(what)}</span><span class="figure">${figure}</span><span class="more">${more}</span></div>`;
}

function faults({ verdict: { faults: all } }: Report): string {
  if (all.length === 0) return '';
  const rows = all
    .slice(0, MOST_ROWS)
    .map(({ kind, id, why }) => [
      `<span class="nowrap bad">✗ ${FAULT_NAMES[kind]}</span>`,
      html(id ?? ''),
      html(shorten(why, MOST_TEXT)),
    ]);
  return `<section id="faults"><h2>What blocks</h2>${htmlTable([{ name: 'fault' }, { name: 'case' }, { name: 'why' }], rows, 'stack')}${andMore(all.length)}</section>`;
}

function worst({ worst: cases, result }: Report): string {
  if (cases.length === 0)
    return '<section id="worst"><h2>The worst cases</h2><p>Every scorer gives 1 everywhere.</p></section>';
  const shown = cases.map(({ worst: scored, scenarioId, variant, title, bad, trials, why }, at) => {
    const verdict = verdictOf(scored, result);
    return `<article class="worst"><h3><span class="rank">${at + 1}</span><span>${html(scenarioId)}</span><span class="pill ${verdict.className}">${verdict.mark} ${verdict.name}</span><span class="pill soft">${variant}</span></h3>
<p class="soft">${html(`${title} · ${bad} of ${trials} trials bad · ${scored.gate}`)}</p>
<ul>${why.map((line) => `<li>${html(shorten(line, MOST_TEXT))}</li>`).join('')}</ul>
<details><summary>Transcript of ${html(scored.trial.askId)}</summary><div class="inside">${wholeTranscript(scored, result)}</div></details></article>`;
  });
  return `<section id="worst"><h2>The worst cases</h2><p class="note">One for each scenario, by its worst trial: hard gates first, then crashes, what is wrong and confirmed, what must always be right.</p>${shown.join('\n')}</section>`;
}

function toleratedAndNotRun({ summary, verdict: { tolerated } }: Report): string {
  const text = (why: string) => html(shorten(why, MOST_TEXT));
  const notRun = summary.notRun.slice(0, MOST_ROWS).map(({ id, why }) => [html(id), text(why)]);
  const scenarios = [...Map.groupBy(tolerated, ({ id }) => id.split('/')[0] ?? id)];
  const rows = scenarios
    .slice(0, MOST_ROWS)
    .map(([id, trials]) => [
      html(id),
      String(trials.length),
      text(trials[0]?.why ?? ''),
      text(trials[0]?.because ?? ''),
    ]);
  const left =
    notRun.length === 0
      ? '<p>Everything was run.</p>'
      : `<p class="note">The set-up failed, not the answer: in no figure.</p>${htmlTable([{ name: 'trial' }, { name: 'why' }], notRun, 'stack')}${andMore(summary.notRun.length)}`;
  const columns = [
    { name: 'scenario' },
    { name: 'trials', className: 'n' },
    { name: 'why' },
    { name: 'only usually, because' },
  ];
  const wrong =
    rows.length === 0
      ? ''
      : `<details><summary>Wrong where it is only usually right: ${counted(tolerated.length, 'trial')} of ${counted(scenarios.length, 'scenario')}, which block nothing</summary><div class="inside">${htmlTable(columns, rows, 'stack')}${andMore(scenarios.length)}</div></details>`;
  return `<section id="not-run"><h2>Not run</h2>${left}${wrong}</section>`;
}

/** Rows of one table and characters of one sentence: the rest is in the JSON. */
const MOST_ROWS = 100;
const MOST_TEXT = 500;

const andMore = (all: number) => (all > MOST_ROWS ? `<p class="note">and ${all - MOST_ROWS} more</p>` : '');
