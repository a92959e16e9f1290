import { Command } from 'commander';
import { rememberArchives } from '../capture/remember-archives.ts';
import { writeCapture } from '../capture/write-capture.ts';
import { asked, diagnose } from './ask-command.ts';
import { type AskOptions, readAskInput } from './read-ask-input.ts';
import { replayCommand, spokenCapture } from './spoken-capture.ts';
import type { TerminalIo } from './terminal-io.ts';

/** `wherefore capture "QUESTION" --to DIR`: records what an investigation reads from the live platform, so that it can be replayed. */
export function captureCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return (
    new Command('capture')
      .description('records what an investigation reads from the live platform, secrets masked')
      .argument('[question...]', 'what you want to know, in your own words, English or Chinese')
      .requiredOption('--to <dir>', 'the new folder; one that is there is never written over')
      .option('--cluster <name>', 'the cluster that is meant, where several are configured')
      .option('--attach <file>', 'add pasted or attached text; - is standard input (repeatable)', collect, [])
      .option('--event-log <path>', 'add a Spark event log: a file or a rolling folder (repeatable)', collect, [])
      .option('--compare-with <run>', 'the run to compare with: an id, a path, or last-good')
      .option('--at <time>', 'the time to take for "now", ISO 8601')
      .option('--json', 'what was written, and the diagnosis, as JSON')
      // Unknown flags are refused together with everything else that cannot be used (`readAskInput`).
      .allowUnknownOption()
      .action(async (words: string[], given: Omit<AskOptions, 'capture' | 'model'> & { to: string }) => {
        const options: AskOptions = { ...given, model: false, capture: given.to };
        const input = await readAskInput(words, options, io);
        const { platform, archives } = rememberArchives(input.platform);
        const diagnosis = await diagnose({ ...input, platform }, options, io);
        const written = await writeCapture(asked({ ...input, platform }), given.to, archives);
        if (given.json) {
          const again = replayCommand(given.to, input.question, platform.now);
          io.write(`${JSON.stringify({ ...written, again, diagnosis }, null, 2)}\n`);
        } else io.write(`${diagnosis.summary}\n${spokenCapture(written, input.question, platform.now)}\n`);
      })
  );
}
