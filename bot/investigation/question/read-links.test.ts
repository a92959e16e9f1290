import { describe, expect, it } from 'vitest';
import type { QuestionLink } from './question.ts';
import { readLinks, windowOfLink } from './read-links.ts';

describe('readLinks', () => {
  it.each([
    [
      'http://rm01:8088/cluster/app/application_1795259698281_0006',
      'yarn-rm',
      'rm01',
      ['application_1795259698281_0006'],
    ],
    [
      'http://rm01:8088/proxy/application_1795259698281_0006/stages/',
      'yarn-rm',
      'rm01',
      ['application_1795259698281_0006'],
    ],
    [
      'https://shs.corp/history/application_1795259698281_0006/1/jobs/',
      'spark-history',
      'shs.corp',
      ['application_1795259698281_0006'],
    ],
    ['http://gw01:4040/stages/stage/?id=3', 'spark-driver', 'gw01', []],
    ['http://shs:18080/history/app-20261121102734-0001/SQL/', 'spark-history', 'shs', ['app-20261121102734-0001']],
  ])('%s', (url, service, host, applicationIds) => {
    expect(readLinks(`please look: ${url}, it is red`)).toMatchObject([{ url, service, host, applicationIds }]);
  });

  it('reads what Airflow names in path and query', () => {
    const [grid] = readLinks(
      'https://airflow.corp/dags/ad_click_hourly/grid?dag_run_id=scheduled__2026-11-20T00%3A00%3A00%2B00%3A00&task_id=parse_log',
    );
    expect(grid).toMatchObject({
      service: 'airflow',
      dagId: 'ad_click_hourly',
      dagRunId: 'scheduled__2026-11-20T00:00:00+00:00',
      taskId: 'parse_log',
    });
    const [newer] = readLinks('https://af3/dags/ad_click/runs/manual__1/tasks/parse');
    expect(newer).toMatchObject({ dagId: 'ad_click', dagRunId: 'manual__1', taskId: 'parse' });
  });

  it.each([
    [
      'https://af/log?dag_id=ad_click&task_id=parse_log&execution_date=2026-11-20T00%3A00%3A00%2B00%3A00',
      '2026-11-20T00:00:00Z',
    ],
    [
      'https://af/log?dag_id=ad_click&task_id=parse_log&execution_date=2026-11-20T08:00:00+08:00',
      '2026-11-20T00:00:00Z',
    ],
    [
      'https://af/dags/ad_click/grid?dag_run_id=manual__2026-11-20T08%3A12%3A33.123456%2B00%3A00',
      '2026-11-20T08:12:33Z',
    ],
    ['https://af/dags/ad_click/runs/scheduled__2026-11-20T00:00:00+00:00/tasks/group/load?x=1', '2026-11-20T00:00:00Z'],
    ['https://af/dags/ad_click/runs/manual__2026-11-20T08:12:33+00:00_x7Fa/tasks/parse', '2026-11-20T08:12:33Z'],
  ])('%s names when the run was at work', (url, at) => {
    const [link] = readLinks(url);
    expect(link).toMatchObject({ dagId: 'ad_click', runAt: Date.parse(at) });
    const window = windowOfLink(link as QuestionLink);
    expect([window?.from, (window?.to ?? 0) - (window?.from ?? 0)]).toEqual([Date.parse(at), 26 * 3_600_000]);
  });

  it.each(['manual__yesterday', 'scheduled__2026-13-45T99:00:00+00:00', 'backfill'])('%s names no time', (run) => {
    const [link] = readLinks(`https://af/dags/ad_click/grid?dag_run_id=${run}`);
    expect(link?.runAt).toBeUndefined();
    expect(windowOfLink(link as QuestionLink)).toBeNull();
  });

  it('takes a job of the MapReduce history server for its application', () => {
    const [link] = readLinks('http://jhs:19888/jobhistory/job/job_1795259698281_0006');
    expect(link?.applicationIds).toEqual(['application_1795259698281_0006']);
  });

  it('reads the stage whose page it is', () => {
    const [link] = readLinks('https://shs/history/app-20261121102734-0001/1/stages/stage/?id=12&attempt=0');
    expect(link).toMatchObject({ stage: 12, applicationIds: ['app-20261121102734-0001'] });
    expect(readLinks('https://shs/history/app-20261121102734-0001/1/stages/stage/?attempt=0&id=3')[0]?.stage).toBe(3);
  });

  it.each([
    'https%3A%2F%2Frm01%3A8088%2Fcluster%2Fapp%2Fapplication_1795259698281_0006',
    'https://login/?next=http%3A%2F%2Frm01%3A8088%2Fcluster%2Fapp%2Fapplication_1795259698281_0006',
    'https://login/?q=100%&next=http%253A%252F%252Frm01%253A8088%252Fcluster%252Fapp%252Fapplication_1795259698281_0006',
    'https://rm/ui2/#/yarn-app/application_1795259698281_0006/attempts',
  ])('reads through encoding: %s', (url) => {
    expect(readLinks(url)[0]).toMatchObject({ service: 'yarn-rm', applicationIds: ['application_1795259698281_0006'] });
  });

  it("reads Flink's job behind YARN's proxy", () => {
    const [link] = readLinks(
      'http://rm:8088/proxy/application_1795259698281_0006/#/job/eaffacbed6a9d6025a362df2738d5299/overview',
    );
    expect(link).toMatchObject({
      applicationIds: ['application_1795259698281_0006'],
      flinkJobIds: ['eaffacbed6a9d6025a362df2738d5299'],
    });
  });

  it('takes no long time for hostile text', () => {
    const hostile = [
      `https://${'%2F'.repeat(600)}`,
      `https://a/${'/jobhistory/'.repeat(160)}`,
      `https://a/stages/stage/?${'&'.repeat(1900)}`,
    ];
    const before = performance.now();
    readLinks(Array.from({ length: 300 }, (_, at) => hostile[at % 3]).join(' '));
    expect(performance.now() - before).toBeLessThan(300);
  });

  it("reads Flink's job ids", () => {
    const [link] = readLinks('看 http://jm:8081/#/job/running/eaffacbed6a9d6025a362df2738d5299/overview。谢谢');
    expect(link).toMatchObject({ service: 'flink', flinkJobIds: ['eaffacbed6a9d6025a362df2738d5299'] });
  });

  it('ends a link before Chinese text and punctuation', () => {
    expect(readLinks('看http://rm01:8088/cluster/app/application_1795259698281_0006为什么挂了')[0]?.url).toBe(
      'http://rm01:8088/cluster/app/application_1795259698281_0006',
    );
    expect(readLinks('(see http://a.b/c).')[0]?.url).toBe('http://a.b/c');
  });

  it.each(['http://', 'http://[', 'ftp://host/x', 'https://%zz'])('%s is no link', (text) => {
    expect(readLinks(text)).toEqual([]);
  });
});
