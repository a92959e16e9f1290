/** How Slack types a file by its name: media type, its own type, and whether it shows it as a snippet. */
const KINDS: Readonly<Record<string, { mimetype: string; filetype: string; mode: string }>> = {
  csv: { mimetype: 'text/csv', filetype: 'csv', mode: 'snippet' },
  gif: { mimetype: 'image/gif', filetype: 'gif', mode: 'hosted' },
  gz: { mimetype: 'application/gzip', filetype: 'gzip', mode: 'hosted' },
  html: { mimetype: 'text/html', filetype: 'html', mode: 'snippet' },
  jpg: { mimetype: 'image/jpeg', filetype: 'jpg', mode: 'hosted' },
  json: { mimetype: 'application/json', filetype: 'json', mode: 'snippet' },
  log: { mimetype: 'text/plain', filetype: 'text', mode: 'snippet' },
  md: { mimetype: 'text/markdown', filetype: 'markdown', mode: 'snippet' },
  pdf: { mimetype: 'application/pdf', filetype: 'pdf', mode: 'hosted' },
  png: { mimetype: 'image/png', filetype: 'png', mode: 'hosted' },
  txt: { mimetype: 'text/plain', filetype: 'text', mode: 'snippet' },
  zip: { mimetype: 'application/zip', filetype: 'zip', mode: 'hosted' },
};

/** The kind of a file by its name; `binary` where Slack would not know it. */
export function fileKind(name: string): { mimetype: string; filetype: string; mode: string } {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return KINDS[ending] ?? { mimetype: 'application/octet-stream', filetype: 'binary', mode: 'hosted' };
}
