import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { adminContract } from '../../shared/contract/admin.ts';
import { deviceContract } from '../../shared/contract/device.ts';

/** The device and admin contracts as an OpenAPI 3.1 document, from the same schemas that are enforced. */
export function openApiDocument(options: { readonly version: string; readonly address: string }): Promise<object> {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate({ device: deviceContract, admin: adminContract }, {
    info: {
      title: 'Vínculo Authority', version: options.version,
      description: 'Calls of a bound device carry `Authorization: DPoP <access token>` and a `DPoP` proof (RFC 9449); every answer brings the next `DPoP-Nonce`. Errors are `{code, status, data}` with a code of the closed list.',
    },
    servers: [{ url: options.address }],
    components: { securitySchemes: { dpop: { type: 'http', scheme: 'DPoP', description: 'Access token of ten minutes, bound to the session key (RFC 9449)' } } },
    security: [{ dpop: [] }],
  });
}
