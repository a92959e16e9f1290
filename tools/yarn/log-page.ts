/** Requests of the JobHistoryServer's and NodeManager's own web pages that show a container's logs. */
const PAGE = /^\/jobhistory\/logs\/([^/?]{1,300})\/(container_\w{1,80})\//;

/**
 * A web page of `/jobhistory/logs/<node>/<container>/<entity>/<user>/<log>` as the text that `yarn logs` prints of it, line for
 * line, so that a line of the text stands at the same number in the page. Hadoop 2.x has nothing but these pages.
 *
 * @returns null when the request is no such page's
 */
export function logPageText(request: string, page: string): string | null {
  const [, node, containerId] = PAGE.exec(request) ?? [];
  if (node === undefined || containerId === undefined) return null;
  let isInside = false;
  const lines = page.split('\n').map((line) => {
    if (isInside) {
      const end = line.indexOf('</pre>');
      if (end === -1) return unescaped(line);
      isInside = false;
      // The next log of the page may begin on the same line.
      return unescaped(line.slice(0, end));
    }
    const begin = line.indexOf('<pre>');
    if (begin !== -1) {
      const rest = line.slice(begin + '<pre>'.length);
      const end = rest.indexOf('</pre>');
      isInside = end === -1;
      return unescaped(end === -1 ? rest : rest.slice(0, end));
    }
    const type = /^\s{0,40}Log Type: ?(\S{1,255})\s{0,10}$/.exec(line)?.[1];
    if (type !== undefined) return `LogType:${type}`;
    return /^\s{0,40}Log Length: ?\d{1,15}\s{0,10}$/.test(line) ? 'LogContents:' : '';
  });
  return [`Container: ${containerId} on ${decoded(node)}`, ...lines.slice(1)].join('\n');
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: ' ' };

function unescaped(text: string): string {
  return text.replace(/&(?:([a-z]{2,4})|#(\d{1,6}));/g, (whole, name: string | undefined, code: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = Number(code);
    return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : whole;
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
