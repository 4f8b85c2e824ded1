import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { adminContract } from '../../shared/contract/admin.ts';
import { deviceContract } from '../../shared/contract/device.ts';
import { portalContract } from '../../shared/contract/portal.ts';

const description = `Calls of a portal carry \`Authorization: Bearer <access token>\` of the client credentials grant, and every POST an \`Idempotency-Key\`: the same key with the same input gets the same answer for a day.
Calls of a bound device carry \`Authorization: DPoP <access token>\` and a \`DPoP\` proof (RFC 9449); every answer brings the next \`DPoP-Nonce\`.
Errors are \`{code, status, message, data}\` with a code of the closed list.`;

const idempotencyKey = { name: 'Idempotency-Key', in: 'header', required: true, description: 'New for every operation, e.g. a UUID; sent again with a repetition.', schema: { type: 'string', minLength: 1, maxLength: 128 } } as const;

/** The portal, device and admin contracts as an OpenAPI 3.1 document, from the same schemas that are enforced. */
export async function openApiDocument(options: { readonly version: string; readonly address: string }): Promise<Document> {
  const document = (await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate({ portal: portalContract, device: deviceContract, admin: adminContract }, {
    info: { title: 'Vínculo Authority', version: options.version, description },
    servers: [{ url: options.address }],
    components: {
      securitySchemes: {
        portal: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${options.address}/oidc/token`, scopes: {} } } },
        dpop: { type: 'http', scheme: 'DPoP', description: 'Access token of ten minutes, bound to the session key (RFC 9449)' },
      },
    },
  })) as unknown as Document;
  for (const [path, operations] of Object.entries(document.paths)) {
    const isPortal = path.startsWith('/portal/');
    for (const [method, operation] of Object.entries(operations)) {
      operation.security = [isPortal ? { portal: [] } : { dpop: [] }];
      if (isPortal && method === 'post') operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
    }
  }
  return document;
}

/** As much of a document as the page of `/docs` reads. */
export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
export interface Operation {
  security?: unknown;
  parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly description?: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>>;
}
/** JSON Schema, 2020-12, as the converter writes it. */
export interface Schema {
  readonly type?: string | readonly string[]; readonly const?: unknown; readonly enum?: readonly unknown[]; readonly format?: string; readonly pattern?: string; readonly description?: string; readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly items?: Schema; readonly anyOf?: readonly Schema[]; readonly oneOf?: readonly Schema[];
  readonly minLength?: number; readonly maxLength?: number; readonly minimum?: number; readonly maximum?: number;
}
