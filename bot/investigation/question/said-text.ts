/** The longest text that is read for words; ids are looked for in all of it. */
const MAX_SAID = 20_000;

/** What a log, a stack trace or a console prints at the start of a line. */
const PRINTED_LINE = new RegExp(
  [
    '^\\s*at [\\w.$<>/]{3,200}\\(',
    '^\\s*(?:Caused by|Suppressed): ',
    '^\\s*\\.\\.\\. \\d+ (?:more|common frames)',
    '^\\s*\\[?\\d{2,4}[-/]\\d{2}[-/]\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}',
    '^\\s*\\[\\s{0,8}\\d{1,9}\\.\\d{3,6}\\]',
    '^\\s*(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\\b[ :\\[]',
    '^\\s*[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2} ',
    '^\\s*(?:[\\w$]{1,60}\\.){2,12}[\\w$]{0,60}(?:Exception|Error)(?::|\\s*$)',
    '^\\s*Traceback \\(most recent call last\\)',
    '^\\s*File "[^"]{1,300}", line \\d',
    '^\\s*[$#] \\S',
    '^\\s*>',
  ].join('|'),
);

/**
 * The asker's own words: fenced code, quoted lines and lines that a program printed are blanked. A long text keeps its
 * beginning and its end.
 */
export function saidText(text: string): string {
  const open = blankFences(text);
  const said = open
    .split('\n')
    .map((line) => (PRINTED_LINE.test(line.slice(0, 400)) ? ' '.repeat(line.length) : line))
    .join('\n');
  if (said.length <= MAX_SAID) return said;
  const head = Math.floor(MAX_SAID * 0.7);
  const tail = said.length - (MAX_SAID - head);
  return `${said.slice(0, head)}\n${said.slice(tail)}`;
}

/** Blanks what stands between fences; an open fence runs to the end. */
function blankFences(text: string): string {
  const parts = text.split('```');
  return parts.map((part, index) => (index % 2 === 1 ? `   ${blank(part)}   ` : part)).join('');
}

function blank(part: string): string {
  return part.replace(/[^\n]/g, ' ');
}
