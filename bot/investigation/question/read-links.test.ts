import { describe, expect, it } from 'vitest';
import { readLinks } from './read-links.ts';

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
