import type { AnyContractProcedure, InferSchemaOutput } from '@orpc/contract';
import type { adminContract } from './admin.ts';
import type { deviceContract } from './device.ts';
import type { portalContract } from './portal.ts';

/** Per call: what a handler gets, once the input has been parsed … */
export type Parsed<C> = C extends AnyContractProcedure ? InferSchemaOutput<NonNullable<C['~orpc']['inputSchema']>> : { [K in keyof C]: Parsed<C[K]> };
/** … and what it must answer with. */
export type Answer<C> = C extends AnyContractProcedure ? InferSchemaOutput<NonNullable<C['~orpc']['outputSchema']>> : { [K in keyof C]: Answer<C[K]> };

export type DeviceInputs = Parsed<typeof deviceContract>;
export type DeviceAnswers = Answer<typeof deviceContract>;
export type AdminInputs = Parsed<typeof adminContract>;
export type AdminAnswers = Answer<typeof adminContract>;
export type PortalInputs = Parsed<typeof portalContract>;
export type PortalAnswers = Answer<typeof portalContract>;
