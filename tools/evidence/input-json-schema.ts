import { z } from 'zod';

/**
 * The JSON Schema of a tool's input as it is shown to a client or a model: everything that helps to fill it in, without the regular
 * expressions of times, which cost a model some 200 tokens each and are checked by the tool anyway.
 */
export function inputJsonSchema(input: z.ZodObject): { type: 'object'; [key: string]: unknown } {
  const { $schema: _, ...schema } = z.toJSONSchema(input, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return { ...schema, type: 'object' };
}
