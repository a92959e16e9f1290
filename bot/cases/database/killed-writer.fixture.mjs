// Writes pairs into the store, a transaction each, until it is killed; `half` is written first, and `whole` in the same transaction.
import { openDatabase } from './open-database.ts';

const [url, folder] = process.argv.slice(2);
const database = await openDatabase({ url: url === '' ? null : url, folder });
await database.query('create table pairs (number bigint, part text)');
for (let number = 1; ; number += 1) {
  await database.transaction(async (tx) => {
    await tx.query("insert into pairs values ($1, 'half')", [number]);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await tx.query("insert into pairs values ($1, 'whole')", [number]);
  });
  process.stdout.write(`${number}\n`);
}
