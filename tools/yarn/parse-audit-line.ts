/**
 * The fields of an audit line (`RMAuditLogger`, `NMAuditLogger` of 2.x and 3.x): `KEY=value` separated by tabs; a reader that
 * made blanks of the tabs is tolerated for values without blanks. Values may span lines (a failed application's diagnostics).
 */
export function parseAuditLine(message: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (!message.startsWith('USER=')) return fields;
  const parts = message.includes('\t') ? message.split('\t') : message.split(/ (?=[A-Z]{2,20}=)/);
  for (const part of parts.slice(0, 32)) {
    const equals = part.indexOf('=');
    if (equals > 0 && equals < 24) fields.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return fields;
}

/**
 * The fields of `RMAppManager$ApplicationSummary`: `appId=…,name=…,user=…`, commas, equals signs and line breaks within values escaped
 * by a backslash; absent fields of older versions are simply not there.
 */
export function parseApplicationSummary(message: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (!message.startsWith('appId=application_')) return fields;
  for (const part of splitUnescaped(message.slice(0, 64_000)).slice(0, 64)) {
    const equals = part.indexOf('=');
    if (equals > 0 && equals < 40) fields.set(part.slice(0, equals), unescapeValue(part.slice(equals + 1)));
  }
  return fields;
}

function unescapeValue(value: string): string {
  return value.replace(/\\([,=nrt])/g, (_all, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

function splitUnescaped(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(','); at !== -1; at = text.indexOf(',', at + 1)) {
    if (text[at - 1] === '\\') continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}
