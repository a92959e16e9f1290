import path from 'node:path';
import { Command } from 'commander';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { investigate } from '../investigation/investigate.ts';
import { renderTerminal } from '../render/terminal.ts';
import { mayColour, type TerminalIo } from './terminal-io.ts';

/** The two incidents that are bundled, recorded on real engines (`bot/demo/README.md`). */
const DEMOS = [
  {
    folder: 'failed-run',
    heading: 'A run that failed: Spark on YARN, executors die with exit code 137',
    question:
      'item_vector_backfill executors die with exit code 137 on bd-node12 only, no OutOfMemoryError in any log, node has plenty of free memory. bad node?',
  },
  {
    folder: 'slow-run',
    heading: 'A run that was slow: three times its usual time',
    question:
      'dwd_order_user_wide ran 3 min today, normally about 1 min. Same data volume, nothing changed on our side. Is the cluster overloaded or a bad node?',
  },
] as const;

const DEMO_ROOT = path.join(import.meta.dirname, '..', 'demo');

/** `wherefore demo`: the main job on embedded defaults, without Slack, model or network. */
export function demoCommand(io: TerminalIo): Command {
  return new Command('demo')
    .description('diagnoses two bundled real runs, one failed and one slow')
    .action(async () => {
      for (const demo of DEMOS) {
        io.write(`\n=== ${demo.heading}\n    ${demo.question}\n\n`);
        const platform = await openCapture(path.join(DEMO_ROOT, demo.folder));
        const diagnosis = await investigate({ question: demo.question, platform, language: 'auto', attachments: [] });
        io.write(renderTerminal(diagnosis, { columns: Math.min(io.columns, 100), colour: mayColour(io) }));
      }
      io.write(`\n${HOW_TO_GO_ON}`);
    });
}

const HOW_TO_GO_ON = `=== Your own job
  npx wherefore ask "why did my_job fail?" --event-log /path/to/eventlog       one event log, or a rolling folder
  npx wherefore ask "why did it die?" --attach driver.log --attach stderr.txt  text that you have
  npx wherefore ask "为什么慢？" --event-log slow.zstd --compare-with usual.zstd  two runs compared
  npx wherefore ask "why did application_1700000000000_0042 fail?"             your platform, once .env names it
  npx wherefore doctor                                                         what is configured and reachable
`;
