import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeStores } from './describe-stores.ts';

const WRITER = path.join(import.meta.dirname, 'killed-writer.fixture.mjs');

describeStores('a store whose writer is killed', (store) => {
  it('has all that was told to be kept, and no half of anything', async () => {
    const { url, folder } = store().settings;
    const writer = spawn(process.execPath, [WRITER, url ?? '', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((resolve) => writer.once('exit', resolve));
    let told = 0;
    for await (const chunk of writer.stdout) {
      told = Math.max(told, ...String(chunk).trim().split('\n').map(Number));
      if (told >= 10) writer.kill('SIGKILL');
    }
    await exited;
    const database = await store().open();
    const [row] = await database.query(
      `select (select count(*) from pairs where part = 'half') as half, (select count(*) from pairs where part = 'whole') as whole,
        (select max(number) from pairs) as last`,
    );
    expect(row?.half).toBe(row?.whole);
    expect(row?.last).toBe(row?.whole);
    expect(Number(row?.last)).toBeGreaterThanOrEqual(told);
    if (database.kind === 'sqlite')
      expect(await database.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    await database.query('insert into pairs values ($1, $2)', [0, 'after']);
  });
});
