import type { Platform } from '../platform/platform.ts';
import { parseScheduler } from './parse-scheduler.ts';
import type { YarnQueue } from './queue-facts.ts';

/** Samples of the scheduler that are read, the newest. */
const MAX_SAMPLES = 500;

/** Every recorded state of the queues, oldest first: a live ResourceManager tells only now. */
export async function readQueueSamples(platform: Platform): Promise<readonly (readonly YarnQueue[])[]> {
  const services = (await platform.services()).filter((service) => /^yarn-rm(?:[@:]|$)/.test(service));
  const answers = (await Promise.all(services.map((service) => platform.recorded(service)))).flat();
  return answers
    .filter(({ request, status }) => /^\/ws\/v1\/cluster\/scheduler\/?(?:\?|$)/.test(request) && status === 200)
    .sort((a, b) => a.at - b.at)
    .slice(-MAX_SAMPLES)
    .map(parseScheduler)
    .filter((queues) => queues.length > 0);
}
