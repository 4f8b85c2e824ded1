/** Namespaces by name: one file a feature and language. Types only: the texts themselves are loaded when needed. */
export interface Resources {
  ui: typeof import('./es/ui.ts').default;
  app: typeof import('./es/app.ts').default;
  welcome: typeof import('./es/welcome.ts').default;
  trial: typeof import('./es/trial.ts').default;
  bind: typeof import('./es/bind.ts').default;
  token: typeof import('./es/token.ts').default;
  approvals: typeof import('./es/approvals.ts').default;
  scan: typeof import('./es/scan.ts').default;
  settings: typeof import('./es/settings.ts').default;
  help: typeof import('./es/help.ts').default;
  admin: typeof import('./es/admin.ts').default;
  adminTokens: typeof import('./es/adminTokens.ts').default;
  adminUsers: typeof import('./es/adminUsers.ts').default;
  activity: typeof import('./es/activity.ts').default;
}

export type Namespace = keyof Resources;
