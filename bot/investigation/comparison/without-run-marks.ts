/**
 * A text without what changes from run to run though the job is the same: dates and hours, application and container ids,
 * temporary names, ports, expression ids. Two runs of one job give the same text.
 */
export function withoutRunMarks(text: string): string {
  let plain = text.slice(0, MAX_TEXT);
  for (const [pattern, stand] of MARKS) plain = plain.replace(pattern, stand);
  return plain;
}

const MAX_TEXT = 4_096;

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/\bapplication_\d{10,16}_\d{4,8}\b/g, '<app>'],
  [/\bapp-\d{14}-\d{4,8}\b/g, '<app>'],
  [/\blocal-\d{10,16}\b/g, '<app>'],
  [/\bcontainer_(?:e\d{1,6}_)?\d{10,16}_\d{4,8}_\d{2}_\d{6,8}\b/g, '<container>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [
    /(?<![0-9])(?:19|20)\d\d[-_/.](?:0[1-9]|1[0-2])[-_/.](?:0[1-9]|[12]\d|3[01])(?:[T _](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?Z?)?(?![0-9])/g,
    '<date>',
  ],
  [
    /(?<![0-9])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}(?![0-9])/g,
    '<date>',
  ],
  [/\b(hour|hr|hh|h)=\d{1,2}\b/gi, '$1=<hour>'],
  [/(?<![0-9])1\d{12}(?![0-9])/g, '<epoch>'],
  [/#\d{1,12}L?\b/g, '#'],
  [/\[(?:plan_)?id=#?\d{1,9}\]/g, ''],
];
