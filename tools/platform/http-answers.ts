import type { HttpIndexLine } from './http-index.ts';

/** A request with its query parameters in one order, so that two spellings of the same question are one. */
export function normaliseRequest(request: string): string {
  const mark = request.indexOf('?');
  if (mark === -1) return trimSlash(request);
  const parameters = request
    .slice(mark + 1)
    .split('&')
    .filter((parameter) => parameter !== '')
    .sort();
  return `${trimSlash(request.slice(0, mark))}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
}

/** The latest good recorded answer to a request, else the latest of any status. */
export function findAnswer(
  index: readonly HttpIndexLine[],
  service: string,
  request: string,
): HttpIndexLine | undefined {
  const wanted = normaliseRequest(request);
  const hits = index.filter((line) => line.service === service && normaliseRequest(line.request) === wanted);
  const good = hits.filter((line) => line.status >= 200 && line.status < 300);
  return (good.length > 0 ? good : hits).reduce<HttpIndexLine | undefined>(
    (latest, line) => (latest === undefined || line.at >= latest.at ? line : latest),
    undefined,
  );
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
