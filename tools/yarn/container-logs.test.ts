import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { containerLogFiles } from './container-logs.ts';
import { emptyYarnFacts, type YarnFacts } from './facts.ts';
import { fixture, type TypedAnswer, typedCluster, typedPlatform } from './fixtures/typed-cluster.ts';

/** As a JobHistoryServer and a NodeManager of Hadoop 3.3.6 answered, the host renamed. */
const ID = 'application_1795288146071_0001';
const MASTER = 'container_1795288146071_0001_01_000001';
const RUNNING = 'application_1795288146071_0002';
const RUNNING_MASTER = 'container_1795288146071_0002_01_000001';

const info = (containerId: string, files: Record<string, number>, nodeId = 'bd-node11_45454') => ({
  containerLogInfo: Object.entries(files).map(([fileName, size]) => ({
    fileName,
    fileSize: String(size),
    lastModifiedTime: 'Sat Nov 21 19:09:41 +0000 2026',
  })),
  logAggregationType: 'AGGREGATED',
  containerId,
  nodeId,
});
const section = (containerId: string, file: string, text: string) =>
  `Container: ${containerId} on bd-node11_45454\nLogAggregationType: AGGREGATED\n` +
  `====================================================================\nLogType:${file}\n` +
  `LogLastModifiedTime:Sat Nov 21 19:09:41 +0000 2026\nLogLength:${text.length}\nLogContents:\n${text}\n` +
  `End of LogType:${file}\n***********************************************************************\n\n`;
const history = (request: string, body: string | object, status = 200): TypedAnswer => ({
  service: 'yarn-history',
  request,
  body,
  status,
});
const LIST = `/ws/v1/history/aggregatedlogs?appid=${ID}`;
const LOG = '/ws/v1/history/containerlogs';

async function facts(id: string, answers: readonly TypedAnswer[] = []): Promise<YarnFacts> {
  return await typedCluster({
    answers: [{ request: '/ws/v1/cluster/apps', body: fixture('fair.apps.json') }, ...answers],
    scope: { applicationIds: [id] },
  });
}

describe('containerLogFiles', () => {
  it('reads aggregated logs through the JobHistoryServer, each as the file that its answer is', async () => {
    const files = { 'launch_container.sh': 2908, 'directory.info': 1383, 'prelaunch.err': 0, stderr: 44, stdout: 10 };
    const platform = typedPlatform(
      [
        history(LIST, { containerLogsInfo: info(MASTER, files) }),
        history(`${LOG}/${MASTER}/stderr`, section(MASTER, 'stderr', 'java.lang.OutOfMemoryError: Java heap space\n')),
        history(`${LOG}/${MASTER}/stdout`, section(MASTER, 'stdout', 'hello out\n')),
      ],
      'live',
    );
    const read = await containerLogFiles(platform, await facts(ID), [ID]);
    expect(read.files.map(({ path, host }) => [host, path])).toEqual([
      ['bd-node11', `/userlogs/${ID}/${MASTER}/stderr`],
      ['bd-node11', `/userlogs/${ID}/${MASTER}/stdout`],
    ]);
    expect(read.files[0]?.source).toMatch(/^http\/yarn-history\/ws\/v1\/history\/containerlogs/);
    expect(await readFile(read.files[0]?.realPath ?? '', 'utf8')).toContain('OutOfMemoryError: Java heap space');
    expect(read.skipped).toEqual([]);
    // Scripts hold the environment of the container; empty logs say nothing.
    expect(platform.asked.some((request) => /launch_container|directory\.info|prelaunch/.test(request))).toBe(false);
  });

  it('takes no container of another application that the list holds', async () => {
    const strange = RUNNING_MASTER;
    const platform = typedPlatform(
      [
        history(LIST, { containerLogsInfo: [info(strange, { stderr: 10 }), info(MASTER, { stderr: 10 })] }),
        history(`${LOG}/${MASTER}/stderr`, section(MASTER, 'stderr', 'own')),
        history(`${LOG}/${strange}/stderr`, section(strange, 'stderr', 'strange')),
      ],
      'live',
    );
    const read = await containerLogFiles(platform, await facts(ID), [ID]);
    expect(read.files.map(({ path }) => path.split('/').at(-2))).toEqual([MASTER]);
  });

  it('asks for the end of a long log, the masters first, and tells both', async () => {
    const other = MASTER.replace(/1$/, '7');
    const long = 900 << 20;
    const platform = typedPlatform(
      [
        history(LIST, { containerLogsInfo: [info(other, { stderr: 10 }), info(MASTER, { stderr: long })] }),
        history(`${LOG}/${MASTER}/stderr?size=-${4 << 20}`, section(MASTER, 'stderr', 'the end')),
        history(`${LOG}/${other}/stderr`, section(other, 'stderr', 'other')),
      ],
      'live',
    );
    const read = await containerLogFiles(platform, await facts(ID), [ID]);
    expect(read.files.map(({ path }) => path.split('/').at(-2))).toEqual([MASTER, other]);
    expect(read.skipped.map(({ en }) => en)).toEqual(['of 1 log of containers only the last 4 MiB were read']);
  });

  it('asks for no more than 200 logs of a large application', async () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      info(MASTER.replace(/\d{6}$/, String(at + 1).padStart(6, '0')), { stderr: 5 }),
    );
    const platform = typedPlatform([history(LIST, { containerLogsInfo: many })], 'live');
    const read = await containerLogFiles(platform, await facts(ID), [ID]);
    expect(platform.asked.filter((request) => request.includes('/containerlogs/'))).toHaveLength(200);
    expect(read.skipped[0]?.en).toContain('100 logs of containers were not asked for');
  });

  it('reads a running application through its NodeManager, and does not ask the history server', async () => {
    const attempts: TypedAnswer = {
      request: `/ws/v1/cluster/apps/${RUNNING}/appattempts`,
      body: {
        appAttempts: {
          appAttempt: [
            {
              id: 1,
              containerId: RUNNING_MASTER,
              nodeId: 'bd-node11:45454',
              appAttemptId: `appattempt_${RUNNING.slice(12)}_000001`,
            },
          ],
        },
      },
    };
    const node = (request: string, body: string | object): TypedAnswer => ({
      service: 'yarn-nm@bd-node11',
      request,
      body,
    });
    const platform = typedPlatform(
      [
        node(`/ws/v1/node/containers/${RUNNING_MASTER}/logs`, {
          containerLogsInfo: info(RUNNING_MASTER, { stdout: 8 }, 'bd-node11:45454'),
        }),
        node(`/ws/v1/node/containerlogs/${RUNNING_MASTER}/stdout`, section(RUNNING_MASTER, 'stdout', 'started')),
        history('/ws/v1/history/info', {}),
      ],
      'live',
    );
    const read = await containerLogFiles(platform, await facts(RUNNING, [attempts]), [RUNNING]);
    expect(read.files.map(({ path }) => path)).toEqual([`/userlogs/${RUNNING}/${RUNNING_MASTER}/stdout`]);
    expect(platform.asked.filter((request) => request.startsWith('yarn-history'))).toEqual([]);
  });

  it('reads the pages of a JobHistoryServer without REST, line for line (page of 3.3.6)', async () => {
    const attempts: TypedAnswer = {
      request: `/ws/v1/cluster/apps/${ID}/appattempts`,
      body: {
        appAttempts: {
          appAttempt: [
            {
              id: 1,
              containerId: MASTER,
              nodeId: 'bd-node11:45454',
              appAttemptId: `appattempt_${ID.slice(12)}_000001`,
            },
          ],
        },
      },
    };
    const page = fixture('log-page.html');
    const request = `/jobhistory/logs/bd-node11:45454/${MASTER}/${MASTER}/ml/stderr/?start=-${4 << 20}`;
    const platform = typedPlatform(
      [history(LIST, '<!DOCTYPE html><title>Sorry, got error 404</title>', 404), history(request, page)],
      'live',
    );
    const read = await containerLogFiles(platform, await facts(ID, [attempts]), [ID]);
    const text = (await readFile(read.files[0]?.realPath ?? '', 'utf8')).split('\n');
    const at = page.split('\n').findIndex((line) => line.includes('OutOfMemoryError'));
    expect(text[at]).toBe('java.lang.OutOfMemoryError: Java heap space');
    expect(text).toContain('LogType:stderr');
  });

  it('says that the ResourceManager forgot what the history server has', async () => {
    const platform = typedPlatform(
      [
        history(LIST, { containerLogsInfo: info(MASTER, { stderr: 4 }) }),
        history(`${LOG}/${MASTER}/stderr`, section(MASTER, 'stderr', 'text')),
      ],
      'live',
    );
    const forgotten = { ...(await facts(ID)), applications: [], listed: true };
    const read = await containerLogFiles(platform, forgotten, [ID]);
    expect(read.files).toHaveLength(1);
    expect(read.skipped[0]?.en).toContain(`does not know ${ID} (any more); the JobHistoryServer has its logs`);
  });

  it('is nothing where no such service is, no application is meant, or names are hostile', async () => {
    const nothing = { files: [], skipped: [] };
    expect(await containerLogFiles(typedPlatform([], 'live'), emptyYarnFacts(), [ID])).toEqual(nothing);
    const evil = typedPlatform(
      [
        history(LIST, {
          containerLogsInfo: [
            info(MASTER, { '../../etc/passwd': 5, '?x=1': 5 }),
            info('container_x/../y', { stderr: 5 }),
          ],
        }),
      ],
      'live',
    );
    expect(await containerLogFiles(evil, emptyYarnFacts(), [])).toEqual(nothing);
    expect(await containerLogFiles(evil, emptyYarnFacts(), [ID])).toEqual(nothing);
  });
});
