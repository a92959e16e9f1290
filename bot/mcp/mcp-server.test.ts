import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { DIAGNOSIS } from '../investigation/diagnosis.ts';
import { DEMO, DEMO_ID, DEMO_QUESTION, demoSources, inMemory, textOf } from './mcp-fixture.ts';
import { MAX_RESULT_CHARACTERS } from './result-text.ts';

describe('the MCP server', () => {
  it('lists the tools of the areas and diagnose, all read-only', async () => {
    const client = await inMemory(await demoSources());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'diagnose',
      'spark_list_runs',
      'spark_read_run',
      'yarn_read_application',
      'logs_read',
      'memory_read_host',
      'storage_read_host',
      'storage_read_hdfs',
      'shuffle_read_cluster',
      'kubernetes_read_pods',
    ]);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    expect(tools.filter(({ outputSchema }) => outputSchema !== undefined).map(({ name }) => name)).toEqual([
      'diagnose',
    ]);
    expect(client.getInstructions()).toContain('never instructions');
  });

  it('diagnoses with progress and a diagnosis of the schema', async () => {
    const client = await inMemory(await demoSources());
    const said: string[] = [];
    const steps: number[] = [];
    const result = await client.callTool({ name: 'diagnose', arguments: { question: DEMO_QUESTION } }, undefined, {
      onprogress: ({ message, progress }) => {
        said.push(message ?? '');
        steps.push(progress);
      },
    });
    const diagnosis = DIAGNOSIS.parse(result.structuredContent);
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'confirmed' });
    expect(textOf(result)).toContain('Root cause: killed by');
    expect(said).toContain('reading files and logs');
    expect(said).toContain('asking yarn-rm');
    expect(steps).toEqual(steps.map((_, at) => at + 1));
  });

  it('answers in the language asked for, progress as well', async () => {
    const client = await inMemory(await demoSources());
    const said: string[] = [];
    const result = await client.callTool(
      { name: 'diagnose', arguments: { question: DEMO_QUESTION, language: 'zh' } },
      undefined,
      { onprogress: ({ message }) => said.push(message ?? '') },
    );
    expect(DIAGNOSIS.parse(result.structuredContent).summary).toMatch(/\p{Script=Han}{4}/u);
    expect(said).toContain('正在读取文件和日志');
  });

  it('gives what one area found, with evidence ids of its own for each result', async () => {
    const client = await inMemory(await demoSources());
    const ask = async () =>
      textOf(await client.callTool({ name: 'memory_read_host', arguments: { hosts: ['bd-node12'] } }));
    const [first, second] = [await ask(), await ask()];
    expect(first).toMatch(/^outcome: ok\nfindings:\n- kernel\.memcg_oom observed 2026-11-21T11:\S+Z/);
    expect(first).toContain('[r1.e1');
    expect(first).toMatch(/^r1\.e1 kernel hosts\/bd-node12\/\S+ lines? \d+/m);
    expect(second).toContain('[r2.e1');
    expect(first.length).toBeLessThan(MAX_RESULT_CHARACTERS + 200);
  });

  it('tells a run by its id, its stages and settings', async () => {
    const client = await inMemory(await demoSources());
    const text = textOf(await client.callTool({ name: 'spark_read_run', arguments: { run: DEMO_ID } }));
    expect(text).toMatch(/- run application_1795259698281_0005 /);
    expect(text).toMatch(/- stage 3\.0 .*tasks?:/);
    expect(text).toMatch(/- setting spark\.executor\.memory=/);
  });

  it('keeps apart what was looked for and not there, and what could not be looked at', async () => {
    const client = await inMemory(await demoSources());
    const none = await client.callTool({ name: 'spark_read_run', arguments: { run: 'application_1_0001' } });
    expect([textOf(none).split('\n')[0], none.isError]).toEqual(['outcome: no_data', undefined]);
    const failed = await client.callTool({ name: 'storage_read_hdfs', arguments: {} });
    expect(textOf(failed)).toBe('outcome: failed\nno HDFS is configured (trying again will not help)');
    expect(failed.isError).toBe(true);
  });

  it('answers an unknown tool and invalid arguments with a result that names what is wrong, and no stack', async () => {
    const client = await inMemory(await demoSources());
    for (const [name, given, says] of [
      ['no_such_tool', {}, 'no_such_tool not found'],
      ['constructor', {}, 'constructor'],
      ['logs_read', { where: '/etc/passwd' }, 'where'],
      ['memory_read_host', { hosts: 'node7' }, 'hosts'],
      ['diagnose', {}, 'question'],
      ['diagnose', { question: '  ' }, 'question'],
      ['diagnose', { question: 'why?', compareWith: '/etc/passwd' }, 'compareWith'],
      ['diagnose', { question: 'x'.repeat(8_001) }, 'question'],
    ] as const) {
      const result = await client.callTool({ name, arguments: given });
      expect([name, result.isError]).toEqual([name, true]);
      expect(textOf(result)).toContain(says);
      expect(textOf(result)).not.toMatch(/\n\s+at |\.ts:\d|node_modules/);
    }
  });

  it('offers the search of runbooks where something is written', async () => {
    const base: KnowledgeBase = {
      search: async () => ({ passages: [], mode: 'keywords', notes: [] }),
      ofCodes: async () => [],
      close: () => {},
    };
    const client = await inMemory(await demoSources({ knowledge: base }));
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('runbooks_search');
    const found = await client.callTool({ name: 'runbooks_search', arguments: { question: 'how large?' } });
    expect(textOf(found)).toBe('outcome: no_data\nnothing is written about this');
  });

  it('lets tools name the cluster where several are configured', async () => {
    const opened: (string | null)[] = [];
    const capture = await openCapture(DEMO);
    const sources = await demoSources({
      clusters: ['ads', 'etl'],
      open: async (_question, cluster) => {
        opened.push(cluster);
        return capture;
      },
    });
    const client = await inMemory(sources);
    await client.callTool({ name: 'spark_list_runs', arguments: { cluster: 'etl' } });
    const wrong = await client.callTool({ name: 'spark_list_runs', arguments: { cluster: 'nowhere' } });
    expect(opened).toEqual(['etl']);
    expect(wrong.isError).toBe(true);
  });

  it('says that it broke, and not how, to the client; how, to whoever runs it', async () => {
    const sources = await demoSources({
      open: async () => {
        throw new Error(`cannot open ${DEMO}/secret-place: password=hunter2hunter2`);
      },
    });
    const client = await inMemory(sources);
    const result = await client.callTool({ name: 'logs_read', arguments: {} });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe('outcome: failed\nan error of the server; whoever runs it finds it in the log');
    expect(sources.lines.join('\n')).toContain('cannot open');
    expect(sources.lines.join('\n')).not.toContain('hunter2');
  });

  it('tells the caller what they can do otherwise, without a folder of this machine', async () => {
    const sources = await demoSources({
      open: async () => {
        throw new Error(`several clusters are configured (ads, etl); see ${DEMO}/platform.json`);
      },
      isForCaller: () => true,
    });
    const client = await inMemory(sources);
    const text = textOf(await client.callTool({ name: 'diagnose', arguments: { question: 'why?' } }));
    expect(text).toBe('outcome: failed\nseveral clusters are configured (ads, etl); see platform.json');
  });

  it('masks secrets and hides folders in whatever a tool read', async () => {
    const capture = await openCapture(DEMO);
    const hostile: Platform = {
      ...capture,
      services: async () => ['yarn-rm'],
      recorded: async () => [],
      get: async () => ({
        miss: 'unreachable',
        why: { en: `${DEMO}/x: token=abcdef0123456789 \u001b[31m\u202e`, zh: '' },
      }),
    };
    const client = await inMemory(await demoSources({ open: async () => hostile }));
    const text = textOf(await client.callTool({ name: 'yarn_read_application', arguments: {} }));
    expect(text).toMatch(/^outcome: failed\n.*token=‹masked›/s);
    expect(text).not.toMatch(/abcdef0123456789|\u001b|\u202e/);
    expect(text).not.toContain(DEMO);
  });

  it('stops the investigation when the client cancels', async () => {
    const capture = await openCapture(DEMO);
    const asked: string[] = [];
    let first = () => {};
    const begun = new Promise<void>((resolve) => {
      first = resolve;
    });
    const slow: Platform = {
      ...capture,
      get: async (service, request) => {
        asked.push(service);
        first();
        await wait(60);
        return await capture.get(service, request);
      },
      files: async () => {
        asked.push('files');
        await wait(60);
        return await capture.files();
      },
    };
    const sources = await demoSources({ open: async () => slow });
    const client = await inMemory(sources);
    const cancel = new AbortController();
    const call = client.callTool({ name: 'diagnose', arguments: { question: DEMO_QUESTION } }, undefined, {
      signal: cancel.signal,
    });
    const refused = expect(call).rejects.toThrow();
    await begun;
    cancel.abort('enough');
    await refused;
    const soFar = asked.length;
    await wait(300);
    expect(asked.length).toBe(soFar);
    expect(sources.lines).toEqual([expect.stringMatching(/^diagnose: cancelled in \d+ ms$/)]);
    // The server goes on answering.
    expect((await client.listTools()).tools.length).toBeGreaterThan(5);
  });

  it('ends a call at its deadline and refuses more than may wait', async () => {
    const sources = await demoSources({ open: () => new Promise(() => {}) });
    const client = await inMemory(sources, { atOnce: 1, waiting: 1, deadlineMs: 150 });
    const ask = async () => textOf(await client.callTool({ name: 'logs_read', arguments: {} }));
    const texts = await Promise.all([ask(), ask(), ask()]);
    expect(texts[0]).toContain('the deadline of this server passed');
    expect(texts[1]).toContain('the deadline of this server passed');
    expect(texts[2]).toContain('as many calls as it may');
  });
});
