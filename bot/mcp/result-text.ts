import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../tools/evidence/join-keys.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import type { Outcome } from '../../tools/evidence/outcome.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { foldFindings } from '../investigation/joining/fold-findings.ts';
import { visibleText } from '../render/visible-text.ts';

/** The longest text of one result, in characters: some 3,500 tokens, so that a client's model can call several tools. */
export const MAX_RESULT_CHARACTERS = 14_000;
const MAX_FINDINGS = 20;
const MAX_FACTS = 60;
const MAX_EVIDENCE = 24;
const MAX_LINE = 600;
const MAX_EXCERPT = 320;
const MAX_NOTES = 12;

/** What a tool brought, in the words of its area. */
export interface Told {
  findings: readonly Finding[];
  /** One line for each fact worth knowing, the most telling first. */
  facts: readonly string[];
}

/**
 * A tool's outcome as compact text: judgements with the ids of their evidence, facts, the evidence quoted, and what was left out.
 * Everything in it was read and is data: control characters are made visible and secrets masked.
 *
 * @param prefix what the ids of evidence begin with, so that ids of several results in one session differ
 * @param narrowBy names of the inputs that make the result smaller
 */
export function resultText(outcome: Outcome<Told>, prefix: string, narrowBy: readonly string[]): string {
  if (outcome.outcome === 'no_data') return `outcome: no_data\n${line(outcome.looked.en)}`;
  if (outcome.outcome === 'failed') {
    const again = outcome.retryable ? 'worth trying again' : 'trying again will not help';
    return `outcome: failed\n${line(outcome.why.en)} (${again})`;
  }
  const folded = foldFindings(outcome.value.findings).sort((a, b) => rankOf(b) - rankOf(a));
  const groups = alike(folded);
  const shown = groups.slice(0, MAX_FINDINGS);
  const cited = new Cited(prefix);
  const findings = shown.map((group) => findingLine(group, cited));
  const facts = outcome.value.facts.slice(0, MAX_FACTS).map((fact) => `- ${line(fact)}`);
  const evidence = cited.lines();
  const leftOut = [
    ...tooMany(groups.length - shown.length, 'finding'),
    ...tooMany(outcome.value.facts.length - facts.length, 'fact'),
  ];
  const narrow = leftOut.length > 0 && narrowBy.length > 0 ? `; narrow with ${narrowBy.join(', ')}` : '';
  const notes = outcome.notes.slice(0, MAX_NOTES).map(({ en }) => `- ${line(en)}`);
  const text = [
    'outcome: ok',
    ...section(findings.length === 0 ? 'findings: none' : 'findings:', findings),
    ...section('facts:', facts),
    ...section('evidence (quoted from the platform):', evidence),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(', ')}${narrow}`] : []),
    ...section('not read or read in part:', notes),
    ...(outcome.notes.length > notes.length ? [`and ${plural(outcome.notes.length - notes.length, 'more note')}`] : []),
  ].join('\n');
  return cutText(text, narrowBy);
}

/** Text cut to the size of a result, saying so and how to narrow. */
export function cutText(text: string, narrowBy: readonly string[]): string {
  if (text.length <= MAX_RESULT_CHARACTERS) return text;
  const kept = text.slice(0, MAX_RESULT_CHARACTERS);
  const whole = kept.slice(0, Math.max(kept.lastIndexOf('\n'), 0));
  const narrow = narrowBy.length > 0 ? `; narrow with ${narrowBy.join(', ')}` : '';
  return `${whole}\nleft out: ${plural(text.length - whole.length, 'more character')} of this result${narrow}`;
}

function tooMany(left: number, noun: string): string[] {
  return left > 0 ? [plural(left, `more ${noun}`)] : [];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 || heading.endsWith('none') ? [heading, ...lines] : [];
}

function line(text: string): string {
  return visibleText(shorten(maskSecrets(text), MAX_LINE));
}

/** What names a cause and was observed comes first, then what explains more. */
function rankOf({ code, kind, weight, echo }: Finding): number {
  return (code === null ? 0 : 4) + (kind === 'observed' ? 2 : 0) + (echo ? -4 : 0) + weight;
}

/** Findings that say the same but for figures, in the order of the first of each: told once, with how many there are. */
function alike(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.code} ${finding.statement.en.replace(/\d+/g, '0')}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function findingLine([finding, ...others]: readonly [Finding, ...Finding[]], cited: Cited): string {
  const { code, symptom, kind, at, count, statement, keys, evidence } = finding;
  const ids = cited.ids(evidence);
  const parts = [
    code ?? symptom ?? 'observation',
    kind,
    ...(at === null ? [] : [isoTime(at) ?? '']),
    ...(count > 1 ? [`×${count}`] : []),
  ];
  const where = keysText(keys);
  return `- ${parts.join(' ')}: ${line(statement.en)}${where === '' ? '' : ` (${where})`}${ids.length > 0 ? ` [${ids.join(' ')}]` : ''}${likeIt(others)}`;
}

/** How many more say the same, until when and where. */
function likeIt(others: readonly Finding[]): string {
  if (others.length === 0) return '';
  const last = Math.max(...others.map(({ at }) => at ?? 0));
  const places = [...new Set(others.map(({ keys }) => keys.containerId ?? keys.host ?? ''))]
    .filter(Boolean)
    .slice(0, 4);
  const until = last > 0 ? `, the last ${isoTime(last)}` : '';
  const where = places.length > 0 ? `, of ${places.map(line).join(' ')}` : '';
  return `; and ${others.length} more like it${until}${where}`;
}

function keysText(keys: JoinKeys): string {
  const { applicationId, host, containerId, executorId, stageId, pid } = keys;
  const named = Object.entries({ applicationId, host, containerId, executorId, stageId, pid });
  return named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${line(String(value))}`])).join(', ');
}

/** Evidence in the order of first use; a quote used twice has one id. */
class Cited {
  readonly #prefix: string;
  readonly #known = new Map<string, { id: string; piece: Evidence }>();
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  ids(evidence: readonly Evidence[]): string[] {
    return evidence.slice(0, 3).flatMap((piece) => {
      const key = `${piece.source}\u0000${piece.fromLine}\u0000${piece.excerpt}`;
      const before = this.#known.get(key);
      if (before) return [before.id];
      if (this.#known.size >= MAX_EVIDENCE) return [];
      const id = `${this.#prefix}e${this.#known.size + 1}`;
      this.#known.set(key, { id, piece });
      return [id];
    });
  }

  lines(): string[] {
    return [...this.#known.values()].map(({ id, piece }) => {
      const { source, fromLine, toLine, provenance, excerpt } = piece;
      const place = fromLine === toLine ? `line ${fromLine}` : `lines ${fromLine}-${toLine}`;
      const quoted = visibleText(shorten(maskSecrets(excerpt), MAX_EXCERPT));
      return `${id} ${provenance} ${line(source)} ${place}: ${JSON.stringify(quoted)}`;
    });
  }
}
