import { describe, expect, it } from 'vitest';
import { investigate } from '../../bot/investigation/investigate.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { questionVariant } from './question-variant.ts';
import { RECORDED, readIncidents } from './read-incidents.ts';
import { scoreDiagnosis } from './score-diagnosis.ts';

const incidents = readIncidents(RECORDED, /./);

describe('the incidents of the repository itself', () => {
  it('are there, each with a name of its own', () => {
    expect(incidents.length).toBeGreaterThan(0);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(incidents.length);
  });

  it.each(incidents.map((incident) => [incident.id, incident] as const))(
    '%s: the right code first, nothing wrong confirmed',
    { timeout: 60_000 },
    async (_id, incident) => {
      for (const question of [incident.question, questionVariant(incident, incident, 'why')]) {
        const platform = await openCapture(incident.folder);
        const diagnosis = await investigate({ question, platform, language: 'auto', attachments: [] });
        const score = scoreDiagnosis(diagnosis, {
          code: incident.truth.code,
          acceptable: incident.truth.acceptable,
          mustNotCode: incident.mustNotCode,
          ledgerAccounts: null,
        });
        expect(score.right, `${question}: ${score.first} ${score.standing}`).toBe(true);
        expect(score.wrongConfirmed).toEqual([]);
        expect(score.forbidden).toEqual([]);
      }
    },
  );
});
