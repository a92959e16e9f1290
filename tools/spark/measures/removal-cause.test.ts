import { expect, test } from 'vitest';
import type { ExecutorFacts } from '../facts.ts';
import { sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { removalHint, usedOfLimit } from './removal-cause.ts';

function hint(removed: Partial<ExecutorFacts>) {
  const [executor] = sparkRunFixture({ executors: [{ id: '1', ...removed }] }).executors;
  if (!executor) throw new Error('no executor');
  return removalHint(executor);
}

test("Spark's own judgement of the text stands before the exit code", () => {
  expect(hint({ removalKind: 'preempted', exitCode: 143 }).code).toBe('scheduling.preemption');
  expect(
    hint({ removalKind: 'memory_limit', removalReason: 'exceeding physical memory limits', exitCode: 143 }).code,
  ).toBe('memory.container_physical_limit');
});

test('a lost node or worker, in the words of YARN, Kubernetes and standalone', () => {
  for (const removalReason of [
    'Container released on a *lost* node',
    'worker lost: 10.0.0.1:7078 got disassociated',
    'The node was terminated: Spot instance reclaimed',
  ]) {
    expect(hint({ removalKind: 'lost', removalReason }).code, removalReason).toBe('scheduling.spot_node_lost');
  }
  expect(
    hint({
      removalKind: 'lost',
      removalReason: 'Remote RPC client disassociated. Likely due to containers exceeding thresholds',
    }).code,
  ).toBeNull();
});

test('codes that prove nothing carry no cause', () => {
  for (const exitCode of [1, 56, 137, 143, 255]) expect(hint({ removalKind: 'exit_code', exitCode }).code).toBeNull();
});

test('amounts of the memory text in any unit', () => {
  const gib = 1024 ** 3;
  expect(usedOfLimit('8.1 GB of 8 GB physical memory used')).toEqual({
    usedBytes: Math.round(8.1 * gib),
    limitBytes: 8 * gib,
  });
  expect(usedOfLimit('788.2 MB of 768 MB physical')).toMatchObject({ limitBytes: 768 * 1024 ** 2 });
  expect(usedOfLimit('1.2 TB of 1 TB')).toMatchObject({ limitBytes: 1024 ** 4 });
  expect(usedOfLimit('exit status: 137')).toBeNull();
});

test('-100 is a container given back or taken with its node: only the words tell which', () => {
  const released =
    'Container marked as failed: container_1795272749754_0006_01_000003. Exit status: -100. Diagnostics: ';
  expect(
    hint({ removalKind: 'lost', removalReason: `${released}Container released by application.`, exitCode: -100 }).code,
  ).toBeNull();
  expect(
    hint({ removalKind: 'lost', removalReason: `${released}Container released on a *lost* node`, exitCode: -100 }).code,
  ).toBe('scheduling.spot_node_lost');
});
