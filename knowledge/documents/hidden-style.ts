/** What a piece of a page stands on, as far as its own styles tell: needed to see white text. */
export type Ground = 'light' | 'dark';

/** Elements whose content no reader sees, whatever their style. */
export const UNSEEN_ELEMENTS: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'head',
  'title',
  'noscript',
  'iframe',
  'object',
  'embed',
  'canvas',
  'svg',
  'math',
  'audio',
  'video',
  'datalist',
  'select',
  'textarea',
  'noembed',
  'noframes',
]);

/** Declarations that take text out of sight. The styles are compared without blanks and in lower case. */
const HIDING =
  /(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|content-visibility:hidden|opacity:(?:0|0?\.0\d*|0%)(?:!|;|$)|font-size:(?:0|0?\.\d+|1)(?:px|pt|em|rem|%)?(?:!|;|$)|(?:left|top|right|bottom|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0\)|(?:max-)?(?:height|width):0(?:px)?(?:!|;|$))/;

const LIGHT_COLOUR =
  /^(?:white|snow|ivory|ghostwhite|whitesmoke|transparent|#f[0-9a-f]f[0-9a-f]f[0-9a-f]|#f[c-f]{0,1}f[c-f]{0,1}f[c-f]{0,1}|#fff[0-9a-f]?|#ffffff[0-9a-f]{2}|rgba?\((?:25[0-5]|24\d),(?:25[0-5]|24\d),(?:25[0-5]|24\d)(?:,[\d.%]+)?\)|rgba\(\d+,\d+,\d+,0(?:\.0\d*)?\)|hsla?\([\d.]+,[\d.]+%,(?:9[5-9]|100)%(?:,[\d.%]+)?\))$/;

/** Whether an element with these attributes is out of a reader's sight, and what its children stand on. */
export function isHidden(
  attributes: { hidden?: boolean; ariaHidden?: boolean; style?: string; colour?: string; background?: string },
  ground: Ground,
): { hidden: boolean; ground: Ground } {
  const style = (attributes.style ?? '')
    .slice(0, 10_000)
    .toLowerCase()
    .replace(/\/\*[^*]*\*\/|\s+/g, '');
  const background = lastOf(style, 'background-color') ?? lastOf(style, 'background') ?? bare(attributes.background);
  const under = background === undefined || background === 'none' ? ground : isLight(background) ? 'light' : 'dark';
  const colour = lastOf(style, 'color') ?? bare(attributes.colour);
  const unseenColour =
    colour !== undefined &&
    (colour === background || colour === 'transparent' || (under === 'light' && isLight(colour)));
  const hidden = attributes.hidden === true || attributes.ariaHidden === true || HIDING.test(style) || unseenColour;
  return { hidden, ground: under };
}

/** Simple selectors (`.class`, `#id`, `tag`) that a style sheet takes out of sight. */
export function hiddenSelectors(sheet: string): Set<string> {
  const found = new Set<string>();
  const text = sheet.slice(0, 200_000).replace(/\/\*[^*]*\*\//g, '');
  for (const rule of text.split('}')) {
    const at = rule.lastIndexOf('{');
    if (at < 0) continue;
    if (!isHidden({ style: rule.slice(at + 1) }, 'light').hidden) continue;
    const selectors = rule.slice(Math.max(0, rule.lastIndexOf('{', at - 1) + 1), at);
    for (const selector of selectors.split(',')) {
      const simple = selector.trim().toLowerCase();
      if (/^[.#]?[\w-]{1,200}$/.test(simple)) found.add(simple);
    }
  }
  return found;
}

function isLight(colour: string): boolean {
  return LIGHT_COLOUR.test(colour);
}

function lastOf(style: string, property: string): string | undefined {
  const values = style.split(';').flatMap((declaration) => {
    const at = declaration.indexOf(':');
    return declaration.slice(0, at) === property ? [declaration.slice(at + 1).replace(/!important$/, '')] : [];
  });
  return values.at(-1);
}

function bare(value: string | undefined): string | undefined {
  return value?.toLowerCase().replace(/\s+/g, '');
}
