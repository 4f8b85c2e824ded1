/** CIBA Core 1.0 §10.1. */
export const cibaGrantType = 'urn:openid:params:grant-type:ciba';

/** Where the provider lives below the authority's address; part of the issuer's name. */
export const mountPath = '/oidc';

/** The only paths of the library that are open: there is no browser flow. */
export const endpoints = [
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/jwks'],
  ['POST', '/backchannel'],
  ['POST', '/token'],
] as const;

/** How the person proved himself: on the device with its key, or by the eight digits of a device without network. */
export const acr = { signature: 'urn:vinculo:acr:signature', mac: 'urn:vinculo:acr:offline' } as const;
/** RFC 8176: a key in software or a code of the device, and the PIN that opened it. */
export const amr = { signature: ['swk', 'pin', 'mfa'], mac: ['otp', 'pin', 'mfa'] } as const;
