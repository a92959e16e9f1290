import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { type ChainLine, chainLines, eventLines } from './chain-lines.ts';
import { changeRows } from './change-rows.ts';
import { formatClock } from './format-clock.ts';
import { isFault, whoText } from './headline.ts';
import { LABELS, STANDING_NAMES } from './labels.ts';
import { ledgerRows } from './ledger-rows.ts';
import { passageOf } from './passage-of.ts';
import { costLine, readingRows } from './reading-rows.ts';
import { ruledOutRows } from './ruled-out-rows.ts';
import { showsLedger } from './shown-ledger.ts';
import { theoryRows } from './theory-rows.ts';
import { visibleText } from './visible-text.ts';
import { whatIfRows } from './what-if-rows.ts';

/** A diagnosis as Markdown: for a ticket, a wiki page or a pull request. Everything read is escaped. */
export function renderMarkdown(diagnosis: Diagnosis): string {
  const parts = diagnosis.refusal
    ? [escapeMarks(diagnosis.refusal.statement)]
    : [causes, events, theories, shown, ledger, changes, passages, ruledOut, needed, evidence].map((part) =>
        part(diagnosis),
      );
  const explained = diagnosis.explanation === undefined ? [] : [escapeMarks(diagnosis.explanation)];
  const blocks = [escapeMarks(diagnosis.summary), ...explained, ...parts, footer(diagnosis)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function causes(diagnosis: Diagnosis): string {
  const shownCauses = diagnosis.outcome === 'needs_more' ? [] : diagnosis.rootCauses;
  return shownCauses.map((cause) => causeBlock(diagnosis, cause)).join('\n\n');
}

function causeBlock(diagnosis: Diagnosis, cause: RootCause): string {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const chain = chainLines(diagnosis, cause).map((line) => `1. ${chainText(line)}`);
  const remedies = cause.remediations.flatMap(({ by, statement, settings, runbook }) => [
    `- ${by === 'platform' ? words.platform : words.user}: ${escapeMarks(statement)}${markOf(diagnosis, runbook)}`,
    ...settings.map(
      ({ key, from, to, because }) => `  - ${code(key)}: ${code(from ?? '–')} → ${code(to)}, ${escapeMarks(because)}`,
    ),
  ]);
  const standing = STANDING_NAMES[language][cause.standing];
  return [
    ...(isFault(cause)
      ? [
          `### ${escapeMarks(cause.statement)}`,
          `${code(cause.code)} · ${standing} · ${escapeMarks(whoText(diagnosis, cause))}`,
        ]
      : []),
    ...(chain.length > 0 ? [`**${isFault(cause) ? words.howItWent : words.proof}**`, chain.join('\n')] : []),
    ...(remedies.length > 0 ? [`**${words.doIt}**`, remedies.join('\n')] : []),
  ].join('\n\n');
}

function chainText({ clock, statement, citations }: ChainLine): string {
  const cited = citations.map(({ ids, where }) => ` [${escapeMarks(`${ids.join(' ')} ${where}`)}]`).join('');
  return `${clock === '' ? '' : `${code(clock)} `}${escapeMarks(statement)}${cited}`;
}

function events(diagnosis: Diagnosis): string {
  const rows = eventLines(diagnosis).map((line) => `1. ${chainText(line)}`);
  return section(LABELS[diagnosis.question.language].happened, rows);
}

function theories(diagnosis: Diagnosis): string {
  return theoryRows(diagnosis)
    .map(
      ({ label, said, why }) =>
        `- **${label}** ${escapeMarks(said.map((text) => `“${text}”`).join(', '))}: ${escapeMarks(why)}`,
    )
    .join('\n');
}

/** Without an answer: what the material shows, and what it could be. */
function shown(diagnosis: Diagnosis): string {
  const [unknown, ...candidates] = diagnosis.rootCauses;
  if (diagnosis.outcome !== 'needs_more' || !unknown) return '';
  const words = LABELS[diagnosis.question.language];
  const seen = chainLines(diagnosis, unknown).map((line) => `- ${chainText(line)}`);
  const possible = candidates.map(({ statement }) => `- ${escapeMarks(statement)}`);
  return [section(words.shows, seen), section(words.candidates, possible)].filter((block) => block !== '').join('\n\n');
}

function ledger(diagnosis: Diagnosis): string {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const table = ledgerRows(diagnosis, language);
  if (!table || !showsLedger(diagnosis)) return '';
  const clock = (ms: number | null) => formatClock(ms ?? 0, table.tenths);
  const compared = table.total.deltaMs !== null;
  const head = compared
    ? [`| ${words.whereTimeWent} | ${words.thisRun} | ${words.usual} | ${words.more} |`, '|---|---:|---:|---:|']
    : [`| ${words.whereTimeWent} | ${words.thisRun} |`, '|---|---:|'];
  const rows = [...table.rows, table.total].map((row) => {
    const more = `${(row.deltaMs ?? 0) >= 0 ? '+' : ''}${clock(row.deltaMs)}`;
    return compared
      ? `| ${row.name} | ${clock(row.ms)} | ${clock(row.baselineMs)} | ${more} |`
      : `| ${row.name} | ${clock(row.ms)} |`;
  });
  return [...head, ...rows].join('\n');
}

function changes(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const what = whatIfRows(diagnosis).map((row) => `- ${words.without} ${escapeMarks(row)}`);
  const rows = changeRows(diagnosis).map((row) => `- ${escapeMarks(row)}`);
  return [what.join('\n'), section(words.changed, rows)].filter((block) => block !== '').join('\n\n');
}

function markOf(diagnosis: Diagnosis, place: string | null): string {
  const cited = passageOf(diagnosis, place);
  return cited ? ` (${cited.id})` : '';
}

/** Where it is written down: with what opens it. */
function passages(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const rows = diagnosis.passages.map(({ id, title, url, page }) => {
    const place = page === undefined ? '' : `, ${words.page} ${page}`;
    return `- **${id}** ${escapeMarks(title ?? '')}: ${code(url)}${place}`;
  });
  return section(words.passages, rows);
}

function ruledOut(diagnosis: Diagnosis): string {
  const rows = ruledOutRows(diagnosis).map((row) => `- ${escapeMarks(row)}`);
  return section(LABELS[diagnosis.question.language].ruledOut, rows);
}

function needed(diagnosis: Diagnosis): string {
  const rows = diagnosis.needed.map(({ what, how }) => `1. ${escapeMarks(what)}: ${escapeMarks(how)}`);
  return section(LABELS[diagnosis.question.language].decide, rows);
}

function evidence(diagnosis: Diagnosis): string {
  const items = diagnosis.evidence.map(
    ({ id, source, locator, provenance, excerpt }) =>
      `- **${id}** ${escapeMarks(source)}, ${locator} (${provenance})\n${fence(excerpt)}`,
  );
  return items.length === 0 ? '' : [`**${LABELS[diagnosis.question.language].evidence}**`, ...items].join('\n\n');
}

function footer(diagnosis: Diagnosis): string {
  const lines = [...readingRows(diagnosis).map(({ label, text }) => `${label}: ${text}`), costLine(diagnosis)];
  return lines.map((line) => `_${escapeMarks(line)}_`).join('  \n');
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `**${title}**\n\n${rows.join('\n')}`;
}

/** An indented fence that no excerpt can close; what would act on the reader's screen is made visible, line by line. */
function fence(excerpt: string): string {
  const longest = Math.max(2, ...(excerpt.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  const lines = excerpt.split('\n').map((line) => `  ${visibleText(line)}`);
  return [`  ${marks}text`, ...lines, `  ${marks}`].join('\n');
}

/** A piece of code that no back tick inside can close. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${marks}${pad}${visibleText(text)}${pad}${marks}`;
}

/** Text that was read may hold marks of Markdown and HTML: they are shown, not obeyed. */
function escapeMarks(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_[\]<>|#~!&]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([-+]|\d{1,9}[.)])(?=\s)/, '$1\\$2')
    .replace(/\b(https?):\/\//gi, '$1&#58;//');
}
