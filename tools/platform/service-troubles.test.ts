import { describe, expect, it } from 'vitest';
import type { HttpReply } from './http-reply.ts';
import { troubleBook } from './service-troubles.ts';

const AT = Date.UTC(2026, 10, 21, 11);
const reply = (body: string, more: Partial<HttpReply> = {}): HttpReply => ({
  status: 200,
  body: Buffer.from(body),
  contentType: 'application/json',
  at: AT,
  redirect: null,
  stampedAt: AT,
  ...more,
});

function told(service: string, request: string, ...replies: HttpReply[]): string[] {
  const book = troubleBook();
  for (const one of replies) book.note(service, request, one);
  return book.all().map(({ note }) => note.en);
}

describe('what a service did but answer', () => {
  it.each([
    ['yarn-rm', '/ws/v1/cluster/apps?limit=5', '{"apps":null}'],
    ['spark-history', '/api/v1/applications?limit=5', ' [ ]'],
    ['alluxio-master', '/api/v1/master/info', '{"rpcAddress":"a:19998"}'],
    ['prometheus', '/api/v1/query_range?query=up', '{"status":"success","data":{}}'],
  ])('%s: an answer of another form is told, its own is not', (service, request, own) => {
    expect(told(service, request, reply(own))).toEqual([]);
    const [path] = request.split('?');
    expect(told(service, request, reply('{"payload":[null]}'))).toEqual([
      `${service} answered ${path} with something else than expected: another version, or another service`,
    ]);
    // Other requests of the service are the areas' own matter.
    expect(told(service, '/metrics', reply('{"payload":[null]}'))).toEqual([]);
  });

  it('a clock that is far off is told, one that is near or not stamped is not', () => {
    const at = (hours: number) => reply('{}', { stampedAt: AT + hours * 3_600_000 });
    expect(told('hdfs-namenode', '/jmx', at(5))).toEqual([
      "the clock of hdfs-namenode is 5 h ahead of this machine's: its times may not fit those of others",
    ]);
    expect(told('hdfs-namenode', '/jmx', at(-5))).toEqual([
      "the clock of hdfs-namenode is 5 h behind this machine's: its times may not fit those of others",
    ]);
    expect(told('hdfs-namenode', '/jmx', at(0.05), reply('{}', { stampedAt: null }))).toEqual([]);
  });

  it('one sentence for each service: what failed before how its clock goes', () => {
    const lines = told('kubernetes', '/api/v1/pods', reply('{"message":"no"}', { status: 403, stampedAt: 0 }));
    expect(lines).toEqual(['kubernetes answered /api/v1/pods with status 403 (no)']);
  });
});
