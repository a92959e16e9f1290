import { GATEWAY } from './hosts.ts';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import { runOnHost } from './on-host.ts';

/** An answer of a server of the lab, byte for byte; `status` 0 when there was none, with the error as body. */
export interface ServiceAnswer {
  service: string;
  request: string;
  /** Milliseconds since the epoch, when the answer was there. */
  at: number;
  status: number;
  contentType: string;
  body: Buffer;
}

/** A busy machine takes its time; a stopped server never answers, and is not waited for twice. */
const FIRST_TIMEOUT_MS = 15_000;
const NEXT_TIMEOUT_MS = 3_000;

/** Runs on the gateway: services side by side, the requests of one after the other. */
const ASK = `
const rows = [];
await Promise.all(JSON.parse(process.argv[1]).map(async ({ service, origin, requests }) => {
  let timeout = ${FIRST_TIMEOUT_MS};
  for (const request of requests) {
    const row = { service, request };
    try {
      const reply = await fetch(origin + request, { headers: { accept: 'application/json, text/plain, */*' }, signal: AbortSignal.timeout(timeout) });
      row.body = Buffer.from(await reply.arrayBuffer()).toString('base64');
      row.status = reply.status;
      row.contentType = reply.headers.get('content-type') ?? '';
      timeout = ${FIRST_TIMEOUT_MS};
    } catch (error) {
      row.status = 0;
      row.contentType = '';
      row.body = Buffer.from([error.name, error.message, error.cause?.message].filter(Boolean).join(': ') + '\\n').toString('base64');
      timeout = ${NEXT_TIMEOUT_MS};
    }
    row.at = Date.now();
    rows.push(row);
  }
}));
process.stdout.write(JSON.stringify(rows));
`;

/** Asks servers of the lab from its gateway. @throws LabError when the asking itself fails, not an answer */
export async function askServices(
  folder: LabFolder,
  asked: readonly { service: string; origin: string; requests: readonly string[] }[],
): Promise<ServiceAnswer[]> {
  const command = [process.execPath, '--input-type=module', '-e', ASK, '--', JSON.stringify(asked)];
  const { status, text } = await runOnHost(folder, GATEWAY, command);
  if (status !== 0) throw new LabError(`the servers cannot be asked: ${text.slice(-500)}`);
  const rows = JSON.parse(text) as (Omit<ServiceAnswer, 'body'> & { body: string })[];
  return rows.map((row) => ({ ...row, body: Buffer.from(row.body, 'base64') }));
}
