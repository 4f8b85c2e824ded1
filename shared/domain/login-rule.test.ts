import { describe, expect, test } from 'vitest';
import { loginMethods, loginRule, ruleForUnknown, type LoginFacts, type LoginMethod } from './login-rule.ts';
import { tokenStates } from './token-states.ts';

/** A person whose virtual token is active, in an enabled company. */
const usual: LoginFacts = { companyEnabled: true, companySuspended: false, userActive: true, tokenState: 'active', hadActiveToken: true, hardware: 'off', temporaryCode: false };
const rule = (change: Partial<LoginFacts>) => loginRule({ ...usual, ...change });
const onlyPassword = { required: false, methods: [] };
const nobody = { required: true, methods: [] };
const by = (...methods: LoginMethod[]) => ({ required: true, methods });
const states = [null, ...tokenStates];
const never = { hadActiveToken: false } as const;

describe('"Who may log in", cell by cell', () => {
  test.each(states.flatMap((tokenState) => [false, true].map((hadActiveToken) => ({ tokenState, hadActiveToken }))))('company not yet enabled, token $tokenState, ever active $hadActiveToken: as before', (token) => {
    const before = { ...token, companyEnabled: false };
    expect(rule({ ...before, hardware: null })).toEqual(onlyPassword);
    expect(rule({ ...before, hardware: 'on' })).toEqual(by('hardware'));
    expect(rule({ ...before, hardware: 'lost' })).toEqual(nobody);
    expect(rule({ ...before, hardware: 'off' })).toEqual(nobody);
  });
  test.each([null, 'assigned', 'pending_activation', 'blocked', 'revoked'] as const)('enabled, never active (now %s): as before', (tokenState) => {
    expect(rule({ ...never, tokenState, hardware: null })).toEqual(onlyPassword);
    expect(rule({ ...never, tokenState, hardware: 'on' })).toEqual(by('hardware'));
    expect(rule({ ...never, tokenState, hardware: 'lost' })).toEqual(nobody);
  });
  test.each(['on', 'off', 'lost', null] as const)('enabled, active: the virtual token only, whatever the hardware token is (%s)', (hardware) => {
    expect(rule({ hardware })).toEqual(by('push', 'offline', 'code'));
  });
  test.each([null, 'assigned', 'pending_activation', 'blocked', 'revoked'] as const)('enabled, was active, now %s: nobody, or a temporary code, or the hardware token that the issuer re-enabled', (tokenState) => {
    for (const hardware of [null, 'off', 'lost'] as const) expect(rule({ tokenState, hardware })).toEqual(nobody);
    expect(rule({ tokenState, temporaryCode: true })).toEqual(by('temporary'));
    expect(rule({ tokenState, hardware: 'on' })).toEqual(by('hardware'));
    expect(rule({ tokenState, hardware: 'on', temporaryCode: true })).toEqual(by('hardware', 'temporary'));
  });
  test('enabled, active, without the desktop: the temporary code beside the virtual token', () => {
    expect(rule({ temporaryCode: true })).toEqual(by('push', 'offline', 'code', 'temporary'));
  });
  test('a person whom the portal does not know is answered like most people', () => {
    expect(ruleForUnknown).toEqual(rule({}));
  });
});

describe('over every combination of facts', () => {
  const both = [false, true];
  const all: LoginFacts[] = both.flatMap((companyEnabled) => both.flatMap((companySuspended) => both.flatMap((userActive) => states.flatMap((tokenState) => both.flatMap((hadActiveToken) =>
    (['on', 'off', 'lost', null] as const).flatMap((hardware) => both.map((temporaryCode) => ({ companyEnabled, companySuspended, userActive, tokenState, hadActiveToken, hardware, temporaryCode }))))))));
  const allowing = (method: LoginMethod) => all.filter((facts) => loginRule(facts).methods.includes(method));

  test('suspended, or deactivated: nobody', () => {
    for (const facts of all.filter(({ companySuspended, userActive }) => companySuspended || !userActive)) expect(loginRule(facts)).toEqual(nobody);
  });
  test('the virtual token only while it is active, in an enabled company', () => {
    for (const method of ['push', 'offline', 'code'] as const) for (const facts of allowing(method)) expect(facts).toMatchObject({ tokenState: 'active', companyEnabled: true, hadActiveToken: true });
  });
  test('virtual and hardware token never together', () => {
    for (const facts of all) expect(loginRule(facts).methods.filter((method) => method === 'code' || method === 'hardware').length).toBeLessThan(2);
  });
  test('the hardware token only while it is on; a temporary code only where there is one, after a token was active', () => {
    for (const facts of allowing('hardware')) expect(facts.hardware).toBe('on');
    for (const facts of allowing('temporary')) expect(facts).toMatchObject({ temporaryCode: true, hadActiveToken: true, companyEnabled: true });
  });
  test('the password alone only for who never had a virtual token that worked, nor a hardware token, or whose company is not enabled', () => {
    for (const facts of all.filter((one) => !loginRule(one).required)) {
      expect(facts).toMatchObject({ hardware: null, companySuspended: false, userActive: true });
      expect(facts.companyEnabled && facts.hadActiveToken).toBe(false);
    }
  });
  test('only the methods there are', () => {
    for (const facts of all) for (const method of loginRule(facts).methods) expect(loginMethods).toContain(method);
  });
});
