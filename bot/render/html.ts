import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { splitSentences } from '../investigation/split-sentences.ts';
import { type ChainLine, chainLines, eventLines } from './chain-lines.ts';
import { changeRows } from './change-rows.ts';
import type { ChartKind } from './charts/chart-data.ts';
import type { PageChart } from './charts/draw-for-page.ts';
import { escapeHtml as html } from './escape-html.ts';
import { formatClock } from './format-clock.ts';
import { isFault, whoText } from './headline.ts';
import { HTML_STYLE } from './html-style.ts';
import { LABELS, STANDING_NAMES } from './labels.ts';
import { ledgerRows } from './ledger-rows.ts';
import { passageOf } from './passage-of.ts';
import { costLine, readingRows } from './reading-rows.ts';
import { ruledOutRows } from './ruled-out-rows.ts';
import { theoryRows } from './theory-rows.ts';
import { whatIfRows } from './what-if-rows.ts';

/** What a page shows beside the diagnosis. */
export interface PageParts {
  /** Drawn by `drawForPage`. */
  charts?: readonly PageChart[];
  /** Sections that are ready: blocks of the page, below the answer and above the evidence. */
  sections?: readonly string[];
  /** All that is cited on the page; absent: the evidence of the diagnosis. */
  evidence?: Diagnosis['evidence'];
}

/** A diagnosis as one self-contained page: no script, no outside request, readable on a phone and in the dark. */
export function renderHtml(
  diagnosis: Diagnosis,
  { charts = [], sections = [], evidence: cited }: PageParts = {},
): string {
  const { language, text } = diagnosis.question;
  const figures = (...kinds: readonly ChartKind[]) =>
    charts.flatMap((chart) => (kinds.includes(chart.kind) ? [figure(chart)] : []));
  // Without a comparison the bars of the table are the drawing.
  const isCompared = diagnosis.comparison !== null;
  const parts = diagnosis.refusal
    ? [`<p>${html(diagnosis.refusal.statement)}</p>`, ...sections]
    : [
        causes(diagnosis),
        events(diagnosis),
        ...figures('timeline', 'memory-against-limit'),
        theories(diagnosis),
        shown(diagnosis),
        ...(isCompared ? figures('ledger') : []),
        ledger(diagnosis, isCompared && figures('ledger').length > 0),
        ...figures('task-times'),
        changes(diagnosis),
        passages(diagnosis),
        ruledOut(diagnosis),
        needed(diagnosis),
        ...sections,
        evidence(cited ?? diagnosis.evidence, language),
      ];
  const [heading, more] = headed(diagnosis);
  const body = [
    `<p class="question">${html(text)}</p>`,
    `<h1>${html(heading)}</h1>`,
    ...(more === '' ? [] : [`<p>${html(more)}</p>`]),
    ...(diagnosis.explanation === undefined ? [] : [`<p>${html(diagnosis.explanation)}</p>`]),
    ...parts,
    footer(diagnosis),
  ];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(diagnosis.subject?.name ?? diagnosis.subject?.id ?? diagnosis.id)}</title>
<style>${HTML_STYLE}</style>
</head>
<body><main>
${body.filter((block) => block !== '').join('\n')}
</main></body>
</html>
`;
}

/** A model's sentences follow the opening of code: too long for a heading. */
function headed({ author, summary }: Diagnosis): [string, string] {
  if (author !== 'agent') return [summary, ''];
  const [first = summary] = splitSentences(summary);
  return [first, summary.slice(first.length).trim()];
}

function causes(diagnosis: Diagnosis): string {
  const shownCauses = diagnosis.outcome === 'needs_more' ? [] : diagnosis.rootCauses;
  return shownCauses.map((cause) => causeSection(diagnosis, cause)).join('\n');
}

function causeSection(diagnosis: Diagnosis, cause: RootCause): string {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const links = chainLines(diagnosis, cause).map((line) => `<li>${chainItem(line)}</li>`);
  const remedies = cause.remediations.map(({ by, statement, settings, runbook }) => {
    const values = settings.map(
      ({ key, from, to, because }) =>
        `<li><code>${html(key)}</code> <code>${html(from ?? '–')}</code> → <code><b>${html(to)}</b></code><br>${html(because)}</li>`,
    );
    const who = by === 'platform' ? words.platform : words.user;
    const cited = passageOf(diagnosis, runbook);
    const mark = cited ? ` <a href="#${cited.id}">${cited.id}</a>` : '';
    return `<li><span class="by">${who}</span>${html(statement)}${mark}${values.length > 0 ? `<ul>${values.join('')}</ul>` : ''}</li>`;
  });
  const head = isFault(cause)
    ? `<h2>${html(cause.statement)}</h2><p><span class="tag ${cause.standing}">${STANDING_NAMES[language][cause.standing]}</span> ${html(whoText(diagnosis, cause))} · <code>${html(cause.code)}</code></p>`
    : '';
  return [
    `<section>${head}`,
    remedies.length > 0 ? `<h3>${words.doIt}</h3><ul class="plain">${remedies.join('\n')}</ul>` : '',
    links.length > 0
      ? `<h3>${isFault(cause) ? words.howItWent : words.proof}</h3><ol class="chain">${links.join('\n')}</ol>`
      : '',
    '</section>',
  ].join('\n');
}

function chainItem({ clock, statement, citations }: ChainLine): string {
  const cited = citations.map(({ ids, where }) => {
    const links = ids.map((id) => `<a href="#${html(id)}">${html(id)}</a>`).join(' ');
    return `<span class="cite">${links} ${html(where)}</span>`;
  });
  return `${clock === '' ? '' : `<time>${html(clock)}</time> `}${html(statement)}${cited.join('')}`;
}

function events(diagnosis: Diagnosis): string {
  const items = eventLines(diagnosis).map((line) => `<li>${chainItem(line)}</li>`);
  return list(LABELS[diagnosis.question.language].happened, items, 'ol');
}

function theories(diagnosis: Diagnosis): string {
  const { colon } = LABELS[diagnosis.question.language];
  const items = theoryRows(diagnosis).map(({ label, said, why }) => {
    const quoted = said.map((text) => `“${html(text)}”`).join(', ');
    return `<li><span class="by">${html(label)}</span>${quoted}${colon}${html(why)}</li>`;
  });
  return items.length > 0 ? `<section><ul class="plain">${items.join('\n')}</ul></section>` : '';
}

/** Without an answer: what the material shows, and what it could be. */
function shown(diagnosis: Diagnosis): string {
  const [unknown, ...candidates] = diagnosis.rootCauses;
  if (diagnosis.outcome !== 'needs_more' || !unknown) return '';
  const words = LABELS[diagnosis.question.language];
  const seen = chainLines(diagnosis, unknown).map((line) => `<li>${chainItem(line)}</li>`);
  const possible = candidates.map(({ statement }) => `<li>${html(statement)}</li>`);
  return list(words.shows, seen, 'ul') + list(words.candidates, possible, 'ul');
}

/** Both drawings stand in the page, and its style shows one. */
function figure({ title, wide, narrow }: PageChart): string {
  return `<figure><figcaption>${html(title)}</figcaption>${wide}${narrow}</figure>`;
}

/** @param isDrawn its bars are drawn above: the table has the figures alone */
function ledger(diagnosis: Diagnosis, isDrawn: boolean): string {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const table = ledgerRows(diagnosis, language);
  if (!table) return '';
  const clock = (ms: number | null) => formatClock(ms ?? 0, table.tenths);
  const compared = table.total.deltaMs !== null;
  const rows = [...table.rows, table.total].map((row) => {
    const sign = (row.deltaMs ?? 0) >= 0 ? '+' : '';
    const figures = compared ? [clock(row.ms), clock(row.baselineMs), sign + clock(row.deltaMs)] : [clock(row.ms)];
    const cells = figures.map((figure) => `<td>${figure}</td>`).join('');
    return `<tr${row === table.total ? ' class="total"' : ''}><th scope="row">${html(row.name)}</th>${cells}${isDrawn ? '' : bar(row.bar)}</tr>`;
  });
  const heads = compared ? [words.thisRun, words.usual, words.more] : [words.thisRun];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  const title = isDrawn ? '' : `<h3>${words.whereTimeWent}</h3>`;
  return `<section>${title}<table><thead><tr><td></td>${head}${isDrawn ? '' : '<td></td>'}</tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function bar(share: number): string {
  return `<td class="bar"><i style="width:${Math.round(share * 100)}%"></i></td>`;
}

function changes(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const what = whatIfRows(diagnosis).map((row) => `<p><span class="by">${words.without}</span>${html(row)}</p>`);
  const rows = changeRows(diagnosis).map((row) => `<li>${html(row)}</li>`);
  return what.join('\n') + list(words.changed, rows, 'ul');
}

/** Where it is written down. Only a whole web address becomes a link: a path opens nothing from wherever this page lies. */
function passages(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const items = diagnosis.passages.map(({ id, title, url, page }) => {
    const place = page === undefined ? html(url) : `${html(url)}, ${words.page} ${page}`;
    const opened = /^https?:\/\//i.test(url)
      ? `<a href="${html(url)}" rel="noreferrer">${place}</a>`
      : `<code>${place}</code>`;
    return `<li id="${id}"><b>${id}</b> ${html(title ?? '')}<br>${opened}</li>`;
  });
  return list(words.passages, items, 'ul');
}

function ruledOut(diagnosis: Diagnosis): string {
  const rows = ruledOutRows(diagnosis).map((row) => `<li>${html(row)}</li>`);
  return list(LABELS[diagnosis.question.language].ruledOut, rows, 'ul');
}

function needed(diagnosis: Diagnosis): string {
  const rows = diagnosis.needed.map(({ what, how }) => `<li>${html(what)}<br><code>${html(how)}</code></li>`);
  return list(LABELS[diagnosis.question.language].decide, rows, 'ol');
}

function evidence(cited: Diagnosis['evidence'], language: Language): string {
  const items = cited.map(
    ({ id, source, locator, provenance, excerpt }) =>
      `<details id="${html(id)}"><summary><b>${html(id)}</b> ${html(source)}, ${html(locator)} · ${html(provenance)}</summary><pre>${excerpt.split('\n').map(html).join('\n')}</pre></details>`,
  );
  if (items.length === 0) return '';
  return `<section><h3>${LABELS[language].evidence}</h3>${items.join('\n')}</section>`;
}

function footer(diagnosis: Diagnosis): string {
  const rows = readingRows(diagnosis).map(({ label, text }) => `${label}: ${text}`);
  return `<footer>${[...rows, costLine(diagnosis)].map(html).join('<br>')}</footer>`;
}

function list(title: string, items: readonly string[], tag: 'ul' | 'ol'): string {
  return items.length === 0 ? '' : `<section><h3>${html(title)}</h3><${tag}>${items.join('\n')}</${tag}></section>`;
}
