import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import type { Report } from '../make-report.ts';
import type { ScoredTrial } from '../suite-result.ts';
import { type Depth, RIGHT, trialEntry, verdictOf, WRONG } from './trial-entry.ts';

/** What is bad first. */
const ORDER = ['hard gate', 'crashed', 'wrong', 'not run', 'right'];

/** Characters of all transcripts together: a page of 3 MB opens at once on a phone. Above the first, transcripts become short; above the second, heads alone. */
const ROOM = { detailed: 800_000, all: 1_400_000 } as const;

/** Every trial, to be looked through and searched. */
export function trialList({ result }: Report): string {
  const nameOf = (scored: ScoredTrial) => verdictOf(scored, result).name;
  const sorted = result.scored
    .map((scored) => ({ scored, rank: ORDER.indexOf(nameOf(scored)) }))
    .sort((a, b) => a.rank - b.rank || (a.scored.trial.id < b.scored.trial.id ? -1 : 1));
  let used = 0;
  const entries = sorted.map(({ scored }) => {
    const entry = trialEntry(scored, result, depthOf(nameOf(scored), used));
    used += entry.length;
    return entry;
  });
  const named = (of: (scored: ScoredTrial) => string) => [...new Set(result.scored.map(of))].sort();
  const choices = [
    choice('verdict', named(nameOf)),
    choice('variant', result.variants),
    choice(
      'form',
      named(({ trial }) => trial.form),
    ),
  ];
  return `<section id="trials"><h2>All trials</h2><p class="note">What is bad first. Texts are cut; the JSON beside this page has them whole.</p>
<form id="filter" class="filter" role="search" hidden><input name="words" type="search" placeholder="Code, scenario, words of the question or the answer" aria-label="Words to look for">${choices.join('')}<output id="count" class="soft"></output></form>
${entries.join('\n')}</section>`;
}

function depthOf(verdict: string, used: number): Depth | null {
  if (used > ROOM.all) return null;
  return verdict === 'right' || verdict === 'not run' || used > ROOM.detailed ? RIGHT : WRONG;
}

function choice(name: string, values: readonly string[]): string {
  const options = values.map((value) => `<option>${html(value)}</option>`);
  return `<select name="${name}" aria-label="any ${name}"><option value="">any ${name}</option>${options.join('')}</select>`;
}
