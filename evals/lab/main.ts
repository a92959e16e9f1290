import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import { bringUp } from './bring-up.ts';
import type { Layer } from './daemons.ts';
import { incidentTable } from './incident-table.ts';
import { LAB_INCIDENTS } from './incidents/index.ts';
import { LabError } from './lab-error.ts';
import { DEFAULT_FOLDER, labFolder } from './lab-folder.ts';
import { runOnHost } from './on-host.ts';
import { printResults } from './print-results.ts';
import { printStatus } from './print-status.ts';
import { recordIncident } from './record-incident.ts';
import { runIncident } from './run-incident.ts';
import { takeDown, wipe } from './take-down.ts';
import { runWherefore } from './wherefore.ts';
import { writeAgain } from './write-scenario.ts';

/** All but Spark's own cluster, for which there is no memory beside YARN: `up --with standalone --without hadoop`. */
const LAYERS: readonly Layer[] = ['hadoop', 'history', 'alluxio', 'prometheus', 'collectors'];
const program = new Command('lab')
  .enablePositionalOptions()
  .description('real engines from registry packages on this machine, and incidents on them')
  .option('--folder <dir>', 'where everything of the lab lies', DEFAULT_FOLDER)
  .option('--packages <dir>', 'where jars and Python packages lie (by default inside the folder)');
const folder = () => {
  const { folder: root, packages } = program.opts<{ folder: string; packages?: string }>();
  return labFolder(root, packages ?? null);
};
const say = (line: string) => console.log(line);
const incidentsNamed = (names: readonly string[]) => {
  const unknown = names.filter((name) => name !== 'all' && !LAB_INCIDENTS.some((incident) => incident.name === name));
  if (unknown.length > 0) throw new LabError(`no incident ${unknown.join(', ')}; "lab incidents" lists them`);
  return names.flatMap((name) => LAB_INCIDENTS.filter((incident) => name === 'all' || incident.name === name));
};

program
  .command('up')
  .description('brings up what is not up')
  .option('--without <layers>', `leave out, with commas: ${LAYERS.join(', ')}`, '')
  .option('--with <layers>', 'as well: standalone', '')
  .action(async ({ without, with: added }: { without: string; with: string }) => {
    const left = without.split(',');
    await bringUp(
      folder(),
      [...LAYERS, ...(added === 'standalone' ? (['standalone'] as const) : [])].filter(
        (layer) => !left.includes(layer),
      ),
      say,
    );
  });
program
  .command('down')
  .description('stops every process of the lab')
  .action(async () => say(`${await takeDown(folder())} processes stopped`));
program
  .command('status')
  .description('what runs, and the memory it takes')
  .action(() => printStatus(folder(), say));
program
  .command('run')
  .description('runs a command on a host of the lab')
  .argument('<host>')
  .argument('<command...>')
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (host: string, command: string[]) => {
    const { status, text } = await runOnHost(folder(), host, command);
    process.stdout.write(text);
    process.exitCode = status ?? 1;
  });
program
  .command('incidents')
  .description('the incidents that can be provoked')
  .option('--table', 'those that are recorded for the benchmark, with their proofs, as a table of Markdown')
  .action(({ table }: { table?: boolean }) => {
    if (table) {
      for (const line of incidentTable(LAB_INCIDENTS, SCENARIOS_FOLDER)) say(line);
      return;
    }
    for (const { name, did } of LAB_INCIDENTS) say(`${name.padEnd(22)} ${did}`);
  });
program
  .command('incident')
  .description('provokes incidents, asks live while they last and afterwards, records and replays')
  .argument('<name...>', 'names, or "all"')
  .option('--fresh', 'a new lab for each: without it the servers remember the incidents before, as servers do')
  .action(async (names: string[], { fresh }: { fresh?: boolean }) => {
    const results = [];
    for (const incident of incidentsNamed(names)) {
      // What an incident needs of its own is made when its hosts are.
      if (fresh || incident.settings || incident.disks || incident.needs.includes('standalone')) {
        await wipe(folder());
        await bringUp(folder(), incident.needs.includes('standalone') ? incident.needs : LAYERS, () => {}, incident);
      }
      results.push(await runIncident(folder(), incident, say));
    }
    const passed = results.filter(({ failures }) => failures.length === 0).length;
    say(`${passed} of ${results.length} passed`);
    if (passed < results.length) process.exitCode = 1;
  });
program
  .command('record')
  .description('records incidents for the benchmark, each from scratch and without asking the product')
  .argument('<name...>', 'names, or "all"')
  .option('--to <dir>', 'where scenarios lie', SCENARIOS_FOLDER)
  .action(async (names: string[], { to }: { to: string }) => {
    const failed: string[] = [];
    const wanted = incidentsNamed(names).filter(({ scenario }) => scenario !== undefined);
    for (const incident of wanted) {
      try {
        await recordIncident(folder(), incident, path.resolve(to), say);
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        say(`  NOT RECORDED: ${error.message}`);
        failed.push(incident.name);
      }
    }
    say(`${wanted.length - failed.length} of ${wanted.length} recorded`);
    if (failed.length > 0) process.exitCode = 1;
  });
program
  .command('replan')
  .description('writes the truth of recorded incidents again after their plans were changed; nothing is recorded anew')
  .argument('<name...>', 'names, or "all"')
  .option('--to <dir>', 'where scenarios lie', SCENARIOS_FOLDER)
  .action((names: string[], { to }: { to: string }) => {
    const there = incidentsNamed(names).filter(({ scenario }) => existsSync(path.join(to, scenario?.id ?? '-')));
    for (const incident of there) writeAgain(incident, path.resolve(to));
    say(`${there.length} written again`);
  });
program
  .command('results')
  .description('the last result of each incident')
  .action(() => printResults(folder(), say));
program
  .command('wherefore')
  .description('runs the product on the lab, as: lab wherefore ask "why …"')
  .argument('<words...>')
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (words: string[]) => {
    const { status, text } = await runWherefore(folder(), words);
    process.stdout.write(text);
    process.exitCode = status ?? 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`lab: ${error.message}`);
  process.exitCode = 2;
}
