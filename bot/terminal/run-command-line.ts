import { Command, CommanderError } from 'commander';
import { CaptureError } from '../../tools/platform/capture-platform.ts';
import { UnusablePathError } from '../../tools/platform/extra-files.ts';
import { SettingsError } from '../settings.ts';
import { askCommand } from './ask-command.ts';
import { causesCommand } from './causes-command.ts';
import { demoCommand } from './demo-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { laterCommands } from './later-commands.ts';
import { EXIT, type TerminalIo, UsageError } from './terminal-io.ts';

/** Runs one command line and returns its exit code; nothing is thrown, a stack trace never reaches a person. */
export async function runCommandLine(argv: readonly string[], io: TerminalIo): Promise<number> {
  if (io.loadEnvironmentFile) loadEnvironmentFile();
  const program = new Command('wherefore')
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
  for (const make of [askCommand, demoCommand, causesCommand, doctorCommand])
    program.addCommand(prepared(make(io, finish), program));
  for (const command of laterCommands()) program.addCommand(prepared(command, program));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, argv.includes('--json'), io);
  }
}

function prepared(command: Command, program: Command): Command {
  return command.copyInheritedSettings(program);
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
  else if (!(error instanceof CommanderError)) io.writeError(`wherefore: ${message}\n`);
  return exitCode;
}

function describe(error: unknown): { exitCode: number; code: string; message: string } {
  if (error instanceof CommanderError) {
    return { exitCode: EXIT.unusable, code: 'unusable_flag', message: error.message.replace(/^error: /, '') };
  }
  if (error instanceof CaptureError || error instanceof UnusablePathError) {
    return { exitCode: EXIT.unusable, code: 'unusable_path', message: error.message };
  }
  if (error instanceof SettingsError)
    return { exitCode: EXIT.unusable, code: 'unusable_setting', message: error.message };
  if (error instanceof UsageError) return { exitCode: EXIT.unusable, code: 'unusable_input', message: error.message };
  const message = error instanceof Error ? error.message.split('\n')[0] : 'unknown error';
  return { exitCode: EXIT.ours, code: 'internal', message: `an error of ours: ${message}` };
}
