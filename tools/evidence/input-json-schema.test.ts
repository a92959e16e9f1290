import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputJsonSchema } from './input-json-schema.ts';

describe('the JSON Schema of an input', () => {
  it('names times by their format alone and keeps the patterns of ids', () => {
    const schema = z.strictObject({
      from: z.iso.datetime({ offset: true }).optional(),
      id: z.string().regex(/^app-\d+$/),
    });
    expect(inputJsonSchema(schema)).toEqual({
      type: 'object',
      properties: { from: { type: 'string', format: 'date-time' }, id: { type: 'string', pattern: '^app-\\d+$' } },
      required: ['id'],
      additionalProperties: false,
    });
  });

  it('does not ask for what has a default', () => {
    const schema = inputJsonSchema(z.strictObject({ limit: z.int().min(1).max(5).default(2) }));
    expect(schema.required).toBeUndefined();
  });
});
