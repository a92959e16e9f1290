/** Shares and multiples written out: nobody reads these out of a record, so they are of the writer's own computing. A half, twice and once are language. */
const IN_WORDS =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand))? (?:per ?cent|percent|gigabytes?|megabytes?|minutes?|hours?|seconds?)\b|\b(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?\b|\b(?:three|four|five|six|seven|eight|nine|ten|twenty|hundred)(?:fold| ?times (?:as|more|slower|longer|larger|bigger|the))\b|\b(?:threefold|fourfold|fivefold|tenfold)\b|[一二三四五六七八九两几][一二三四五六七八九半]?成(?![功员为本就分立交])|百分之[一二三四五六七八九十百零两几]|[二三四五六七八九十百]分之[一二三四五六七八九]|[三四五六七八九十百几]倍/i;

/** The first share, multiple or measure of a text that is written in words; null without one. */
export function figureInWords(text: string): string | null {
  return IN_WORDS.exec(text)?.[0] ?? null;
}
