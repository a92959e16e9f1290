import { describe, expect, it } from 'vitest';
import { openMetrics } from './open-metrics.ts';

const COUNTS = { waiting: 3, taken: 2, finished: { answered: 7, told: 1, cancelled: 0, ignored: 0 } };

describe('the metrics', () => {
  it('are text that Prometheus reads: counts, times in seconds, and the inbox', async () => {
    const metrics = openMetrics(async () => COUNTS);
    metrics.received('mention');
    metrics.firstCard(1_500);
    metrics.final(4_000, 'answered');
    metrics.broke();
    const { type, body } = await metrics.text();
    expect(type).toContain('text/plain');
    expect(body).toContain('wherefore_messages_received_total{way="mention"} 1');
    expect(body).toContain('wherefore_first_card_seconds_bucket{le="1"} 0');
    expect(body).toContain('wherefore_first_card_seconds_bucket{le="2"} 1');
    expect(body).toContain('wherefore_answer_seconds_sum{outcome="answered"} 4');
    expect(body).toContain('wherefore_inbox{state="waiting"} 3');
    expect(body).toContain('wherefore_inbox{state="answered"} 7');
    expect(body).toMatch(/wherefore_process_resident_memory_bytes \d+/);
  });

  it('go on where the store does not answer, and two of them do not mix', async () => {
    const metrics = openMetrics(async () => {
      throw new Error('away');
    });
    openMetrics(async () => null).received('direct');
    const { body } = await metrics.text();
    expect(body).not.toContain('wherefore_inbox{');
    expect(body).not.toContain('way="direct"');
  });
});
