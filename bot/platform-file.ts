import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { HOST_PLACE } from '../tools/platform/hosts-of-cluster.ts';
import { parseServiceName, parseTemplateName, serviceNames } from '../tools/platform/service-name.ts';

const MAX_FILE_BYTES = 1 << 20;

/** Base URL of a service: http or https, no user and password in it (they would be told wherever the URL is). */
export const BASE_URL = z
  .string()
  // `{host}` stands for a name, which is all that a URL may hold in that place.
  .refine((text) => isHttpUrl(text), 'is no http or https URL')
  .refine((text) => !/^https?:\/\/[^/]*@/i.test(text), 'holds a user or password; give a token instead')
  .refine((text) => !/[?#]/.test(text), 'holds a query; give the base URL alone')
  .transform((text) => text.replace(/\/+$/, ''));

function isHttpUrl(text: string): boolean {
  return z.url({ protocol: /^https?$/ }).safeParse(text.replaceAll(HOST_PLACE, 'host')).success;
}

/** How a service is written: its URL alone, or with where its bearer token is. */
const SERVICE = z.preprocess(
  (given) => (typeof given === 'string' ? { url: given } : given),
  z.union([
    z
      .strictObject({
        url: BASE_URL,
        tokenEnv: z.string().min(1).optional(),
        tokenFile: z.string().min(1).optional(),
        /** Of a template: only hosts whose name fits, `*` for any run of characters. */
        only: z
          .string()
          .regex(/^(?=.*[A-Za-z0-9])[A-Za-z0-9._*-]{1,253}$/, 'is no pattern of host names such as bd-*')
          .optional(),
      })
      .refine(({ tokenEnv, tokenFile }) => tokenEnv === undefined || tokenFile === undefined, 'has two tokens'),
    /** Of Kubernetes: server, authority, token or client certificate by a kubeconfig. */
    z.strictObject({ kubeconfig: z.string().min(1), context: z.string().min(1).optional() }),
  ]),
);

const NO_SERVICE = 'is no service';

/**
 * A token goes to whoever the ResourceManager lists: on a cluster that lets anybody in, to anybody. A domain behind `{host}` or
 * a pattern of names bounds it.
 */
function givesTokenToAny(service: z.infer<typeof SERVICE>): boolean {
  if ('kubeconfig' in service || (service.tokenEnv === undefined && service.tokenFile === undefined)) return false;
  return service.only === undefined && /^https?:\/\/\{host\}(?:[:/]|$)/.test(service.url);
}

const CLUSTER = z
  .strictObject({
    /** By the names of DESIGN §9. */
    services: z
      .record(z.string(), SERVICE)
      .superRefine((services, context) => {
        for (const [name, service] of Object.entries(services)) {
          const isTemplate = parseTemplateName(name) !== null;
          const inUrl = 'url' in service && /^https?:\/\/[^/]*\{host\}/.test(service.url);
          const message =
            !isTemplate && parseServiceName(name) === null
              ? NO_SERVICE
              : isTemplate && !inUrl
                ? 'needs {host} as the host of its URL'
                : !isTemplate && inUrl
                  ? 'has {host} in its URL and not in its name'
                  : isTemplate && givesTokenToAny(service)
                    ? 'would give its token to any host that joins the cluster; say which with "only", such as "bd-*", or put a domain behind {host}'
                    : null;
          if (message !== null) context.addIssue({ code: 'custom', path: [name], message });
          else if (isTemplate && !Object.keys(services).some((other) => /^yarn-rm(?:@(?!\{host\}$)|$)/.test(other)))
            context.addIssue({
              code: 'custom',
              path: [name],
              message: 'needs yarn-rm beside it, which knows the hosts',
            });
        }
      })
      .default({}),
    eventLogs: z.string().min(1).optional(),
    hostsDir: z.string().min(1).optional(),
    /** The root folder of each host: `/mnt/{host}`. */
    hosts: z
      .string()
      .refine(
        (text) => /^\/(?:[^{}]{0,1000}\/)?[^{}/]{0,200}\{host\}[^{}]{0,1000}$/.test(text),
        'is no absolute path with {host} in it',
      )
      .optional(),
  })
  .refine(
    ({ hosts, hostsDir }) => hosts === undefined || hostsDir === undefined,
    'has hosts and hostsDir; give one of the two',
  );

const PLATFORM_FILE = z.strictObject({
  clusters: z.record(z.string().regex(/^[\w.-]{1,80}$/), CLUSTER),
});

/** One cluster as the file writes it. */
export type WrittenCluster = z.infer<typeof CLUSTER>;

/**
 * Reads the file that `WHEREFORE_PLATFORM_FILE` names: `{"clusters": {"ads": {"services": {"yarn-rm": "http://…"}, "hostsDir": "…"}}}`.
 * Unknown keys are errors: a misspelt one would switch an area off silently.
 *
 * @returns the clusters by name, or every problem of the file
 */
export function readPlatformFile(file: string): { clusters: Record<string, WrittenCluster> } | { problems: string[] } {
  let given: unknown;
  try {
    if (statSync(file).size > MAX_FILE_BYTES) return { problems: ['is larger than 1 MiB'] };
    given = JSON.parse(readFileSync(file, 'utf8'), (key: string, value: unknown) => {
      // The shapes below would pass over such a key without a word.
      if (key === '__proto__') throw new RangeError('holds a key __proto__');
      return value;
    });
  } catch (error) {
    return { problems: [whyUnread(error)] };
  }
  const parsed = PLATFORM_FILE.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(sentenceOf);
  const unknown = problems.some((problem) => problem.endsWith(NO_SERVICE));
  return { problems: unknown ? [...problems, `known services: ${serviceNames()}`] : problems };
}

function whyUnread(error: unknown): string {
  if (error instanceof SyntaxError) return 'is no JSON';
  if (error instanceof RangeError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return 'does not exist';
  return code === 'EACCES' ? 'may not be read' : 'cannot be read';
}

/** Where and what; never the value, which may be a secret put in the wrong place. */
function sentenceOf({ code, path, message }: z.core.$ZodIssue): string {
  const place = path.map(String).join(' → ');
  if (code === 'invalid_key') return `${place}: is no name (letters, digits, dots and dashes)`;
  return place === '' ? message : `${place}: ${message}`;
}
