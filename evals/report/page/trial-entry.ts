import type { ChainLink, Diagnosis, RootCause } from '../../../bot/investigation/diagnosis.ts';
import { escapeHtml } from '../../../bot/render/escape-html.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { expectedCode, givenCode, isFirstTrue } from '../given-code.ts';
import { brokenGates, isRight } from '../is-right.ts';
import { saidDuration } from '../say-figures.ts';
import type { ScoredTrial, SuiteResult } from '../suite-result.ts';

/** How much of a trial is told. */
export interface Depth {
  causes: number;
  links: number;
  evidence: number;
  /** Characters of one excerpt; 0: its place alone. */
  excerpt: number;
  /** Characters of one sentence. */
  text: number;
}

const WHOLE: Depth = { causes: 3, links: 10, evidence: 2, excerpt: 400, text: 800 };
/** What is bad and one of many. */
export const WRONG: Depth = { causes: 2, links: 6, evidence: 1, excerpt: 160, text: 400 };
/** What is right, or what there is no more room for. */
export const RIGHT: Depth = { causes: 1, links: 5, evidence: 1, excerpt: 0, text: 220 };

/** How a trial ended, with its mark; a mark and a word, because a colour is not seen by all. */
export function verdictOf(scored: ScoredTrial, result: SuiteResult): { name: string; mark: string; className: string } {
  if (scored.trial.status === 'not_run') return { name: 'not run', mark: '–', className: 'soft' };
  if (scored.trial.status === 'crashed') return { name: 'crashed', mark: '!', className: 'bad' };
  if (brokenGates(scored, result.scorers).length > 0) return { name: 'hard gate', mark: '⊘', className: 'bad' };
  return isRight(scored, result.decidedBy)
    ? { name: 'right', mark: '✓', className: 'good' }
    : { name: 'wrong', mark: '✗', className: 'bad' };
}

/** One trial that folds out, as the search finds it; without a depth its head alone. */
export function trialEntry(scored: ScoredTrial, result: SuiteResult, depth: Depth | null): string {
  const { trial } = scored;
  const verdict = verdictOf(scored, result);
  const times = trial.attempt > 1 || trial.variant === 'live' ? ` #${trial.attempt}` : '';
  const inside = depth === null ? `<p class="note">${TOO_MANY}</p>` : transcript(scored, result, depth);
  return `<details class="trial" data-verdict="${verdict.name}" data-variant="${trial.variant}" data-form="${trial.form}"><summary><span class="mark ${verdict.className}" title="${verdict.name}">${verdict.mark}</span><span>${html(trial.askId)}${times}</span><span class="mono">${html(givenCode(scored))}</span><span class="soft">${isFirstTrue(scored) ? '' : html(`not ${expectedCode(scored)}`)}</span><span class="soft">${trial.variant}</span></summary><div class="inside">${inside}</div></details>`;
}

const TOO_MANY = 'There are too many trials for one page: the JSON beside it has this one.';

/** A trial whole: the question, what was expected, what was answered and on what, what each scorer says. */
export function wholeTranscript(scored: ScoredTrial, result: SuiteResult): string {
  return transcript(scored, result, WHOLE);
}

function transcript(scored: ScoredTrial, result: SuiteResult, depth: Depth): string {
  const { trial } = scored;
  const zh = trial.language === 'en' ? '' : ' lang="zh"';
  return [
    `<p class="question"${zh}>${html(cut(trial.question, depth.text * 2))}</p>`,
    expectedList(scored, depth),
    trial.diagnosis === null
      ? `<p>${html(`${trial.status === 'crashed' ? 'Crashed' : 'Not run'}: ${cut(trial.why ?? 'nobody said why', 600)}`)}</p>`
      : answer(trial.diagnosis, depth),
    scoreList(scored, depth),
    `<p class="note">${html(`${verdictOf(scored, result).name}; ${trial.form}, ${saidDuration(trial.durationMs)}, ${trial.read.length} sources read; ${scored.gate}${scored.gateBecause === null ? '' : `, because ${scored.gateBecause}`}`)}</p>`,
  ].join('\n');
}

function expectedList(scored: ScoredTrial, depth: Depth): string {
  const { behaviour, alsoRight, forbidden, components, window, responsibility, evidence } = scored.expected;
  const rows: [string, string][] = [
    ['expected', `<b>${html(expectedCode(scored))}</b>${behaviour === 'answer' ? '' : ` (${html(behaviour)})`}`],
  ];
  if (depth !== RIGHT) {
    if (alsoRight.length > 0) rows.push(['also right', html(alsoRight.join(', '))]);
    if (forbidden.length > 0) rows.push(['forbidden', html(forbidden.join(', '))]);
  }
  if (depth === WHOLE) {
    if (components.length > 0)
      rows.push(['where', html(components.map(({ kind, id }) => `${kind} ${id}`).join(' or '))]);
    if (window !== null) rows.push(['when', html(`${window.from} to ${window.to}`)]);
    if (responsibility.length > 0) rows.push(['who', html(responsibility.join(' or '))]);
    for (const { link, places } of evidence) {
      const where = places
        .slice(0, 4)
        .map(({ source, lines: [from, to] }) => `${source}:${from}${to > from ? `–${to}` : ''}`);
      rows.push(['proof', `${html(cut(link, 200))} <span class="cite mono">${html(where.join(' or '))}</span>`]);
    }
  }
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

function answer(diagnosis: Diagnosis, depth: Depth): string {
  const causes = diagnosis.rootCauses.slice(0, depth.causes).map((cause) => causeBlock(cause, diagnosis, depth));
  const more = diagnosis.rootCauses.length - causes.length;
  const needed =
    depth === WHOLE ? diagnosis.needed.slice(0, 4).map(({ what }) => `<li>${html(cut(what, 300))}</li>`) : [];
  return [
    `<h4>Answer</h4><p>${html(cut(diagnosis.summary, depth.text))}</p>`,
    ...causes,
    ...(more > 0 ? [`<p class="note">and ${more} more</p>`] : []),
    ...(needed.length > 0 ? [`<h4>What it says would decide</h4><ul>${needed.join('')}</ul>`] : []),
  ].join('\n');
}

function causeBlock(cause: RootCause, { evidence, outcome }: Diagnosis, depth: Depth): string {
  const where = cause.component === null ? '' : ` · ${cause.component.kind} ${cut(cause.component.id, 80)}`;
  const links = cause.chain.slice(0, depth.links).map((link) => linkItem(link, evidence, depth));
  const more = cause.chain.length - links.length;
  return [
    `<p><code>${html(cause.code)}</code> <span class="pill">${html(cause.standing)}</span> <span class="soft">${html(`${outcome} · ${cause.responsibility}${where}`)}</span></p>`,
    ...(depth === RIGHT ? [] : [`<p>${html(cut(cause.statement, depth.text))}</p>`]),
    links.length > 0 ? `<ol class="chain">${links.join('')}</ol>` : '',
    more > 0 ? `<p class="note">and ${more} more links</p>` : '',
  ].join('');
}

function linkItem(link: ChainLink, all: Diagnosis['evidence'], depth: Depth): string {
  const cited = link.evidence.slice(0, depth.evidence).map((id) => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) return `<span class="cite bad">${html(id)}: not among the evidence</span>`;
    const place = `${cut(found.source, 200)}:${found.locator.replace(/^lines? /, '')}`;
    const excerpt = depth.excerpt === 0 ? '' : `<pre>${lines(cut(found.excerpt, depth.excerpt))}</pre>`;
    return `<span class="cite mono">${html(`${place} · ${found.provenance}`)}</span>${excerpt}`;
  });
  return `<li>${html(cut(link.statement, depth.text))}${cited.join('')}</li>`;
}

/** Scorers below 1 with why, and how many gave 1. */
function scoreList({ scores }: ScoredTrial, depth: Depth): string {
  const said = scores.filter(({ value }) => value !== null);
  const below = said.filter(({ value, passed }) => value !== 1 || passed === false);
  const items = below.map(
    ({ scorer, value, detail, passed }) =>
      `<li><b>${html(scorer)}</b> ${(value ?? 0).toFixed(2)}${passed === false ? ' <span class="pill bad">hard gate</span>' : ''} ${html(cut(detail, depth === WHOLE ? 900 : 300))}</li>`,
  );
  if (said.length === 0) return '';
  const full = said.length - below.length;
  const rest =
    full > 0
      ? `<p class="note">${full} of ${said.length} scorers give 1${
          depth === WHOLE
            ? `: ${html(
                said
                  .filter((score) => !below.includes(score))
                  .map(({ scorer }) => scorer)
                  .join(', '),
              )}`
            : ''
        }</p>`
      : '';
  return `<h4>Scores</h4>${items.length > 0 ? `<ul>${items.join('')}</ul>` : ''}${rest}`;
}

const html = escapeHtml;
const cut = (text: string, most: number) => shorten(text, most);
const lines = (text: string) => text.split('\n').map(escapeHtml).join('\n');
