import type { Diagnosis } from '../investigation/diagnosis.ts';
import { chainLines } from './chain-lines.ts';
import { formatClock, formatDuration } from './format-duration.ts';
import { LABELS, RESPONSIBILITY_NAMES, STANDING_NAMES } from './labels.ts';
import { ledgerRows } from './ledger-rows.ts';
import { visibleText } from './visible-text.ts';

/** A diagnosis as Markdown: for a ticket, a wiki page or a pull request. Everything read is escaped. */
export function renderMarkdown(diagnosis: Diagnosis): string {
  const blocks = [
    escapeMarks(diagnosis.summary),
    ...(diagnosis.refusal
      ? []
      : [causes(diagnosis), ledgerTable(diagnosis), needed(diagnosis), evidenceList(diagnosis), footer(diagnosis)]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function causes(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const blocks = diagnosis.rootCauses
    .filter((cause) => !cause.code.startsWith('none.'))
    .map((cause) => {
      const standing = STANDING_NAMES[language][cause.standing];
      const who = RESPONSIBILITY_NAMES[language][cause.responsibility];
      const lines = chainLines(diagnosis, cause).map(
        (line) =>
          `1. ${line.clock ? `\`${line.clock}\` ` : ''}${escapeMarks(line.statement)}${line.citations.map((text) => ` [${escapeMarks(text)}]`).join('')}`,
      );
      const remedies = cause.remediations.flatMap((remedy) => [
        `- ${remedy.by === 'platform' ? words.platform : words.user}: ${escapeMarks(remedy.statement)}`,
        ...remedy.settings.map(
          (setting) =>
            `  - \`${setting.key}\`: \`${setting.from ?? '–'}\` → \`${setting.to}\`, ${escapeMarks(setting.because)}`,
        ),
      ]);
      return [
        `### ${escapeMarks(cause.statement)}`,
        `\`${cause.code}\` · ${standing} · ${who}`,
        ...(lines.length > 0 ? [`**${words.howItWent}**`, lines.join('\n')] : []),
        ...(remedies.length > 0 ? [`**${words.doIt}**`, remedies.join('\n')] : []),
      ].join('\n\n');
    });
  const theories = diagnosis.theories.map((theory) => {
    const label = { ruled_out: words.notIt, confirmed: words.confirmedGuess, open: words.openGuess }[theory.verdict];
    return `- ${label}: “${escapeMarks(theory.text)}”${theory.why ? ` – ${escapeMarks(theory.why)}` : ''}`;
  });
  return [...blocks, theories.join('\n')].filter((block) => block !== '').join('\n\n');
}

function ledgerTable(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const table = ledgerRows(diagnosis, language);
  if (!table) return '';
  const compared = table.total.deltaMs !== null;
  const head = compared
    ? [`| ${words.whereTimeWent} | ${words.thisRun} | ${words.usual} | ${words.more} |`, '|---|---:|---:|---:|']
    : [`| ${words.whereTimeWent} | ${words.thisRun} |`, '|---|---:|'];
  const rows = [...table.rows, table.total].map((row) =>
    compared && row.baselineMs !== null && row.deltaMs !== null
      ? `| ${row.name} | ${formatClock(row.ms)} | ${formatClock(row.baselineMs)} | ${row.deltaMs >= 0 ? '+' : ''}${formatClock(row.deltaMs)} |`
      : `| ${row.name} | ${formatClock(row.ms)} |`,
  );
  return [...head, ...rows].join('\n');
}

function needed(diagnosis: Diagnosis): string {
  if (diagnosis.needed.length === 0) return '';
  const words = LABELS[diagnosis.question.language];
  return [
    `**${words.decide}**`,
    diagnosis.needed.map((need) => `1. ${escapeMarks(need.what)}: ${escapeMarks(need.how)}`).join('\n'),
  ].join('\n\n');
}

function evidenceList(diagnosis: Diagnosis): string {
  if (diagnosis.evidence.length === 0) return '';
  const words = LABELS[diagnosis.question.language];
  const items = diagnosis.evidence.map(
    (evidence) =>
      `- **${evidence.id}** ${escapeMarks(evidence.source)}, ${evidence.locator} (${evidence.provenance})\n${fence(evidence.excerpt)}`,
  );
  return [`**${words.evidence}**`, ...items].join('\n\n');
}

function footer(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const lines = [
    ...(diagnosis.skipped ?? []).map((text) => `${words.skipped}: ${escapeMarks(text)}`),
    ...diagnosis.notChecked.map((entry) => `${words.notChecked}: ${entry.area} (${escapeMarks(entry.why)})`),
    `${formatDuration(diagnosis.costs.durationMs, language)}, ${diagnosis.costs.toolCalls} ${words.reads} · ${diagnosis.id}`,
  ];
  return lines.map((line) => `_${line}_`).join('  \n');
}

/** An indented fence that no excerpt can close. */
function fence(excerpt: string): string {
  const longest = Math.max(2, ...(excerpt.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return [`  ${marks}text`, ...excerpt.split('\n').map((line) => `  ${line}`), `  ${marks}`].join('\n');
}

/** Text that was read may hold marks of Markdown and HTML: they are shown, not obeyed. */
function escapeMarks(text: string): string {
  return visibleText(text).replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}
