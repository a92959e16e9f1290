import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ServiceAccess } from '../tools/platform/http-client.ts';
import { parsePlainYaml } from './parse-plain-yaml.ts';

const MAX_FILE_BYTES = 1 << 20;

const text = z.string().nullish();

/** The parts of a kubeconfig that say how to reach an API server (client-go `clientcmd/api/v1`); all else is passed over. */
const KUBECONFIG = z.object({
  'current-context': text,
  clusters: z
    .array(
      z.object({
        name: z.string(),
        cluster: z.object({
          server: z.string(),
          'certificate-authority': text,
          'certificate-authority-data': text,
          'insecure-skip-tls-verify': z.union([z.string(), z.boolean()]).nullish(),
          'tls-server-name': text,
          'proxy-url': text,
        }),
      }),
    )
    .nullish(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: text }) })).nullish(),
  users: z
    .array(
      z.object({
        name: z.string(),
        user: z
          .object({
            token: text,
            tokenFile: text,
            'client-certificate': text,
            'client-certificate-data': text,
            'client-key': text,
            'client-key-data': text,
            exec: z.unknown().optional(),
            'auth-provider': z.unknown().optional(),
            username: text,
          })
          .nullish(),
      }),
    )
    .nullish(),
});
type Kubeconfig = z.infer<typeof KUBECONFIG>;
type User = NonNullable<NonNullable<Kubeconfig['users']>[number]['user']>;

/**
 * How a kubeconfig file reaches its API server: URL, authority, token or client certificate of one context. Nothing is started for it:
 * what asks a program for the token (`exec`, `auth-provider`) is refused, as is a server whose certificate is not to be checked.
 *
 * @param context null for the file's own `current-context`
 * @returns the access, or why there is none: a sentence that holds no secret
 */
export function readKubeconfig(file: string, context: string | null): ServiceAccess | { problem: string } {
  try {
    return accessOf(read(file), file, context);
  } catch (error) {
    return { problem: `the kubeconfig ${file} ${error instanceof Refused ? error.message : 'cannot be read'}` };
  }
}

/** A reason in words that may be shown. */
class Refused extends Error {}

function read(file: string): Kubeconfig {
  const info = statSync(file, { throwIfNoEntry: false });
  if (!info) throw new Refused('does not exist');
  // A pipe or device has no size and perhaps no end.
  if (!info.isFile()) throw new Refused('is no file');
  if (info.size > MAX_FILE_BYTES) throw new Refused('is larger than 1 MiB');
  let given: unknown;
  try {
    given = parsePlainYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(`is not understood: ${error.message}`);
    throw new Refused(error instanceof SyntaxError ? 'is no JSON' : 'may not be read');
  }
  const parsed = KUBECONFIG.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refused(`is no kubeconfig: ${issue?.path.map(String).join(' → ') || 'its form'}`);
  }
  return parsed.data;
}

function accessOf(config: Kubeconfig, file: string, wanted: string | null): ServiceAccess {
  const name = wanted ?? config['current-context'] ?? '';
  if (name === '') throw new Refused('has no current-context; name one');
  const context = config.contexts?.find((one) => one.name === name)?.context;
  if (!context) throw new Refused(`has no context ${name}`);
  const cluster = config.clusters?.find((one) => one.name === context.cluster)?.cluster;
  if (!cluster) throw new Refused(`has no cluster for the context ${name}`);
  const url = cluster.server.replace(/\/+$/, '');
  if (!/^https?:\/\/[^\s/?#@]{1,300}(?:\/[^\s?#]{0,500})?$/.test(url))
    throw new Refused('names a server that is no URL');
  if (String(cluster['insecure-skip-tls-verify'] ?? 'false') === 'true')
    throw new Refused('turns the check of the server off (insecure-skip-tls-verify); name its authority instead');
  if (cluster['tls-server-name']) throw new Refused('uses tls-server-name, which is not supported');
  if (cluster['proxy-url']) throw new Refused('uses proxy-url, which is not supported');
  const user = config.users?.find((one) => one.name === context.user)?.user ?? {};
  const folder = path.dirname(file);
  const token = tokenOf(user as User, folder);
  const ca = pem(cluster['certificate-authority-data'], cluster['certificate-authority'], folder, 'authority');
  const [cert, key] = [
    pem((user as User)['client-certificate-data'], (user as User)['client-certificate'], folder, 'client certificate'),
    pem((user as User)['client-key-data'], (user as User)['client-key'], folder, 'client key'),
  ];
  if ((cert === null) !== (key === null))
    throw new Refused('has a client certificate or a client key without the other');
  if (url.startsWith('http:') && (token !== null || key !== null))
    throw new Refused('would send its token or certificate over plain http');
  return {
    url,
    ...(token === null ? {} : { token }),
    ...(ca === null && cert === null
      ? {}
      : { tls: { ...(ca === null ? {} : { ca }), ...(cert === null || key === null ? {} : { cert, key }) } }),
  };
}

function tokenOf(user: User, folder: string): string | null {
  for (const way of ['exec', 'auth-provider'] as const) {
    if (user[way] !== undefined && user[way] !== null)
      throw new Refused(
        `gets its token from a program (${way}), which is not started here; give a token or a client certificate`,
      );
  }
  if (user.username) throw new Refused('uses a password; give a token or a client certificate');
  // As for client-go: the file is renewed, so it is the one that counts.
  const token = user.tokenFile ? fileText(user.tokenFile, folder, 'token file').trim() : (user.token ?? null);
  if (token === null || token === '') return null;
  if (!/^[\x21-\x7e]{1,16384}$/.test(token)) throw new Refused('holds a token that is none');
  return token;
}

function pem(
  data: string | null | undefined,
  file: string | null | undefined,
  folder: string,
  what: string,
): string | null {
  const found = data ? Buffer.from(data, 'base64').toString('utf8') : file ? fileText(file, folder, what) : null;
  if (found !== null && !/-----BEGIN [A-Z0-9 ]{3,40}-----/.test(found))
    throw new Refused(`holds no PEM text as its ${what}`);
  return found;
}

/** Names are relative to the kubeconfig, as for kubectl. */
function fileText(name: string, folder: string, what: string): string {
  const file = path.resolve(folder, name);
  try {
    const info = statSync(file);
    if (!info.isFile() || info.size > MAX_FILE_BYTES) throw new Error('no file, or too large');
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refused(`names a ${what} that cannot be read`);
  }
}
