/**
 * Characters that nobody sees and that change what a text says to a program: zero-width ones, directions, the tag block
 * (a whole invisible alphabet), variation selectors beyond the 16 of fonts, soft hyphens, controls but line end and tab.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}]|[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f]|[\u{e0100}-\u{e0fff}]/gu;

/** A text with its lines ended by `\n` and without characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(INVISIBLE, '');
}
