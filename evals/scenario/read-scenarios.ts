import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { SCENARIO, type Scenario } from './scenario.ts';

/** Where the scenarios of the repository lie. */
export const SCENARIOS_FOLDER = path.join(import.meta.dirname, '..', 'scenarios');

/** Scenario files that cannot be used; every wrong one is named, with every wrong key. */
export class ScenarioError extends Error {}

/**
 * Every scenario of a folder, by name.
 *
 * @throws ScenarioError naming all that is wrong in all of them
 */
export function readScenarios(folder: string = SCENARIOS_FOLDER): Scenario[] {
  const scenarios: Scenario[] = [];
  const wrong: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    try {
      scenarios.push(readScenario(path.join(folder, entry.name)));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      wrong.push(error.message);
    }
  }
  if (wrong.length > 0) throw new ScenarioError(wrong.join('\n'));
  return scenarios;
}

/**
 * One scenario.
 *
 * @throws ScenarioError when a file is missing, is no YAML, has an unknown key, or is named otherwise than its folder
 */
export function readScenario(folder: string): Scenario {
  const name = path.basename(folder);
  const file = path.join(folder, 'scenario.yaml');
  if (!existsSync(file)) throw new ScenarioError(`${name}: scenario.yaml is missing`);
  if (!existsSync(path.join(folder, 'capture'))) throw new ScenarioError(`${name}: capture/ is missing`);
  const parsed = SCENARIO.safeParse(yamlOf(file, name));
  if (!parsed.success) throw new ScenarioError(`${name}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.id !== name) throw new ScenarioError(`${name}: its id is ${parsed.data.id}`);
  return { ...parsed.data, folder: path.resolve(folder) };
}

function yamlOf(file: string, name: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ScenarioError(`${name}: ${(error as Error).message}`);
  }
}
