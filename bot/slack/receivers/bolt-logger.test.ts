import { expect, it } from 'vitest';
import { readableLog } from '../slack-fixture.ts';
import { boltLogger } from './bolt-logger.ts';

it('passes on warnings and errors, one masked line each, and nothing that quotes deliveries', () => {
  const log = readableLog();
  const logger = boltLogger(log);
  logger.debug('Received a message on the WebSocket: {"text":"secret"}');
  logger.info('http request body', { text: 'secret' });
  logger.warn('no luck with xoxb-12345678-abcdefgh\nand more');
  logger.error(new Error('broken'));
  expect(log.lines).toEqual(['warn no luck with ‹masked› {"from":"bolt"}', 'error broken {"from":"bolt"}']);
});
