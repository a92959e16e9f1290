import type { HttpMiss } from './platform.ts';

/** An answer as it came. */
export interface HttpReply {
  status: number;
  body: Buffer;
  /** `content-type` in lower case, without parameters; empty when there is none. */
  contentType: string;
  /** When it had been read, milliseconds since the epoch. */
  at: number;
  /** Where an answer that was not followed points to. */
  redirect: string | null;
  /** The service's own clock as it stamped the answer (`Date`), milliseconds since the epoch; null when it did not. */
  stampedAt: number | null;
}

/** No answer: why, and for a request that went out in vain its error's text. */
export interface HttpNoReply extends HttpMiss {
  /** What the request itself ended with; null when none was sent, or the service did answer. */
  failure: string | null;
  at: number;
  /** The service took the connection, or not even that, and time ran out. */
  timedOut?: boolean;
}
