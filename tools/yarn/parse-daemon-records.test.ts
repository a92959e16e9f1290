import { describe, expect, it } from 'vitest';
import { clock, containerId, daemonRecords, fixture, line } from './fixtures/typed-cluster.ts';
import { parseNodeManagerRecords } from './parse-node-manager-records.ts';
import { parseResourceManagerRecords } from './parse-resource-manager-records.ts';

const C2 = containerId(2);

describe('parseNodeManagerRecords', () => {
  const read = (text: string) => parseNodeManagerRecords(daemonRecords('node_manager', 'n1', text));

  it('tells the steps of a container in order (recorded)', () => {
    const { events, applicationStops, coverage } = read(fixture('driver-limit.node-manager.txt'));
    const own = events.filter((event) => event.id.containerId === 'container_1795259698281_0006_01_000001');
    expect(own.map((event) => event.what.kind)).toEqual([
      'node_state',
      'node_state',
      'node_state',
      'breach',
      'node_state',
      'exit_code',
      'node_state',
      'node_state',
      'stop_requested',
    ]);
    expect(applicationStops[0]).toMatchObject({ applicationId: 'application_1795259698281_0006', host: 'n1' });
    expect(coverage).toMatchObject([{ writer: 'node_manager', host: 'n1' }]);
  });

  it('gives a launch failure without an id to the container that had just exited', () => {
    const { events } = read(
      line(1, 'executor', `Exit code from container ${C2} is : 1`, 'WARN') +
        line(
          2,
          'launch',
          'Container launch failed : Container exited with a non-zero exit code 1. Error file: prelaunch.err.',
          'WARN',
        ) +
        "Last 4096 bytes of prelaunch.err :\nLast 4096 bytes of stderr :\nUnrecognized VM option 'UseFoo'\nError: Could not create the Java Virtual Machine.\n\n",
    );
    const launch = events.find((event) => event.what.kind === 'launch_failed');
    expect(launch?.id.containerId).toBe(C2);
    expect(launch?.what).toMatchObject({
      output: "Unrecognized VM option 'UseFoo'\nError: Could not create the Java Virtual Machine.",
    });
  });

  it('reads the elastic handler in both wordings, and the evictions of an over-commit component (typed from C4, C8)', () => {
    const { evictions, events } = read(
      line(1, 'oom', `container ${C2} killed by elastic cgroups OOM handler.`, 'WARN') +
        line(
          2,
          'oom',
          `Container ${containerId(3)} was killed by elastic cgroups OOM handler using 2147483648 when requested only 1073741824`,
          'WARN',
        ) +
        line(
          3,
          'x.y.OverCommitManager',
          `Evicting container ${containerId(4)}: node memory usage 0.96 over DropOffThreshold, overcommit ratio 1.3`,
        ),
    );
    expect(evictions.map((eviction) => [eviction.kind, eviction.usedBytes])).toEqual([
      ['elastic_handler', null],
      ['elastic_handler', 2_147_483_648],
      ['overcommit', null],
    ]);
    expect(events.map((event) => event.what.kind)).toEqual(['taken_by_node', 'taken_by_node', 'taken_by_node']);
  });

  it('knows which checks a node does, and when its disks were good again', () => {
    const { checks, disks } = read(
      line(0, 'monitor', 'Physical memory check enabled: true') +
        line(0, 'monitor', 'Strict memory control enabled: false') +
        line(
          5,
          'disks',
          'Directory /d2 error, used space above threshold of 90.0%, removing from list of valid directories',
          'WARN',
        ) +
        line(65, 'x.LocalDirsHandlerService', 'Disk(s) turned good: 2/2 local-dirs are good: /d1,/d2'),
    );
    expect(checks.get('n1')).toMatchObject({ physical: true, strict: false, virtual: null });
    expect(disks).toMatchObject([{ kind: 'full', at: clock(5), goodAgainAt: clock(65) }]);
  });

  it('reads nothing out of other lines', () => {
    const { events, evictions } = read(
      line(1, 'x.AppLogAggregatorImpl', `Uploading logs for container ${C2}. Current good log dirs are /logs`) +
        line(2, 'x.YarnShuffleService', `Stopping container ${C2}`) +
        line(3, 'x.DefaultContainerExecutor', `evicting cached file ${C2}.tmp`),
    );
    expect([events, evictions]).toEqual([[], []]);
  });
});

describe('parseResourceManagerRecords', () => {
  const read = (text: string) => parseResourceManagerRecords(daemonRecords('resource_manager', 'rm', text));

  it('reads preemptions, allocations and submissions (recorded)', () => {
    const { preemptions, allocations, submissions } = read(fixture('preemption.resource-manager.txt'));
    expect(preemptions.map((one) => [one.containerId.slice(-6), one.isMaster, one.resources?.memoryBytes])).toEqual([
      ['000003', false, 2048 * (1 << 20)],
      ['000004', false, 2048 * (1 << 20)],
    ]);
    expect(allocations.find((one) => one.applicationId.endsWith('0019') && one.kind === 'allocated')?.queue).toBe(
      'etl',
    );
    expect(submissions.map((one) => [one.applicationId.slice(-4), one.user, one.queue])).toEqual([
      ['0018', 'bi', 'adhoc'],
      ['0019', 'etl', 'etl'],
      ['0020', 'etl', 'etl'],
    ]);
  });

  it('reads the end of an attempt and its expiry (recorded)', () => {
    const { attempts, stateChanges } = read(fixture('master-expired.resource-manager.txt'));
    expect(attempts.find((one) => one.kind === 'expired')).toMatchObject({ number: 1, timeoutMs: 120_000 });
    expect(stateChanges.at(-1)).toMatchObject({ from: 'FINAL_SAVING', to: 'FAILED', event: 'APP_UPDATE_SAVED' });
    const failed = read(fixture('driver-limit.resource-manager.txt')).attempts.filter((one) => one.exitStatus !== null);
    expect(failed.map((one) => [one.kind, one.exitStatus])).toEqual([
      ['final', -104],
      ['failed', -104],
    ]);
  });

  it('reads the closing line of an application with its escapes (recorded)', () => {
    const { summaries } = read(fixture('driver-limit.resource-manager.txt'));
    const fields = summaries[0]?.fields;
    expect(fields?.get('name')).toBe('campaign_export_full');
    expect(fields?.get('preemptedNonAMContainers')).toBe('1');
    expect(fields?.get('preemptedResources')).toContain('memory:768, vCores:1');
  });

  it('reads state changes of 2.x without an event, kills, and nodes (typed)', () => {
    const { stateChanges, kills, nodeChanges } = read(
      line(1, 'rmapp', 'application_1_2 State change from RUNNING to KILLED') +
        line(
          2,
          'audit',
          'USER=dr.who\tIP=10.0.0.7\tOPERATION=Kill Application Request\tTARGET=ClientRMService\tRESULT=SUCCESS\tAPPID=application_1_2',
        ) +
        line(
          2,
          'audit',
          'USER=eve\tIP=10.0.0.8\tOPERATION=Kill Application Request\tTARGET=ClientRMService\tRESULT=FAILURE\tDESCRIPTION=Unauthorized user\tAPPID=application_1_2',
        ) +
        line(3, 'rmnode', 'n1:45454 Node Transitioned from RUNNING to UNHEALTHY'),
    );
    expect(stateChanges).toMatchObject([{ from: 'RUNNING', to: 'KILLED', event: '' }]);
    expect(kills).toMatchObject([{ by: 'dr.who', from: '10.0.0.7', through: 'ClientRMService' }]);
    expect(nodeChanges).toMatchObject([{ host: 'n1', to: 'UNHEALTHY' }]);
  });

  it('reads preemptions of the Fair scheduler, masters too (typed)', () => {
    const { preemptions } = read(
      line(1, 'x.FSPreemptionThread', `Preempting container ${C2} from queue root.adhoc`) +
        line(
          2,
          'metrics',
          `AM container preempted, current appAttemptId=appattempt_1795256295743_0042_000001, containerId=${containerId(1)}, resource=<memory:1024, vCores:1>`,
        ),
    );
    expect(preemptions.map((one) => [one.containerId, one.isMaster])).toEqual([
      [C2, false],
      [containerId(1), true],
    ]);
  });

  it('takes no record of another writer', () => {
    const foreign = daemonRecords('node_manager', 'n1', fixture('preemption.resource-manager.txt'));
    expect(parseResourceManagerRecords(foreign).preemptions).toEqual([]);
  });
});
