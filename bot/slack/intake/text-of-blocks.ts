/** Nested deeper than any message of Slack's: what lies below is left out. */
const MAX_DEPTH = 12;
/** Pieces of one message; Slack allows 50 blocks. */
const MAX_PIECES = 5_000;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The text that blocks and old attachments of a message show, line by line, still with Slack's escapes: alert bots put all they have to
 * say there. A line that stands twice is told once; unknown kinds of blocks are read by the fields they share.
 */
export function textOfBlocks(message: { blocks?: unknown; attachments?: unknown; text?: unknown }): string {
  const pieces: string[] = [];
  const budget = { left: MAX_PIECES };
  if (typeof message.text === 'string') pieces.push(message.text);
  for (const block of listOf(message.blocks)) pieces.push(pieceOf(block, 0, budget));
  for (const attachment of listOf(message.attachments)) pieces.push(...ofAttachment(attachment, budget));
  const told = new Set<string>();
  return pieces
    .flatMap((piece) => piece.split('\n'))
    .filter((line) => {
      const bare = line.trim();
      if (bare === '') return false;
      if (told.has(bare)) return false;
      told.add(bare);
      return true;
    })
    .join('\n');
}

function ofAttachment(attachment: unknown, budget: { left: number }): string[] {
  if (!isFields(attachment)) return [];
  const { pretext, title, title_link: link, text, fallback, fields, blocks, from_url: from } = attachment;
  const shown = [pretext, title, link, from, text].filter((one): one is string => typeof one === 'string');
  for (const field of listOf(fields))
    if (isFields(field)) shown.push([field.title, field.value].filter((one) => typeof one === 'string').join(': '));
  for (const block of listOf(blocks)) shown.push(pieceOf(block, 0, budget));
  // The fallback repeats what is shown, in one line.
  return shown.some((one) => one.trim() !== '') ? shown : typeof fallback === 'string' ? [fallback] : [];
}

function pieceOf(node: unknown, depth: number, budget: { left: number }): string {
  if (!isFields(node) || depth > MAX_DEPTH || budget.left <= 0) return '';
  budget.left -= 1;
  const own = ownText(node);
  if (own !== null) return own;
  const { type, text, title, fields, elements, rows } = node;
  const parts: string[] = [];
  if (typeof text === 'string') parts.push(text);
  else if (text !== undefined) parts.push(pieceOf(text, depth + 1, budget));
  if (isFields(title)) parts.push(pieceOf(title, depth + 1, budget));
  for (const field of listOf(fields)) parts.push(pieceOf(field, depth + 1, budget));
  // Elements of rich text are pieces of one line; elsewhere each stands by itself.
  const inline = typeof type === 'string' && /^rich_text_(?:section|preformatted|quote)$/.test(type);
  const children = listOf(elements).map((one) => pieceOf(one, depth + 1, budget));
  parts.push(children.join(inline ? '' : '\n'));
  for (const row of listOf(rows))
    parts.push(
      listOf(row)
        .map((cell) => pieceOf(cell, depth + 1, budget))
        .join(' '),
    );
  return parts.filter((part) => part !== '').join('\n');
}

/** Leaves of rich text, as the escapes that the `text` of a message would have. */
function ownText({ type, user_id: user, channel_id: channel, url, text, name, range }: Fields): string | null {
  if (type === 'user' && typeof user === 'string') return `<@${user}>`;
  if (type === 'channel' && typeof channel === 'string') return `<#${channel}>`;
  if (type === 'link' && typeof url === 'string') return typeof text === 'string' ? `<${url}|${text}>` : `<${url}>`;
  if (type === 'emoji' && typeof name === 'string') return `:${name}:`;
  if (type === 'broadcast' && typeof range === 'string') return `<!${range}>`;
  return null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 200) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
