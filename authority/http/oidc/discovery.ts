/** Members of the library's discovery document that are true here; it also describes flows through a browser, which there are none of. */
const members = [
  'issuer', 'jwks_uri', 'token_endpoint', 'backchannel_authentication_endpoint', 'backchannel_token_delivery_modes_supported',
  'grant_types_supported', 'response_types_supported', 'scopes_supported', 'subject_types_supported', 'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported', 'token_endpoint_auth_signing_alg_values_supported', 'acr_values_supported', 'claims_supported',
  'claims_parameter_supported', 'request_parameter_supported', 'request_uri_parameter_supported', 'authorization_details_types_supported',
] as const;

/** OpenID Connect Discovery §3 with the members of CIBA §4; no authorization endpoint (RFC 8414 §2 asks for none where no grant uses it). */
export function cibaDiscovery(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = members.filter((member) => document[member] !== undefined).map((member) => [member, document[member]]);
  return { ...Object.fromEntries(known) as Record<string, unknown>, response_types_supported: [], backchannel_user_code_parameter_supported: false, request_parameter_supported: false };
}
