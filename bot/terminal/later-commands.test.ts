import { describe, expect, it } from 'vitest';
import { laterCommands } from './later-commands.ts';
import { answered } from './terminal-fixture.ts';

describe('commands of later versions', () => {
  it('say so, whatever stands behind them, with exit code 2', async () => {
    const names = laterCommands().map((command) => command.name());
    expect(names).toContain('eval');
    for (const name of names) {
      for (const rest of [[], ['--port', '80'], ['some', 'words'], ['--json']]) {
        const { exitCode, out, err } = await answered([name, ...rest]);
        expect([name, exitCode]).toEqual([name, 2]);
        expect(out + err).toContain('not in this version');
      }
    }
  });
});
