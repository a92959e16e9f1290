/** First and last line of a locator (`line 12`, `lines 12-15`), counted from 1; null when it is none. */
export function locatorLines(locator: string): readonly [from: number, to: number] | null {
  const [, from, to] = /^lines? (\d{1,9})(?:-(\d{1,9}))?$/.exec(locator) ?? [];
  if (from === undefined) return null;
  return [Number(from), Number(to ?? from)];
}
