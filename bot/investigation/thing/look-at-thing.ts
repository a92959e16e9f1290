import type { Platform } from '../../../tools/platform/platform.ts';
import type { YarnQueue } from '../../../tools/yarn/queue-facts.ts';
import { readQueueSamples } from '../../../tools/yarn/read-queue-samples.ts';
import type { Question } from '../question/question.ts';
import { type AskedThing, readAskedThing } from '../question/read-asked-thing.ts';
import { knownHosts } from './known-hosts.ts';
import { lookAtCluster } from './look-at-cluster.ts';
import { lookAtData } from './look-at-data.ts';
import { lookAtFluid } from './look-at-fluid.ts';
import { lookAtHost } from './look-at-host.ts';
import { lookAtQueue } from './look-at-queue.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

/** The thing other than a run that a question is about, by the names that the platform knows; null where a run is meant. */
export function thingAsked(question: Question, { first, yarn, services }: ThingContext): AskedThing | null {
  const queues = yarn.queues.flatMap(({ name, path }) => [name, path]);
  return readAskedThing(question, { hosts: knownHosts(first, yarn, services), queues });
}

/** What is found out about a thing. */
export async function lookAtThing(asked: AskedThing, context: ThingContext, platform: Platform): Promise<ThingReport> {
  const { kind, name } = asked;
  if (kind === 'queue') {
    const samples = [...(await readQueueSamples(platform)), ...context.yarn.queueHistory];
    return lookAtQueue(
      name,
      context,
      samples.toSorted((a, b) => timeOf(a) - timeOf(b)),
    );
  }
  if (kind === 'cluster' || name === null) return lookAtCluster(context);
  if (kind === 'host') return lookAtHost(name, context);
  // Fluid counts by dataset; the cache below it only over all of them.
  return lookAtFluid({ kind, name }, context) ?? lookAtData({ kind, name }, context);
}

function timeOf(queues: readonly YarnQueue[]): number {
  return queues[0]?.sampledAt ?? 0;
}
