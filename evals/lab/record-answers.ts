import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answerSource, compactTime } from '../../tools/platform/answer-source.ts';
import { askServices, type ServiceAnswer } from './ask-services.ts';
import { DAEMONS, type Layer } from './daemons.ts';
import type { LabFolder } from './lab-folder.ts';
import { serviceOf } from './platform-file.ts';
import { applicationRequests, attemptRequests, requestsOf } from './rest-requests.ts';

const HEAD = 'at\tservice\trequest\tstatus\tfile\n';

/** Asks every server of the layers that are up what it says now, and adds the answers to a capture. Gives how many were recorded. */
export async function recordAnswers(
  folder: LabFolder,
  capture: string,
  { layers, since }: { layers: readonly Layer[]; since: number },
): Promise<number> {
  const services = DAEMONS.filter(({ layer }) => layers.includes(layer) && layer !== 'collectors').flatMap((daemon) => {
    const service = serviceOf(daemon.name);
    return service === null ? [] : [{ service, origin: new URL(daemon.ready).origin }];
  });
  const now = Date.now();
  const asked = services.map((one) => ({ ...one, requests: requestsOf(one.service, { since, now }) }));
  const first = await askServices(folder, asked);
  const manager = services.find(({ service }) => service === 'yarn-rm');
  const more = async (requests: string[]) =>
    manager && requests.length > 0 ? await askServices(folder, [{ ...manager, requests }]) : [];
  const bodies = (answers: readonly ServiceAnswer[], request: RegExp) =>
    Buffer.concat(answers.filter((one) => one.status === 200 && request.test(one.request)).map(({ body }) => body));
  const applications = await more(applicationRequests(bodies(first, /\/cluster\/apps$/)));
  const attempts = await more(attemptRequests(bodies(applications, /\/appattempts$/)));
  const answers = [...first, ...applications, ...attempts];
  for (const answer of answers) writeAnswer(capture, answer);
  return answers.length;
}

/** One folder for each service: a folder for each part of a request would take more room than the answers. */
function flat(source: string): string {
  const [http = '', service = '', ...rest] = source.split('/');
  return [http, service, rest.join('_')].join('/');
}

/** The file of an earlier answer to the same request that says the same, byte for byte: it is stored once. */
function equalAnswer(capture: string, now: Pick<ServiceAnswer, 'service' | 'request' | 'body'>): string | undefined {
  const lines = readFileSync(path.join(capture, 'http', 'index.tsv'), 'utf8').split('\n');
  return lines
    .map((line) => line.split('\t'))
    .filter(([, service, request]) => service === now.service && request === now.request)
    .map(([, , , , file = '']) => file)
    .find((file) => readFileSync(path.join(capture, file)).equals(Buffer.from(now.body)));
}

/** Adds one answer to `http/` of a capture, and its line to the index. */
export function writeAnswer(capture: string, { service, request, at, status, contentType, body }: ServiceAnswer): void {
  const index = path.join(capture, 'http', 'index.tsv');
  if (!existsSync(index)) {
    mkdirSync(path.dirname(index), { recursive: true });
    writeFileSync(index, HEAD);
  }
  const kind = status === 0 ? 'error' : /json/.test(contentType) ? 'json' : /html/.test(contentType) ? 'html' : 'txt';
  const file = equalAnswer(capture, { service, request, body }) ?? flat(answerSource(service, request, at, kind));
  mkdirSync(path.dirname(path.join(capture, file)), { recursive: true });
  writeFileSync(path.join(capture, file), body);
  appendFileSync(index, `${[compactTime(at), service, request, status, file].join('\t')}\n`);
}
