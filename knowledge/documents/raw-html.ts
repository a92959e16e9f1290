import { isHidden, UNSEEN_ELEMENTS } from './hidden-style.ts';

/** Elements without an end tag. */
const VOID = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const NEW_LINE = new Set([
  'br',
  'p',
  'div',
  'tr',
  'li',
  'table',
  'details',
  'summary',
  'ul',
  'ol',
  'pre',
  'h1',
  'h2',
  'h3',
]);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
/** A comment, a declaration, or a tag with its name and attributes (values in quotes may hold `>`). */
const PIECE = /<!--|<[!?][^>]*>|<(\/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;

/**
 * HTML written between the lines of Markdown, read tag by tag, since Markdown hands over `<span hidden>` and `</span>` as
 * two pieces with the text between them apart. Holds which hidden element is open: text inside is left out.
 */
export class RawHtml {
  /** The hidden element that is open and how many of its name are open inside it. */
  #hiding: { name: string; depth: number } | null = null;
  #inComment = false;
  /** Characters that were left out because nobody sees them. */
  hiddenChars = 0;

  /** Whether text that follows now is out of sight. */
  get hiding(): boolean {
    return this.#hiding !== null || this.#inComment;
  }

  /** Takes one piece of raw HTML and gives back the text of it that a reader sees. */
  take(html: string): string {
    let seen = '';
    let at = 0;
    if (this.#inComment) at = this.#endComment(html, 0);
    PIECE.lastIndex = at;
    for (let piece = PIECE.exec(html); piece; piece = PIECE.exec(html)) {
      seen += this.#text(html.slice(at, piece.index));
      at = piece.index + piece[0].length;
      if (piece[0] === '<!--') {
        this.#inComment = true;
        at = this.#endComment(html, at);
        PIECE.lastIndex = at;
      } else if (piece[2] !== undefined) seen += this.#tag(piece[2].toLowerCase(), piece[1] === '/', piece[3] ?? '');
    }
    return seen + this.#text(html.slice(at));
  }

  /** Text that stands between two pieces: as it is, or nothing while it is out of sight. */
  through(text: string): string {
    if (!this.hiding) return text;
    this.hiddenChars += text.length;
    return '';
  }

  #endComment(html: string, from: number): number {
    const end = html.indexOf('-->', from);
    this.hiddenChars += (end < 0 ? html.length : end) - from;
    if (end < 0) return html.length;
    this.#inComment = false;
    return end + 3;
  }

  #text(text: string): string {
    return this.through(text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ''));
  }

  #tag(name: string, closes: boolean, written: string): string {
    const selfClosed = VOID.has(name) || /\/\s*$/.test(written);
    if (this.#hiding) {
      if (name !== this.#hiding.name || selfClosed) return '';
      this.#hiding.depth += closes ? -1 : 1;
      if (this.#hiding.depth === 0) this.#hiding = null;
      return '';
    }
    if (!closes && !selfClosed) {
      const attributes = attributesOf(written);
      const { hidden } = isHidden(
        {
          hidden: attributes.has('hidden'),
          ariaHidden: attributes.get('aria-hidden') === 'true',
          style: attributes.get('style') ?? '',
          ...(attributes.has('color') ? { colour: attributes.get('color') ?? '' } : {}),
        },
        'light',
      );
      if (hidden || UNSEEN_ELEMENTS.has(name)) this.#hiding = { name, depth: 1 };
    }
    if (name === 'td' || name === 'th') return closes ? ' | ' : '';
    return NEW_LINE.has(name) ? '\n' : '';
  }
}

function attributesOf(written: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, plain] of written.matchAll(
    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g,
  ))
    found.set(name.toLowerCase(), double ?? single ?? plain ?? '');
  return found;
}
