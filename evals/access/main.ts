import { recordedGrounds, sharedGrounds } from './grounds.ts';
import { keptCaseTrials } from './kept-case-trials.ts';
import { modelTrials } from './model-trials.ts';
import { runTrial, setStage, type TrialOutcome } from './run-trial.ts';
import { WAYS } from './ways.ts';

/** Whether nothing was given away and nothing was withheld from who may see it. */
function passed({ leaks, sameAsMissing, shownToTeam }: TrialOutcome): boolean {
  return leaks.length === 0 && sameAsMissing !== false && shownToTeam !== false;
}

const word = (value: boolean | null) => (value === null ? '-' : value ? 'yes' : 'NO');

const outcomes: TrialOutcome[] = [];
for (const ground of [...recordedGrounds(), ...sharedGrounds()]) {
  try {
    const stage = await setStage(ground);
    const of = [];
    for (const way of WAYS) of.push(await runTrial(way, stage));
    of.push(...(await keptCaseTrials(stage)), ...(await modelTrials(stage)));
    console.log(`\n${ground.name} (${stage.canaries.size} strings of others)`);
    for (const outcome of of) {
      const { way, leaks, sameAsMissing, shownToTeam } = outcome;
      console.log(
        `${passed(outcome) ? 'ok  ' : 'FAIL'} ${way.padEnd(44)} leaks ${String(leaks.length).padStart(2)} · as if it never was: ${word(sameAsMissing).padEnd(3)} · shown to who may: ${word(shownToTeam)}${leaks.length > 0 ? ` · ${leaks.slice(0, 5).join(', ')}` : ''}`,
      );
    }
    outcomes.push(...of);
  } finally {
    ground.remove();
  }
}
const failed = outcomes.filter((outcome) => !passed(outcome));
const reads = outcomes.filter(({ leaks }) => leaks.length > 0);
console.log(
  `\n${outcomes.length} trials, ${reads.length} reads across owners, ${failed.length} failed; shown to who may in ${outcomes.filter(({ shownToTeam }) => shownToTeam).length}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
