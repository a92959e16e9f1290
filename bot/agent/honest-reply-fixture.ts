import type { AgentReply } from './agent-reply.ts';

/** Typed by hand as an honest model words it, from the case file of the bundled run. */
export const HONEST_REPLY: AgentReply = {
  ordering: [{ hypothesis: 'h1', reason: 'the kernel says so', evidence: ['e13'] }],
  reply: 'The kernel killed the executor because its own container was full at its limit of 768 MiB [e13].',
  explanation: 'The node itself had memory left: the limit belongs to the container [e11].',
  remedies: ['r2', 'r1'],
  missing: [],
  theories: [],
};
