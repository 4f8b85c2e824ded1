import { ZodError, z } from 'zod';
import { expect, test } from 'vitest';
import { describeCause } from './log.ts';

test('S21: an error is logged by its kind, message and place, without the values it was about', () => {
  const database = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), { code: '23505', detail: 'Key (email)=(ana@ejemplo.co) already exists.', parameters: ['4K7Q'] });
  const told = JSON.stringify(describeCause(new Error('outer', { cause: database })));
  expect(told).toContain('23505');
  expect(told).not.toMatch(/ana@|4K7Q/);
  const parsed = z.object({ pin: z.string().max(3) }).safeParse({ pin: '483920' });
  const issues = JSON.stringify(describeCause(parsed.error));
  expect(issues).toContain('"path":"pin"');
  expect(issues).not.toContain('483920');
  expect(parsed.error).toBeInstanceOf(ZodError);
  expect(describeCause('a password')).toBe('string');
});
