import { describe, expect, it } from 'vitest';
import { SERVICE_KINDS } from '../../tools/platform/service-name.ts';
import { DAEMONS } from './daemons.ts';
import { serviceOf } from './platform-file.ts';
import { applicationRequests, attemptRequests, requestsOf } from './rest-requests.ts';

const times = { since: 1_795_310_000_000, now: 1_795_310_300_000 };

describe('what is asked when an incident is recorded', () => {
  it('is something of every server that the lab runs, under a name that a capture knows', () => {
    const services = DAEMONS.filter(({ layer }) => layer !== 'collectors').flatMap(({ name }) => serviceOf(name) ?? []);
    expect(services.filter((service) => requestsOf(service, times).length === 0)).toEqual([]);
    expect(services.filter((service) => !(service.replace(/@.*/, '') in SERVICE_KINDS))).toEqual([]);
    for (const service of services) {
      const requests = requestsOf(service, times);
      expect(new Set(requests).size).toBe(requests.length);
      expect(requests.filter((request) => !request.startsWith('/'))).toEqual([]);
    }
  });

  it('is the past of metrics since the lab was brought up, an hour at most', () => {
    const range = (since: number) =>
      /start=(\d+)&end=(\d+)/
        .exec(requestsOf('prometheus', { ...times, since }).at(-1) ?? '')
        ?.slice(1)
        .map(Number);
    expect(range(times.since)).toEqual([1_795_310_000, 1_795_310_300]);
    expect(range(0)).toEqual([1_795_310_300 - 3_600, 1_795_310_300]);
  });

  it('follows applications to their attempts and containers, each once', () => {
    const apps = Buffer.from(
      '{"apps":{"app":[{"id":"application_1_0001","x":"application_1_0001"},{"id":"application_1_0002"}]}}',
    );
    expect(applicationRequests(apps)).toEqual(
      ['application_1_0001', 'application_1_0002'].flatMap((id) => [
        `/ws/v1/cluster/apps/${id}`,
        `/ws/v1/cluster/apps/${id}/appattempts`,
      ]),
    );
    expect(attemptRequests(Buffer.from('"appattempt_1_0002_000001"'))).toEqual([
      '/ws/v1/cluster/apps/application_1_0002/appattempts/appattempt_1_0002_000001/containers',
    ]);
  });
});
