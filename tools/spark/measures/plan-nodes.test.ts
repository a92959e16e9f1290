import { expect, it } from 'vitest';
import type { PlanNode, SqlExecutionFacts } from '../facts.ts';
import { planNodes, planNodesOfRun } from './plan-nodes.ts';

const node = (name: string, ...children: PlanNode[]): PlanNode => ({ name, description: '', children, metrics: {} });
const chain = (length: number) => {
  let plan = node('leaf');
  for (let at = 1; at < length; at += 1) plan = node('Project', plan);
  return plan;
};
const query = (id: number, plan: PlanNode | null) => ({ id, plan }) as SqlExecutionFacts;

it('gives every node before its children, none for no plan', () => {
  const plan = node('Join', node('Scan a'), node('Filter', node('Scan b')));
  expect([...planNodes(plan)].map(({ name }) => name)).toEqual(['Join', 'Filter', 'Scan b', 'Scan a']);
  expect([...planNodes(null)]).toEqual([]);
});

it('gives the nodes of all queries with their query', () => {
  const run = { sqlExecutions: [query(1, node('A')), query(2, null), query(3, node('B'))] };
  expect([...planNodesOfRun(run)].map(({ sql, node: { name } }) => `${sql.id} ${name}`)).toEqual(['1 A', '3 B']);
});

it('ends on plans without end, for one and for the run as a whole', () => {
  expect([...planNodes(chain(30_000))]).toHaveLength(20_000);
  expect([...planNodesOfRun({ sqlExecutions: [query(1, chain(15_000)), query(2, chain(15_000))] })]).toHaveLength(
    20_000,
  );
});
