import { createInstance, type i18n } from 'i18next';
import activityEn from '../../../renderer/app/i18n/en/activity.ts';
import adminEn from '../../../renderer/app/i18n/en/admin.ts';
import adminTokensEn from '../../../renderer/app/i18n/en/adminTokens.ts';
import adminUsersEn from '../../../renderer/app/i18n/en/adminUsers.ts';
import appEn from '../../../renderer/app/i18n/en/app.ts';
import approvalsEn from '../../../renderer/app/i18n/en/approvals.ts';
import bindEn from '../../../renderer/app/i18n/en/bind.ts';
import helpEn from '../../../renderer/app/i18n/en/help.ts';
import scanEn from '../../../renderer/app/i18n/en/scan.ts';
import settingsEn from '../../../renderer/app/i18n/en/settings.ts';
import tokenEn from '../../../renderer/app/i18n/en/token.ts';
import trialEn from '../../../renderer/app/i18n/en/trial.ts';
import uiEn from '../../../renderer/app/i18n/en/ui.ts';
import welcomeEn from '../../../renderer/app/i18n/en/welcome.ts';
import activityEs from '../../../renderer/app/i18n/es/activity.ts';
import adminEs from '../../../renderer/app/i18n/es/admin.ts';
import adminTokensEs from '../../../renderer/app/i18n/es/adminTokens.ts';
import adminUsersEs from '../../../renderer/app/i18n/es/adminUsers.ts';
import appEs from '../../../renderer/app/i18n/es/app.ts';
import approvalsEs from '../../../renderer/app/i18n/es/approvals.ts';
import bindEs from '../../../renderer/app/i18n/es/bind.ts';
import helpEs from '../../../renderer/app/i18n/es/help.ts';
import scanEs from '../../../renderer/app/i18n/es/scan.ts';
import settingsEs from '../../../renderer/app/i18n/es/settings.ts';
import tokenEs from '../../../renderer/app/i18n/es/token.ts';
import trialEs from '../../../renderer/app/i18n/es/trial.ts';
import uiEs from '../../../renderer/app/i18n/es/ui.ts';
import welcomeEs from '../../../renderer/app/i18n/es/welcome.ts';

const es = { activity: activityEs, admin: adminEs, adminTokens: adminTokensEs, adminUsers: adminUsersEs, app: appEs, approvals: approvalsEs, bind: bindEs, help: helpEs, scan: scanEs, settings: settingsEs, token: tokenEs, trial: trialEs, ui: uiEs, welcome: welcomeEs };
const en = { activity: activityEn, admin: adminEn, adminTokens: adminTokensEn, adminUsers: adminUsersEn, app: appEn, approvals: approvalsEn, bind: bindEn, help: helpEn, scan: scanEn, settings: settingsEn, token: tokenEn, trial: trialEn, ui: uiEn, welcome: welcomeEn };

export type Language = 'es' | 'en';

/** `t('admin:ask.block', { count: 1, n: '1' })`: the sentence as the screen shows it. Throws for a key that does not exist. */
export type Text = (key: string, values?: Readonly<Record<string, unknown>>) => string;

const instance: i18n = createInstance();
void instance.init({ resources: { es, en }, lng: 'es', fallbackLng: false, ns: Object.keys(es), interpolation: { escapeValue: false }, initAsync: false });

/**
 * The texts that the screens themselves use, so that a page model finds a button by its name in either language and a
 * better wording breaks no test. What must be verbatim is written out in the specs.
 */
export function textsOf(language: Language): Text {
  const translate = instance.getFixedT(language) as unknown as (key: string, values: object) => string;
  return (key, values = {}) => {
    const text = translate(key, values);
    if (text === key || text === key.slice(key.indexOf(':') + 1)) throw new Error(`No text "${key}" in ${language}.`);
    return text;
  };
}
