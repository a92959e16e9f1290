import { expect, it } from 'vitest';
import { calledByAsker } from './called-by-asker.ts';

const RUN = {
  id: 'application_1700000000000_0042',
  names: ['score_all', 'etl_orders', 'application_1700000000000_0042'],
};

it('takes the name that the asker uses, else the first, never the id', () => {
  expect(calledByAsker(RUN, ['etl_orders'])).toBe('etl_orders');
  expect(calledByAsker(RUN, [])).toBe('score_all');
  expect(calledByAsker({ ...RUN, names: [RUN.id] }, ['etl_orders'])).toBeUndefined();
});
