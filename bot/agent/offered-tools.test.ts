import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoCase, demoCase } from '../investigation/fixtures/demo-case.ts';
import type { OfferedTool } from './agent-run.ts';
import { type DeeperLook, openDeeperLook } from './deeper-look.ts';
import { offeredTools } from './offered-tools.ts';
import { Placeholders } from './placeholders.ts';
import { userChosenNames } from './user-chosen-names.ts';

const signal = new AbortController().signal;
const RUN = 'application_1795259698281_0005';
let demo: DemoCase;
let look: DeeperLook;
let tools: OfferedTool[];
const tool = (name: string) => tools.find((one) => one.name === name) as OfferedTool;

beforeAll(async () => {
  demo = await demoCase('failed-run');
  look = await openDeeperLook(
    demo.investigation,
    new Map([['h1', demo.investigation.causes[0] as never]]),
    demo.book,
    demo.platform,
  );
  tools = offeredTools({ look, platform: demo.platform, placeholders: new Placeholders(false) });
}, 60_000);

describe('the tools offered to a model', () => {
  it('are those of areas that there is something of', () => {
    expect(tools.map(({ name }) => name)).toEqual([
      'spark_list_runs',
      'spark_read_run',
      'yarn_read_application',
      'logs_read',
      'memory_read_host',
      'storage_read_host',
      'storage_read_hdfs',
    ]);
    for (const { name, description } of tools) {
      expect(name).toMatch(/^[a-z]+(?:_[a-z]+){1,3}$/);
      expect(description).toContain('Example:');
      expect(description.length).toBeLessThan(500);
    }
  });

  it('give findings with ids of evidence that the gate can read again, within their size', async () => {
    const result = await tool('memory_read_host').run({ hosts: ['bd-node12'] }, signal);
    expect(result.length).toBeLessThan(6_000);
    const ids = [...result.matchAll(/"id":"(e\d+)"/g)].map(([, id = '']) => id);
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) expect(look.valid().has(id), id).toBe(true);
    expect(result).toContain('oom-kill');
  });

  it('read nothing that is not of this investigation', async () => {
    const calls = look.toolCalls;
    const foreign: [string, unknown][] = [
      ['yarn_read_application', { applicationIds: ['application_1795259698281_0999'] }],
      ['logs_read', { applicationIds: [RUN, 'application_1795259698281_0999'] }],
      ['spark_read_run', { run: 'application_1795259698281_0999' }],
      ['memory_read_host', { hosts: ['169.254.169.254'] }],
      ['storage_read_hdfs', { paths: ['/user/of/another'] }],
      ['spark_list_runs', { name: 'salaries', limit: 5 }],
    ];
    for (const [name, input] of foreign)
      expect(await tool(name).run(input, signal)).toContain('not part of this investigation');
    expect(look.toolCalls).toBe(calls);
    expect(await tool('yarn_read_application').run({ applicationIds: [RUN] }, signal)).not.toContain('not part of');
    expect(look.toolCalls).toBe(calls + 1);
  });

  it('take masked names and give masked names', async () => {
    const placeholders = new Placeholders(true, userChosenNames(demo.investigation));
    const host = placeholders.hide('bd-node12');
    expect(host).toMatch(/^‹host:\d+›$/);
    const masked = offeredTools({ look, platform: demo.platform, placeholders });
    const result = await masked.find(({ name }) => name === 'memory_read_host')?.run({ hosts: [host] }, signal);
    expect(result).toContain('finding');
    expect(result).not.toContain('bd-node12');
  });
});
