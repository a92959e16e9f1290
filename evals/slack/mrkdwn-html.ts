/** Text for HTML: also what Slack's own escapes stand for is written as text again. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Slack's markup as HTML, by its rules (docs.slack.dev/messaging/formatting-message-text): marks count only at the edge of a word, so
 * that a mark beside a letter or a Han character stays a sign; links open nothing in a preview.
 */
export function mrkdwnHtml(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const quote = /^(?:>|&gt;) ?/.exec(line);
      return quote ? `<blockquote>${inline(line.slice(quote[0].length))}</blockquote>` : `${inline(line)}<br>`;
    })
    .join('')
    .replace(/<br>$/, '');
}

/** Pieces that hold no other: code, links and mentions. */
const PIECES = /`([^`\n]+)`|<([^<>|\n]*)(?:\|([^<>\n]*))?>/g;

function inline(line: string): string {
  let html = '';
  let from = 0;
  for (const match of line.matchAll(PIECES)) {
    const [whole, codeText, target = '', label] = match;
    if (codeText !== undefined && !standsAlone(line, match.index, whole.length)) continue;
    html +=
      marked(line.slice(from, match.index)) +
      (codeText === undefined ? angled(target, label) : `<code>${shown(codeText)}</code>`);
    from = match.index + whole.length;
  }
  return html + marked(line.slice(from));
}

function angled(target: string, label: string | undefined): string {
  if (/^[@#!]/.test(target)) return `<span class="mention">${escapeHtml(target)}</span>`;
  return `<a title="${escapeHtml(decoded(target))}">${shown(label ?? target)}</a>`;
}

const MARKS = [
  [/\*([^*\n]+)\*/g, 'b'],
  [/_([^_\n]+)_/g, 'i'],
  [/~([^~\n]+)~/g, 's'],
] as const;

function marked(text: string): string {
  return MARKS.reduce(
    (html, [mark, tag]) =>
      html.replace(mark, (whole, inner: string, at: number) =>
        standsAlone(html, at, whole.length) && inner.trim() === inner ? `<${tag}>${inner}</${tag}>` : whole,
      ),
    shown(text),
  );
}

/** A mark formats only where no letter, digit or Han character stands right beside it. */
function standsAlone(text: string, at: number, length: number): boolean {
  const [before, after] = [text[at - 1] ?? ' ', text[at + length] ?? ' '];
  return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}

function shown(text: string): string {
  return escapeHtml(decoded(text));
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
