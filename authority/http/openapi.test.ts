import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from './openapi.ts';

const document = z.object({
  openapi: z.string().regex(/^3\.1\./),
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }))),
});

test('the document names every path of the contract with its answers and errors', async () => {
  const { paths } = document.parse(await openApiDocument({ version: '0.1.0', address: 'https://vinculo.example' }));
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/device/session', '/device/bindings/{bindingId}/complete', '/device/approvals/{approvalId}/decision', '/admin/tokens', '/admin/actions/{actionId}']));
  const complete = paths['/device/bindings/{bindingId}/complete']?.['post'];
  expect(Object.keys(complete?.responses ?? {})).toEqual(expect.arrayContaining(['200', '403', '409', '410', '429', '500']));
  expect(JSON.stringify(complete?.responses['403'])).toContain('SECOND_PROOF_WRONG');
  expect(Object.keys(paths['/admin/actions/{actionId}'] ?? {}).sort()).toEqual(['delete', 'get']);
});
