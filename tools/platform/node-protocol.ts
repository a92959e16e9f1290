import { z } from 'zod';

/**
 * What `wherefore node` serves and the platform asks: three GET requests, all with a bearer token. Version 1; fields may be added.
 */
export const NODE_REQUESTS = { info: '/v1/info', facts: '/v1/facts', logs: '/v1/logs', log: '/v1/log' } as const;

const HOST_PATH = z
  .string()
  .max(4096)
  .regex(/^\/[^\0]*$/)
  .refine((text) => text.split('/').every((part) => part !== '.' && part !== '..'), 'is no plain path');

/** `/v1/info`: who answers. */
export const NODE_INFO = z.object({
  collector: z.literal('wherefore'),
  version: z.literal(1),
  host: z.string().max(253),
});

/** `/v1/facts`: the kernel's own files of this moment, whole; binary ones as base64. */
export const NODE_FACTS = z.object({
  at: z.number(),
  files: z.array(z.object({ path: HOST_PATH, text: z.string().optional(), base64: z.string().optional() })).max(50_000),
  /** Files that were left out because the answer was full, or could not be read. */
  leftOut: z.number().int().nonnegative(),
  unreadable: z.number().int().nonnegative(),
  /** False when the collector may not read the kernel's ring buffer. */
  kernelMessages: z.boolean().default(true),
});
export type NodeFacts = z.infer<typeof NODE_FACTS>;

/** `/v1/logs`: the logs there are, latest written first. */
export const NODE_LOGS = z.object({
  files: z
    .array(z.object({ path: HOST_PATH, bytes: z.number().int().nonnegative(), modifiedAt: z.number() }))
    .max(50_000),
  leftOut: z.number().int().nonnegative(),
  unreadable: z.number().int().nonnegative(),
});
export type NodeLogs = z.infer<typeof NODE_LOGS>;

/** The largest window of a log that one `/v1/log?path=…&from=…&bytes=…` gives. */
export const MAX_LOG_WINDOW_BYTES = 4 << 20;

/** `/v1/log` for a window of a log; the answer is the bytes themselves. */
export function logRequest(path: string, from: number, bytes: number): string {
  return `${NODE_REQUESTS.log}?path=${encodeURIComponent(path)}&from=${from}&bytes=${bytes}`;
}
