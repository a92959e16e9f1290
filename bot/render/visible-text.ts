/**
 * Makes characters visible that would act on the reader's screen instead of being read: control characters and ANSI codes,
 * bidirectional overrides, zero-width characters. New lines and tabs become spaces.
 */
export function visibleText(text: string): string {
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}
