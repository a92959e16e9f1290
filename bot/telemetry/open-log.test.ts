import { describe, expect, it } from 'vitest';
import { openLog } from './open-log.ts';

function written(level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  const log = openLog(level, { write: (line) => lines.push(line) });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** Of the form that Slack gives tokens, and none of anybody. */
const TOKEN = ['xoxb', '123456789012', '1234567890123', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-');

describe('the log', () => {
  it('is one JSON object a line with level, time and fields', () => {
    const { log, parsed } = written();
    log.info({ key: 'message:C1:1.2' }, 'stored');
    expect(parsed()[0]).toMatchObject({ level: 'info', key: 'message:C1:1.2', msg: 'stored' });
    expect(Date.parse(String(parsed()[0]?.time))).not.toBeNaN();
  });

  it('masks secrets in messages, fields, errors and what is inside them', () => {
    const { log, lines } = written();
    log.error({ error: new Error(`refused: ${TOKEN}`), deep: { list: [`token ${TOKEN}`] } }, `with ${TOKEN}`);
    expect(lines.join('')).not.toContain(TOKEN);
    expect(lines.join('')).toContain('refused');
  });

  it('tells of an error no stack', () => {
    const { log, lines } = written();
    log.warn({ error: new TypeError('broken\nat secret/place.ts:1') }, 'broke');
    expect(lines[0]).toContain('"why":"broken"');
    expect(lines[0]).not.toContain('place.ts');
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = written();
    log.debug({}, 'small');
    expect(lines).toEqual([]);
  });
});
