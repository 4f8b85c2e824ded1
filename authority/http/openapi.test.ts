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

test('portals: every call with its errors; a bearer token, and a key on each POST', async () => {
  const { paths } = await openApiDocument({ version: '0.1.0', address: 'https://vinculo.example' });
  const portal = Object.entries(paths).filter(([path]) => path.startsWith('/portal/'));
  expect(portal.map(([path, methods]) => `${path} ${Object.keys(methods).join()}`)).toEqual([
    '/portal/logins post', '/portal/logins/{id} get,delete', '/portal/logins/{id}/answer post', '/portal/logins/{id}/evidence get',
    '/portal/transactions post', '/portal/transactions/{id} get,delete', '/portal/transactions/{id}/answer post', '/portal/transactions/{id}/evidence get',
    '/portal/otp post', '/portal/users/{name} get', '/portal/passwords/verify post',
  ]);
  for (const [path, methods] of portal) {
    for (const [method, operation] of Object.entries(methods)) {
      expect(operation.security, path).toEqual([{ portal: [] }]);
      expect(operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false, path).toBe(method === 'post');
      expect(Object.keys(operation.responses ?? {}), path).toEqual(expect.arrayContaining(['401', '429', '503']));
    }
  }
});
