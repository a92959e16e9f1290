import { z } from 'zod';

const ids = z.array(z.string()).describe('ids of evidence, such as e3');

/**
 * What a model gives: it chooses among what code found, by id, and explains. No cause, figure, setting or link comes from here. Length
 * is cut by the gate, not refused: a second call costs more than a lost sentence.
 */
export const AGENT_REPLY = z.object({
  ordering: z.array(z.object({ hypothesis: z.string().describe('h1, …'), reason: z.string(), evidence: ids })),
  reply: z.string(),
  explanation: z.string(),
  remedies: z.array(z.string()).describe('r1, p1, …'),
  missing: z.array(z.string()),
  theories: z.array(
    z.object({
      theory: z.string().describe('t1, …'),
      verdict: z.enum(['confirmed', 'ruled_out', 'open']),
      reason: z.string(),
      evidence: ids,
    }),
  ),
});

/** The answer of a model that has the form, not yet judged. */
export type AgentReply = z.infer<typeof AGENT_REPLY>;
