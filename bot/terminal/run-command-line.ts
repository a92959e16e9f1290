import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { visibleText } from '../render/visible-text.ts';
import { askCommand } from './ask-command.ts';
import { captureCommand } from './capture-command.ts';
import { casesCommand } from './cases-command.ts';
import { causesCommand } from './causes-command.ts';
import { chatCommand } from './chat-command.ts';
import { demoCommand } from './demo-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { draftCommand } from './draft-command.ts';
import { evalCommand } from './eval-command.ts';
import { indexCommand } from './index-command.ts';
import { mcpCommand } from './mcp-command.ts';
import { nodeCommand } from './node-command.ts';
import { searchCommand } from './search-command.ts';
import { slackCommand } from './slack-command.ts';
import { EXIT, type TerminalIo, UsageError } from './terminal-io.ts';
import { unusableCode } from './unusable.ts';

const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))).version;

/** Runs one command line and returns its exit code; nothing is thrown, a stack trace never reaches a person. */
export async function runCommandLine(argv: readonly string[], io: TerminalIo): Promise<number> {
  if (io.loadEnvironmentFile) loadEnvironmentFile();
  const program = new Command('wherefore')
    .version(VERSION, '-V, --version', 'the version of this program')
    .description('Why did my job fail? Why is it slow? A root cause it can prove, the evidence and the fix.')
    .showHelpAfterError('(wherefore --help shows the commands)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.write(text),
      writeErr: (text) => {
        if (!argv.includes('--json')) io.writeError(text);
      },
    });
  let exitCode: number = EXIT.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  for (const make of [
    askCommand,
    chatCommand,
    captureCommand,
    demoCommand,
    causesCommand,
    doctorCommand,
    indexCommand,
    nodeCommand,
    searchCommand,
    draftCommand,
    casesCommand,
    mcpCommand,
    slackCommand,
  ])
    program.addCommand(prepared(make(io, finish), program));
  // Whatever stands behind its name is the suite's to read, `--help` too.
  program.addCommand(prepared(evalCommand(io, finish), program).helpOption(false).allowExcessArguments());
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, argv.includes('--json'), io);
  }
}

function prepared(command: Command, program: Command): Command {
  command.copyInheritedSettings(program);
  for (const inner of command.commands) prepared(inner, command);
  return command;
}

function loadEnvironmentFile(): void {
  try {
    process.loadEnvFile('.env');
  } catch {
    // No .env is the usual case: the embedded defaults hold.
  }
}

/** Turns whatever went wrong into one sentence (or one JSON document) and an exit code. */
function report(error: unknown, json: boolean, io: TerminalIo): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  const { exitCode, code, message } = describe(error);
  if (json) io.write(`${JSON.stringify({ error: { code, message } })}\n`);
  else if (!(error instanceof CommanderError)) {
    const lines = error instanceof UsageError ? error.problems : [message];
    for (const line of lines) io.writeError(`wherefore: ${visibleText(line)}\n`);
  }
  return exitCode;
}

function describe(error: unknown): { exitCode: number; code: string; message: string } {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return { exitCode: EXIT.unusable, code: 'unusable_flag', message };
  }
  const code = unusableCode(error);
  if (code !== null && error instanceof Error) return { exitCode: EXIT.unusable, code, message: error.message };
  return { exitCode: EXIT.ours, code: 'internal', message: `an error of ours: ${whatBroke(error)}` };
}

/** One line on an error of ours, enough to report it. */
function whatBroke(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `the answer breaks its contract at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : 'unknown error';
}
